//! Images the assistant makes: partial versions and how far they are (ChatKit protocol §5.4).

use super::items::Entry;
use crate::json::Number;
use crate::protocol::{GeneratedImage, ThreadItem};

impl Entry {
    /// `generated_image.updated`. `false` when the item is no generated image.
    pub(super) fn set_image(&mut self, image: GeneratedImage, progress: Option<&Number>) -> bool {
        let ThreadItem::GeneratedImage(item) = &mut self.item else { return false };
        item.image = Some(image);
        self.progress = Some(progress.map_or(0, percent));
        self.view = None;
        true
    }
}

/// A share of 0 to 1 in whole percent. Read off its digits: a share needs two of them, and reading any number there is
/// takes tables of kilobytes.
fn percent(share: &Number) -> u8 {
    let text = share.as_str();
    if text.starts_with('-') || text.contains("e-") || text.contains("E-") {
        return 0; // Servers write exponents only for what is next to nothing.
    }
    let (whole, digits) = text.split_once('.').unwrap_or((text, ""));
    if whole != "0" {
        return 100;
    }
    let digit = |at: usize| digits.as_bytes().get(at).map_or(0, |byte| byte.saturating_sub(b'0').min(9));
    digit(0) * 10 + digit(1)
}

#[cfg(test)]
mod tests {
    use super::percent;
    use crate::json::{Json, read};

    #[test]
    fn a_share_is_shown_in_whole_percent_however_it_is_written() {
        let cases = [
            ("0", 0),
            ("0.5", 50),
            ("0.07", 7),
            ("0.999", 99),
            ("1", 100),
            ("1.0", 100),
            ("3", 100),
            ("-1", 0),
            ("1e-05", 0),
        ];
        for (written, expected) in cases {
            let Ok(Json::Number(number)) = read(written) else { unreachable!("{written} is a number") };
            assert_eq!(percent(&number), expected, "{written}");
        }
    }
}
