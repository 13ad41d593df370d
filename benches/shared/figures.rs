//! Figures as people read them. A file that each benchmark includes, since each is a workspace of
//! its own.

/// The middle one of those that are numbers.
pub fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.filter(|value| !value.is_nan()).collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

pub fn time(microseconds: f64) -> String {
    match microseconds {
        short if short < 100.0 => format!("{short:.1} µs"),
        middle if middle < 10_000.0 => format!("{middle:.0} µs"),
        long => format!("{:.0} ms", long / 1e3),
    }
}

pub fn count(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
