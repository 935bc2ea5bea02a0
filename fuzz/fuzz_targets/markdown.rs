//! A text, streamed in pieces of any size: it reads like the whole, and parsing it costs what its length allows.
#![no_main]

use chatkit_widget::markdown::Document;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    // The first bytes say where the rest is cut.
    let (cuts, text) = input.split_at(input.len().min(4));
    let text = String::from_utf8_lossy(text);
    let mut document = Document::new();
    let mut rest = &*text;
    for cut in cuts.iter().cycle() {
        let at = rest.char_indices().nth(usize::from(*cut).max(1)).map_or(rest.len(), |(at, _)| at);
        let (piece, more) = rest.split_at(at);
        document.append(piece);
        rest = more;
        if rest.is_empty() {
            break;
        }
    }
    document.finish();
    let whole = Document::parse(&text);
    let blocks =
        |document: &Document| document.entries().map(|entry| entry.block.clone()).collect::<Vec<_>>();
    assert_eq!(blocks(&document), blocks(&whole), "{text:?}");
});
