//! How many instructions of the processor a call takes outside of the kernel, by callgrind. That
//! does not depend on what else the machine does.

use std::process::Command;

use crate::{
    figures::{count, median},
    groups::{By, CLOSEST, GROUPS, Group},
    rounds::{self, Server},
    server::Manner,
};

/// Calls that precede those that are counted: they open connections and fill caches.
const BEFORE: usize = 1_024;

/// Prints a table for each group of workloads over plain HTTP.
pub fn run(server: &Server, rounds: usize) {
    let version = Command::new("valgrind").arg("--version").output();
    let Ok(version) = version.map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
    else {
        println!("valgrind is not installed, so instructions cannot be counted");
        return;
    };
    println!(
        "instructions a call, user's only, by callgrind of {}",
        version.trim()
    );
    for group in GROUPS.iter().filter(|group| group.manner == Manner::Plain) {
        if group.workload.list && group.workload.concurrency > 1 {
            continue;
        }
        table(server, group, rounds);
    }
}

fn table(server: &Server, group: &Group, rounds: usize) {
    println!(
        "\n| {} | instructions | / limit |\n|---|---:|---:|",
        group.title
    );
    let mut counts = vec![Vec::new(); CLOSEST.len()];
    for round in 0..rounds {
        eprintln!("{}: round {} of {rounds}", group.title, round + 1);
        for ((_, by), counts) in CLOSEST.iter().zip(&mut counts) {
            if let By::Rust(name) = by {
                counts.push(one(server, name, group).unwrap_or(f64::NAN));
            }
        }
    }
    for ((name, _), mine) in CLOSEST.iter().zip(&counts) {
        let ratios = mine
            .iter()
            .zip(&counts[0])
            .map(|(mine, limit)| mine / limit);
        println!(
            "| {name} | {} | {:.2} |",
            count(median(mine.iter().copied())),
            median(ratios)
        );
    }
}

/// The instructions of one call: the difference between a long and a short run.
fn one(server: &Server, name: &str, group: &Group) -> Option<f64> {
    let (before, counted) = if group.workload.list {
        (16, 32)
    } else {
        (BEFORE, 2_048)
    };
    let short = total(server, name, group, before)?;
    let long = total(server, name, group, before + counted)?;
    Some((long - short) / counted as f64)
}

fn total(server: &Server, name: &str, group: &Group, calls: usize) -> Option<f64> {
    let (what, concurrency) = group.workload.arguments();
    let mut command = Command::new("valgrind");
    command
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(rounds::this_program())
        .args(["count", name, what, &concurrency, &calls.to_string()])
        .arg(server.base(group.manner));
    let output = command.output().ok()?;
    let text = String::from_utf8_lossy(&output.stderr);
    let line = text.lines().find(|line| line.contains("Collected :"));
    if !output.status.success() || line.is_none() {
        eprintln!("{command:?} failed: {text}");
    }
    line?.rsplit(' ').next()?.parse().ok()
}
