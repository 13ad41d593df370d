//! The measurements as tables in Markdown.

use std::time::Duration;

use crate::{
    Effort,
    full::Figures,
    start::Start,
    world::{CLIENTS, FEW},
};

pub fn starts(found: &[Start]) {
    println!("\n| start | time | the first of the process |\n|---|---:|---:|");
    for start in found {
        let times = start.times.iter().map(Duration::as_secs_f64);
        println!(
            "| {} | {} | {} |",
            start.name,
            time(median(times)),
            time(start.first.as_secs_f64())
        );
    }
}

pub fn full(figures: &Figures, effort: Effort) {
    let streams = effort.sessions * CLIENTS;
    println!(
        "\n| one call, in memory | {FEW} sessions | {} sessions, {} streams | ratio | a second |\n|---|---:|---:|---:|---:|",
        count(effort.sessions as f64),
        count(streams as f64)
    );
    for call in &figures.calls {
        let few = call.few.iter().map(Duration::as_secs_f64);
        let many = call.many.iter().map(Duration::as_secs_f64);
        let long = median(many.clone());
        println!(
            "| {} | {} | {} | {:.2} | {} |",
            call.name,
            time(median(few.clone())),
            time(long),
            median(many.zip(few).map(|(many, few)| many / few)),
            count(1.0 / long)
        );
    }
    println!("\n| one more client with a stream, in a recorded session of | time |\n|---|---:|");
    for (inside, took) in &figures.crowd {
        println!(
            "| {} | {} |",
            count(*inside as f64),
            time(took.as_secs_f64())
        );
    }
    let held = figures.full_kb.saturating_sub(figures.before_kb) as f64;
    println!(
        "\nFilling took {:.1} s. Memory: {:.0} MB for all of it, the log of requests included: {:.1} kB a stream with its client. {:.0} MB after 20,000 more requests, of which {} are kept.",
        figures.filling.as_secs_f64(),
        held / 1e3,
        held / streams as f64,
        figures.after_requests_kb.saturating_sub(figures.before_kb) as f64 / 1e3,
        count(figures.kept_requests as f64),
    );
    println!(
        "\nMedians of {} rounds, in turns; the ratio is the median of the ratios within each round.",
        effort.rounds
    );
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

fn time(seconds: f64) -> String {
    match seconds * 1e6 {
        short if short < 100.0 => format!("{short:.1} µs"),
        middle if middle < 10_000.0 => format!("{middle:.0} µs"),
        long => format!("{:.0} ms", long / 1e3),
    }
}

fn count(number: f64) -> String {
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
