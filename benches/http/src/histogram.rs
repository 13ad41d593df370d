//! Latencies, counted in buckets of about 3 % so that a long run takes no more memory than a short
//! one.

const STEPS: usize = 32;

pub struct Histogram {
    counts: Vec<u64>,
    total: u64,
}

impl Default for Histogram {
    fn default() -> Self {
        Self {
            counts: vec![0; STEPS * 64],
            total: 0,
        }
    }
}

impl Histogram {
    pub fn add(&mut self, nanoseconds: u64) {
        self.counts[bucket(nanoseconds)] += 1;
        self.total += 1;
    }

    pub fn total(&self) -> u64 {
        self.total
    }

    /// The nanoseconds that this share of all latencies stays below.
    pub fn quantile(&self, share: f64) -> f64 {
        let wanted = (self.total as f64 * share).ceil() as u64;
        let mut seen = 0;
        let found = self.counts.iter().position(|count| {
            seen += count;
            seen >= wanted.max(1)
        });
        found.map_or(f64::NAN, middle)
    }
}

fn bucket(value: u64) -> usize {
    let value = value.max(STEPS as u64);
    let exponent = value.ilog2();
    let step = (value >> (exponent - STEPS.ilog2())) as usize - STEPS;
    exponent as usize * STEPS + step
}

fn middle(bucket: usize) -> f64 {
    let exponent = bucket / STEPS;
    let width = 2_f64.powi(exponent as i32) / STEPS as f64;
    width * (STEPS + bucket % STEPS) as f64 + width / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_right_within_a_bucket() {
        let mut histogram = Histogram::default();
        (1..=100_000).for_each(|value| histogram.add(value));
        assert_eq!(histogram.total(), 100_000);
        for share in [0.1, 0.5, 0.99] {
            let found = histogram.quantile(share) / (share * 100_000.0);
            assert!((0.97..1.03).contains(&found), "{share}: {found}");
        }
    }
}
