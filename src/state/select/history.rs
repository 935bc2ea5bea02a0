//! The list of past threads.

use crate::config::Config;
use crate::state::{Doing, HistoryRow, Listing, State};

/// The panel over the conversation.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryView {
    /// Newest first.
    pub rows: Vec<HistoryRowView>,
    /// What stands below the last row.
    pub end: HistoryEnd,
    /// Whether rows have a Rename button.
    pub rename: bool,
    /// Whether rows have a Delete button.
    pub delete: bool,
}

/// One past thread.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryRowView {
    /// Names it in a [`crate::state::HistoryAction`].
    pub id: String,
    /// `None` where it has no title.
    pub title: Option<String>,
    /// The day it began, as the server's calendar says.
    pub day: Option<Day>,
    /// Whether it is the one behind the panel.
    pub current: bool,
    /// What the reader does with it.
    pub doing: Doing,
}

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// In full.
    pub year: u32,
    /// From 1.
    pub month: u32,
    /// From 1.
    pub day: u32,
}

/// What stands below the last row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HistoryEnd {
    /// Nothing: that is all.
    None,
    /// There are no threads at all.
    Empty,
    /// Some are on their way.
    Loading,
    /// "Show more".
    More,
    /// They did not come; "Try again".
    Failed,
}

/// The panel, while it is open.
pub(super) fn history(state: &State, config: &Config) -> Option<HistoryView> {
    let history = &state.history;
    history.open.then(|| HistoryView {
        rows: history.rows.iter().map(|row| view(row, state)).collect(),
        end: match history.listing {
            Listing::Unknown | Listing::Loading(_) => HistoryEnd::Loading,
            Listing::Failed(_) => HistoryEnd::Failed,
            Listing::More(_) => HistoryEnd::More,
            Listing::Whole if history.rows.is_empty() => HistoryEnd::Empty,
            Listing::Whole => HistoryEnd::None,
        },
        rename: config.history.show_rename,
        delete: config.history.show_delete,
    })
}

fn view(row: &HistoryRow, state: &State) -> HistoryRowView {
    HistoryRowView {
        id: row.id.clone(),
        title: row.shown_title().map(str::to_owned),
        day: Day::read(&row.created_at),
        current: state.thread.id() == Some(row.id.as_str()),
        doing: row.doing.clone(),
    }
}

impl Day {
    /// Reads the day of an ISO 8601 date. The time and its zone are left alone: servers write their local time without
    /// saying where that is (ChatKit protocol §5.1), so only the day is near enough to the reader's to be shown.
    pub fn read(date: &str) -> Option<Day> {
        let mut parts = date.split(['T', ' ']).next()?.splitn(3, '-').map(|part| part.parse().ok());
        let day = Day { year: parts.next()??, month: parts.next()??, day: parts.next()?? };
        ((1..=12).contains(&day.month) && (1..=31).contains(&day.day)).then_some(day)
    }
}

#[cfg(test)]
mod tests {
    use super::Day;

    #[test]
    fn a_day_is_read_with_and_without_zone_and_nothing_is_made_up() {
        let day = Some(Day { year: 2026, month: 11, day: 20 });
        for date in ["2026-11-20T23:44:07.463925", "2026-11-20T23:44:07Z", "2026-11-20 23:44", "2026-11-20"] {
            assert_eq!(Day::read(date), day, "{date}");
        }
        for date in ["", "yesterday", "2026-13-01", "2026-00-10", "1763682247", "-1-1-1"] {
            assert_eq!(Day::read(date), None, "{date}");
        }
    }
}
