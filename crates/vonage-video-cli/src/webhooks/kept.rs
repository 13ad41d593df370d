//! The last thousand deliveries that were received, in a file that only its owner can read.

use std::{
    collections::VecDeque,
    fs::{self, OpenOptions},
    io::Write as _,
    path::PathBuf,
};

use crate::{
    failure::Failure,
    private_file,
    webhooks::{delivery::Delivery, secret::folder},
};

/// Most deliveries that are kept.
const MOST: usize = 1000;

/// The deliveries that are kept, oldest first.
pub(super) struct Kept {
    file: PathBuf,
    deliveries: VecDeque<Delivery>,
    /// Lines that the file has.
    lines: usize,
}

impl Kept {
    /// Reads the file. A line that is damaged is left out.
    pub(super) fn read() -> Result<Self, Failure> {
        let file = folder()?.join("webhooks.jsonl");
        let text = fs::read_to_string(&file).unwrap_or_default();
        let mut kept = Self {
            file,
            deliveries: text
                .lines()
                .filter_map(|line| serde_json::from_str(line).ok())
                .collect(),
            lines: text.lines().count(),
        };
        kept.forget_oldest();
        Ok(kept)
    }

    fn forget_oldest(&mut self) {
        while self.deliveries.len() > MOST {
            self.deliveries.pop_front();
        }
    }

    /// Keeps a delivery, and gives it its number.
    pub(super) fn add(&mut self, mut delivery: Delivery) -> Result<Delivery, Failure> {
        delivery.number = self.deliveries.back().map_or(0, |last| last.number) + 1;
        self.deliveries.push_back(delivery.clone());
        self.forget_oldest();
        let written = if self.lines == 0 || self.lines >= 2 * MOST {
            let text: String = self.deliveries.iter().map(line).collect();
            self.lines = self.deliveries.len();
            private_file::write(&self.file, text.as_bytes())
        } else {
            self.lines += 1;
            OpenOptions::new()
                .append(true)
                .open(&self.file)
                .and_then(|mut file| file.write_all(line(&delivery).as_bytes()))
        };
        written.map_err(|error| {
            Failure::Io(format!("cannot write {}: {error}", self.file.display()))
        })?;
        Ok(delivery)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Delivery> {
        self.deliveries.iter()
    }

    pub(super) fn get(&self, number: u64) -> Option<&Delivery> {
        self.deliveries.iter().find(|it| it.number == number)
    }
}

fn line(delivery: &Delivery) -> String {
    serde_json::to_string(delivery).unwrap_or_default() + "\n"
}
