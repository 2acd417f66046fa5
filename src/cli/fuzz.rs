//! `tenantcheck fuzz`: a campaign of seeded combinations, by time or by requests.

use super::check::Salvo;
use super::named::from_one;
use crate::event::Extent;
use crate::plan::Phase;
use clap::Args;
use std::time::Duration;

/// Sends seeded combinations of defects and valid variations, guided by what was new in the answers.
#[derive(Debug, Args)]
pub(super) struct Fuzz {
    /// Globs on case ids, such as `get-document/*`; the ids are those of `fuzz --dry-run`
    #[arg(value_name = "SELECT")]
    select: Vec<String>,
    /// How long to go on, such as 30s, 10m or 1h [default: 60s]
    #[arg(long, value_name = "D", value_parser = time, conflicts_with = "requests")]
    time: Option<Duration>,
    /// How many requests to send, with what findings cost; what is under way then is brought to its end
    #[arg(long, value_name = "N", value_parser = from_one)]
    requests: Option<u64>,
    /// Write each finding that fails as a case file: cases/OPERATION/found/NAME.toml, below --contract where it is given
    #[arg(long)]
    save: bool,
    #[command(flatten)]
    salvo: Salvo,
}

const MINUTE: Duration = Duration::from_mins(1);

impl Fuzz {
    pub(super) fn run(&self) -> anyhow::Result<u8> {
        let ms = u64::try_from(self.time.unwrap_or(MINUTE).as_millis())?;
        let extent = self.requests.map_or(Extent::Ms(ms), Extent::Requests);
        self.salvo.run(&self.select, &[Phase::Fuzz], Some(extent), self.save)
    }
}

/// Reads a number of seconds, minutes or hours.
fn time(text: &str) -> Result<Duration, String> {
    let units = [('s', 1), ('m', 60), ('h', 3_600)];
    let read = |(unit, seconds): (char, u64)| {
        let number: u64 = text.strip_suffix(unit)?.parse().ok().filter(|number| *number > 0)?;
        number.checked_mul(seconds).filter(|seconds| *seconds <= LONGEST).map(Duration::from_secs)
    };
    let wrong = || "write a number from 1 on with `s`, `m` or `h` behind it, like 30s, 10m or 1h; a year at most";
    units.into_iter().find_map(read).ok_or_else(|| wrong().to_owned())
}

/// A year, in seconds.
const LONGEST: u64 = 365 * 24 * 3_600;

#[cfg(test)]
mod tests {
    use super::time;
    use std::time::Duration;

    #[test]
    fn a_time_is_a_number_with_its_unit() {
        for (text, seconds) in [("30s", 30), ("10m", 600), ("1h", 3_600)] {
            assert_eq!(time(text), Ok(Duration::from_secs(seconds)), "{text}");
        }
        for text in ["0", "0s", "30", "s", "-1s", "1.5h", "1d", "", "99999999999999999999s", "9999999999h"] {
            assert!(time(text).unwrap_err().contains("like 30s, 10m or 1h"), "{text}");
        }
    }
}
