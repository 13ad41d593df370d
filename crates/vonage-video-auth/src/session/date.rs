//! The creation time of old session ids: `Mon Mar 17 00:41:31 PDT 2014`.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];

/// Reads the old form; `None` for anything else.
pub(super) fn parse(text: &str) -> Option<SystemTime> {
    let mut words = text.split(' ').filter(|word| !word.is_empty());
    let [_, month, day, clock, zone, year] = [
        words.next()?,
        words.next()?,
        words.next()?,
        words.next()?,
        words.next()?,
        words.next()?,
    ];
    let month = MONTHS.iter().position(|name| *name == month)? as i64 + 1;
    let day: i64 = day.parse().ok().filter(|day| (1..=31).contains(day))?;
    let year: i64 = year
        .parse()
        .ok()
        .filter(|year| (1970..=9999).contains(year))?;
    let mut clock = clock.split(':').map(|part| {
        part.parse::<i64>()
            .ok()
            .filter(|part| (0..=60).contains(part))
    });
    let [hour, minute, second] = [clock.next()??, clock.next()??, clock.next()??];
    let seconds = days_since_1970(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second
        - offset_hours(zone)? * 3_600;
    UNIX_EPOCH.checked_add(Duration::from_secs(u64::try_from(seconds).ok()?))
}

/// Writes the old form, in UTC.
pub(super) fn format(unix_seconds: i64) -> String {
    let (year, month, day, [hour, minute, second]) = civil(unix_seconds);
    let weekday = DAYS
        .get(unix_seconds.div_euclid(86_400).rem_euclid(7) as usize)
        .unwrap_or(&"Thu");
    let month = MONTHS.get(month as usize - 1).unwrap_or(&"Jan");
    format!("{weekday} {month} {day:02} {hour:02}:{minute:02}:{second:02} UTC {year}")
}

/// `2024-09-16 04:56:28 UTC`, for people.
#[cfg(feature = "inspect")]
pub(crate) fn for_people(unix_seconds: i64) -> String {
    let (year, month, day, [hour, minute, second]) = civil(unix_seconds);
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02} UTC")
}

fn civil(unix_seconds: i64) -> (i64, i64, i64, [i64; 3]) {
    let time = unix_seconds.rem_euclid(86_400);
    let (year, month, day) = civil_from_days(unix_seconds.div_euclid(86_400));
    (year, month, day, [time / 3_600, time / 60 % 60, time % 60])
}

/// The service wrote the local time of its machines in California; other zones are only there for
/// test fixtures.
fn offset_hours(zone: &str) -> Option<i64> {
    Some(match zone {
        "UTC" | "GMT" | "Z" => 0,
        "EDT" => -4,
        "EST" | "CDT" => -5,
        "CST" | "MDT" => -6,
        "MST" | "PDT" => -7,
        "PST" => -8,
        _ => return None,
    })
}

/// Howard Hinnant's days_from_civil.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year - era * 400;
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// Howard Hinnant's civil_from_days.
fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days - era * 146_097;
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_recorded_date_is_read() {
        let time = parse("Mon Mar 17 00:41:31 PDT 2014").unwrap();
        assert_eq!(time, UNIX_EPOCH + Duration::from_secs(1_395_042_091));
    }

    #[test]
    fn formatting_and_reading_agree_over_all_days() {
        for day in (0..60_000).step_by(7) {
            let seconds = day * 86_400 + 3_661;
            assert_eq!(
                parse(&format(seconds)).unwrap(),
                UNIX_EPOCH + Duration::from_secs(seconds as u64)
            );
        }
        assert_eq!(format(1_395_042_091), "Mon Mar 17 07:41:31 UTC 2014");
        #[cfg(feature = "inspect")]
        assert_eq!(for_people(951_782_400), "2000-02-29 00:00:00 UTC");
    }

    #[test]
    fn nonsense_is_not_a_date() {
        for text in [
            "",
            "1726462588647",
            "Mon Mar 17 00:41 PDT 2014",
            "Mon Foo 17 00:41:31 PDT 2014",
            "Mon Mar 99 00:41:31 PDT 2014",
            "Mon Mar 17 00:41:31 XYZ 2014",
            "Mon Mar 17 00:41:31 PDT 99999999999",
            "Mon Mar 17 99:99:99 PDT 2014",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
