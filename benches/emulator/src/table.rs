//! The measurements as tables in Markdown.

use crate::figures::{self, count, median};
use std::time::Duration;

use crate::{
    effort::Effort,
    full::Figures,
    recordings::Recording,
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

pub fn recordings(found: &[Recording]) {
    println!(
        "\n| the file of 4 hours with four tiles, by changes of layout | time | size |\n|---|---:|---:|"
    );
    for recording in found {
        println!(
            "| {} | {} | {:.0} kB |",
            recording.changes,
            time(median(recording.times.iter().map(Duration::as_secs_f64))),
            recording.bytes as f64 / 1e3
        );
    }
}

fn time(seconds: f64) -> String {
    figures::time(seconds * 1e6)
}
