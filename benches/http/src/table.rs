//! The measurements as tables in Markdown.

use crate::figures::{count, median, time};
use crate::{
    groups::{By, CONTENDERS, Group},
    rounds::{Figures, Paced, Sample},
};

pub fn load(group: &Group, samples: &[Figures<Sample>]) {
    println!(
        "\n| {} | requests/s | time / limit | CPU a request | CPU / limit | p50 | p99 | peak memory | memory / limit |",
        group.title
    );
    println!("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
    let Some(limit) = samples.first() else { return };
    for ((name, _), found) in group.contenders.iter().zip(samples) {
        if found.iter().all(Option::is_none) {
            continue;
        }
        let of = |figure: fn(&Sample) -> f64| median(found.iter().flatten().map(figure));
        let against = |figure: fn(&Sample) -> f64| ratio(found, limit, figure);
        println!(
            "| {name} | {} | {:.2} | {} | {:.2} | {} | {} | {:.1} MB | {:.2} |",
            count(of(|sample| sample.requests / sample.wall_us * 1e6)),
            against(|sample| sample.wall_us / sample.requests),
            time(of(cpu)),
            against(cpu),
            time(of(|sample| sample.p50_us)),
            time(of(|sample| sample.p99_us)),
            of(|sample| sample.peak_kb) / 1e3,
            against(|sample| sample.peak_kb),
        );
    }
}

pub fn paced(rate: u64, contenders: &[(&str, By)], samples: &[Figures<Paced>]) {
    println!(
        "\n| one archive, {} times a second | p50 | p99 | p99.9 | p99 / limit |\n|---|---:|---:|---:|---:|",
        count(rate as f64)
    );
    let Some(limit) = samples.first() else { return };
    for ((name, _), found) in contenders.iter().zip(samples) {
        let of = |figure: fn(&Paced) -> f64| median(found.iter().flatten().map(figure));
        println!(
            "| {name} | {} | {} | {} | {:.2} |",
            time(of(|sample| sample.p50_us)),
            time(of(|sample| sample.p99_us)),
            time(of(|sample| sample.p999_us)),
            ratio(found, limit, |sample| sample.p99_us),
        );
    }
}

pub fn cold(found: &[Figures<f64>]) {
    println!(
        "\n| from a process's start to its first answer | time | time / limit |\n|---|---:|---:|"
    );
    let Some(limit) = found.first() else { return };
    for ((name, _), found) in CONTENDERS.iter().zip(found) {
        if found.iter().any(Option::is_some) {
            println!(
                "| {name} | {:.2} ms | {:.2} |",
                median(found.iter().flatten().copied()),
                ratio(found, limit, |time| *time)
            );
        }
    }
}

/// What a child timed by name; `labels` says what the names are, and which are shown.
pub fn timed(title: &str, labels: &[(&str, &str)], found: &[(String, Vec<f64>)]) {
    println!("\n| {title} | time | time / limit |\n|---|---:|---:|");
    let Some((_, limit)) = found.first() else {
        return;
    };
    for (name, label) in labels {
        let Some((_, times)) = found.iter().find(|(found, _)| found == name) else {
            continue;
        };
        let ratio = median(times.iter().zip(limit).map(|(time, limit)| time / limit));
        println!(
            "| {label} | {} | {ratio:.2} |",
            time(median(times.iter().copied()))
        );
    }
}

/// How many times less CPU the second takes than the first, in the rounds that both took part in.
pub fn times_less(more: &Figures<Sample>, less: &Figures<Sample>) -> f64 {
    ratio(more, less, cpu)
}

fn cpu(sample: &Sample) -> f64 {
    sample.cpu_us / sample.requests
}

fn ratio<T>(found: &Figures<T>, limit: &Figures<T>, figure: fn(&T) -> f64) -> f64 {
    median(
        found
            .iter()
            .zip(limit)
            .filter_map(|(mine, limit)| Some(figure(mine.as_ref()?) / figure(limit.as_ref()?))),
    )
}
