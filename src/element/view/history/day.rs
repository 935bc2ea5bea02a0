//! A day in the reader's language.

use js_sys::{Date, Object};

use crate::state::select::Day;
use crate::text::Words;
use crate::web::js;

/// "Nov 20, 2026"
pub fn day(Day { year, month, day }: Day, words: Words) -> String {
    // Noon by the reader's clock, which writes it as well: the day cannot slip.
    let date = Date::new_with_year_month_day_hr(year, month.cast_signed() - 1, day.cast_signed(), 12);
    let options = Object::new();
    js::set(&options, "dateStyle", "medium");
    date.to_locale_date_string(words.tag().unwrap_or("en"), &options).into()
}
