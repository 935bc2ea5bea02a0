//! A version as <https://semver.org> has it, as far as we publish: three numbers, and what comes before a release.

use std::cmp::Ordering;
use std::fmt::{self, Display, Formatter};
use std::str::FromStr;

use anyhow::{Error, bail};

/// `1.2.3` or `1.2.3-beta.1`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    numbers: [u32; 3],
    /// Empty for a release.
    before: Vec<Part>,
}

/// Numbers are before words, as semver has it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Number(u32),
    Word(String),
}

impl Version {
    /// Those who ask for the newest release do not get this one.
    pub fn is_preview(&self) -> bool {
        !self.before.is_empty()
    }
}

impl FromStr for Version {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let (numbers, before) =
            text.split_once('-').map_or((text, None), |(numbers, before)| (numbers, Some(before)));
        let number = |part: &str| {
            let plain = part == "0" || !part.starts_with('0');
            part.parse::<u32>().ok().filter(|_| plain && part.bytes().all(|byte| byte.is_ascii_digit()))
        };
        let parts: Option<Vec<u32>> = numbers.split('.').map(number).collect();
        let before: Option<Vec<Part>> = before.map_or(Some(Vec::new()), |before| {
            let word = |part: &str| {
                let right =
                    !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
                right.then(|| number(part).map_or_else(|| Part::Word(part.to_owned()), Part::Number))
            };
            before.split('.').map(word).collect()
        });
        match (parts.and_then(|parts| <[u32; 3]>::try_from(parts).ok()), before) {
            (Some(numbers), Some(before)) => Ok(Self { numbers, before }),
            _ => bail!("\"{text}\" is no version: write 1.2.3 or 1.2.3-beta.1"),
        }
    }
}

impl Display for Version {
    fn fmt(&self, to: &mut Formatter<'_>) -> fmt::Result {
        let [major, minor, patch] = self.numbers;
        write!(to, "{major}.{minor}.{patch}")?;
        for (at, part) in self.before.iter().enumerate() {
            to.write_str(if at == 0 { "-" } else { "." })?;
            match part {
                Part::Number(number) => write!(to, "{number}")?,
                Part::Word(word) => to.write_str(word)?,
            }
        }
        Ok(())
    }
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        // A release is after all that came before it.
        let release = (!self.is_preview()).cmp(&!other.is_preview());
        self.numbers.cmp(&other.numbers).then(release).then_with(|| self.before.cmp(&other.before))
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_registry_would_refuse_is_no_version() {
        for right in ["0.1.0", "10.20.30", "1.0.0-beta.1", "1.0.0-rc-2"] {
            assert_eq!(right.parse::<Version>().unwrap().to_string(), right);
        }
        for wrong in ["", "1.0", "1.0.0.0", "v1.0.0", "01.0.0", "1.0.0-", "1.0.x", "1.0.0 ", "+1.0.0"] {
            assert!(wrong.parse::<Version>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn versions_are_ordered_as_registries_order_them() {
        let order = ["0.9.10", "1.0.0-alpha.2", "1.0.0-alpha.10", "1.0.0-beta", "1.0.0", "1.0.1", "1.10.0"];
        let versions: Vec<Version> = order.iter().map(|text| text.parse().unwrap()).collect();
        assert!(versions.is_sorted(), "{versions:?}");
    }
}
