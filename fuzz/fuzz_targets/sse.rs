//! Bytes of a body, cut anywhere: the frames are the same as those of the whole, and nothing panics.
#![no_main]

use chatkit_widget::sse::{Ending, Frame, Parser};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    // The first bytes say where the rest is cut.
    let (cuts, body) = input.split_at(input.len().min(4));
    let whole = parse(std::iter::once(body));
    let mut rest = body;
    let pieces = cuts.iter().cycle().map_while(|cut| {
        let (piece, more) = rest.split_at_checked(usize::from(*cut).max(1)).unwrap_or((rest, &[]));
        rest = more;
        (!piece.is_empty()).then_some(piece)
    });
    assert_eq!(parse(pieces), whole);
});

fn parse<'a>(pieces: impl Iterator<Item = &'a [u8]>) -> (Vec<Frame>, Ending) {
    let mut parser = Parser::new();
    let frames = pieces.flat_map(|piece| parser.push(piece)).collect();
    (frames, parser.finish())
}
