//! What the SDK's own types allow, at random: `tests/fixtures/schema.json` is exported from them by
//! `tests/server/schema.py`, and `generate` draws values from it.

mod dice;
mod generate;
mod reducer;
mod storm;
mod types;
