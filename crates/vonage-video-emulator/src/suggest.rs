//! Names that do not exist, and the ones that were probably meant.

/// Says that a name does not exist, and which one is most like it.
pub(crate) fn no_such(what: &str, name: &str, known: &[&str]) -> String {
    let plain = |name: &str| name.replace('_', "").to_lowercase();
    let nearest = known
        .iter()
        .map(|known| {
            (
                strsim::normalized_damerau_levenshtein(&plain(name), &plain(known)),
                known,
            )
        })
        .max_by(|(a, _), (b, _)| a.total_cmp(b));
    match nearest {
        Some((likeness, known)) if likeness > 0.6 => {
            format!("there is no {what} {name:?}; did you mean {known:?}?")
        }
        _ => format!("there is no {what} {name:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_that_was_meant_is_suggested() {
        let known = ["start_archive", "stop_archive"];
        for name in ["strat_archive", "startArchive", "Start_Archive"] {
            assert!(
                no_such("operation", name, &known).ends_with("did you mean \"start_archive\"?")
            );
        }
        assert_eq!(
            no_such("operation", "hologram", &known),
            "there is no operation \"hologram\""
        );
    }
}
