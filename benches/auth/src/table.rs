//! The measurements as a table in Markdown.

use crate::groups::GROUPS;
use crate::sample::{Sample, Samples};

pub fn print(samples: &Samples, rounds: usize) {
    for (group, contenders) in GROUPS.iter().zip(samples) {
        println!(
            "\n| {} | time | time / limit | tokens/s | tokens/s on all cores | allocations |",
            group.title
        );
        println!("|---|---:|---:|---:|---:|---:|");
        for (name, found) in contenders {
            if found.iter().all(Option::is_none) {
                continue;
            }
            let of = |field: fn(&Sample) -> f64| median(found.iter().flatten().map(field));
            println!(
                "| {name} | {} | {:.2} | {} | {} | {} |",
                time(of(|sample| sample.nanoseconds)),
                of(|sample| sample.ratio),
                count(1e9 / of(|sample| sample.nanoseconds)),
                count(1e9 / of(|sample| sample.all_cores)),
                allocations(of(|sample| sample.allocations)),
            );
        }
    }
    println!(
        "\nMedians of {rounds} rounds. Time is processor time on one core; \"time / limit\" is measured in turns of a millisecond in one process."
    );
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.filter(|value| !value.is_nan()).collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

fn time(nanoseconds: f64) -> String {
    if nanoseconds < 10_000.0 {
        format!("{nanoseconds:.0} ns")
    } else {
        format!("{:.0} µs", nanoseconds / 1_000.0)
    }
}

fn count(per_second: f64) -> String {
    if per_second.is_nan() {
        return String::new();
    }
    let digits = format!("{per_second:.0}");
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn allocations(number: f64) -> String {
    if number.is_nan() {
        String::new()
    } else {
        format!("{number:.1}")
    }
}
