//! The stream parser: however the network cuts the bytes, the frames are the same.

use chatkit_widget::sse::{Ending, Frame, Parser};
use proptest::prelude::*;

use crate::protocol::recordings;

fn parse(chunks: &[&[u8]]) -> (Vec<Frame>, Ending) {
    let mut parser = Parser::new();
    let frames = chunks.iter().flat_map(|chunk| parser.push(chunk)).collect();
    (frames, parser.finish())
}

fn data(bytes: &[u8]) -> Vec<String> {
    parse(&[bytes]).0.into_iter().map(|frame| frame.data).collect()
}

#[test]
fn line_ends_of_every_kind_and_mixed_give_the_same_frames() {
    for stream in ["data: a\n\ndata: b\n\n", "data: a\r\rdata: b\r\r", "data: a\r\n\r\ndata: b\r\n\r\n"] {
        assert_eq!(data(stream.as_bytes()), ["a", "b"], "{stream:?}");
    }
    assert_eq!(data(b"data: a\n\r\ndata: b\r\n\rdata: c\r\n\n"), ["a", "b", "c"]);
}

#[test]
fn a_frame_ended_by_a_lone_cr_is_not_one_frame_late() {
    let mut parser = Parser::new();
    assert_eq!(parser.push(b"data: a\r\r").len(), 1);
    assert_eq!(parser.push(b"\ndata: b\r\n\r").len(), 1);
    assert_eq!(parser.push(b"\n").len(), 0);
    assert_eq!(parser.finish(), Ending::Complete);
}

#[test]
fn fields_follow_the_standard() {
    // The examples of the HTML standard, and the corners its prose names.
    let table: &[(&[u8], &[&str])] = &[
        (b"data: YHOO\ndata: +2\ndata: 10\n\n", &["YHOO\n+2\n10"]),
        (b"data\n\ndata\ndata\n\ndata:", &["", "\n"]),
        (b"data:test\n\ndata: test\n\n", &["test", "test"]),
        (b"data:  two spaces\n\n", &[" two spaces"]),
        (b": a comment\n\n:another\ndata: x\n\n", &["x"]),
        (b"event: only\n\nid: 1\n\nretry: 10\n\n", &[]),
        (b"nonsense: 1\ndatas: 2\n data: 3\ndata: 4\n\n", &["4"]),
        (b"\xEF\xBB\xBFdata: x\n\n", &["x"]),
        (b"\xEF\xBB\xBF\xEF\xBB\xBFdata: x\n\n", &[]),
        (b"data: \xEF\xBB\xBFx\n\n", &["\u{feff}x"]),
        ("data: é\u{2028}😀\n\n".as_bytes(), &["é\u{2028}😀"]),
        (b"data: \xff\xc3\ndata: ok\n\n", &["\u{fffd}\u{fffd}\nok"]),
        (b"\n\n\n\ndata: x\n\n\n\n", &["x"]),
    ];
    for (bytes, expected) in table {
        assert_eq!(data(bytes), *expected, "{:?}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn event_type_is_per_frame_and_the_id_stays() {
    let (frames, _) =
        parse(&[b"id: 1\nevent: add\ndata: a\n\ndata: b\n\nid: x\0y\ndata: c\n\nid\ndata: d\n\n"]);
    let seen: Vec<_> = frames.iter().map(|f| (f.event.as_str(), f.last_event_id.as_str())).collect();
    assert_eq!(seen, [("add", "1"), ("", "1"), ("", "1"), ("", "")]);
}

#[test]
fn a_stream_cut_within_a_frame_says_so_and_one_cut_between_frames_does_not() {
    for complete in
        [&b""[..], b"data: a\n\n", b"data: a\n\n: ping", b"data: a\n\n: ping\n", b"\xEF\xBB\xBF\n"]
    {
        assert_eq!(parse(&[complete]).1, Ending::Complete, "{:?}", String::from_utf8_lossy(complete));
    }
    for cut in
        [&b"d"[..], b"data: a", b"data: a\n", b"data: a\n\ndata: b\n", b"data: a\n\nda", b"data: a\n: p"]
    {
        assert!(matches!(parse(&[cut]).1, Ending::Truncated { pending_bytes: 1.. }));
    }
    assert_eq!(parse(&[b"data: a\n\ndata: b\n"]).0.len(), 1, "the cut frame does not count");
}

#[test]
fn time_grows_with_the_bytes_not_with_their_square() {
    // One byte a chunk, one endless line: a parser that searches or copies its buffer anew for each chunk
    // would look at 10^12 bytes here and never come back.
    let mut parser = Parser::new();
    parser.push(b"data: ");
    for _ in 0..1_000_000 {
        assert!(parser.push(b"x").is_empty());
    }
    assert_eq!(parser.push(b"\n\n")[0].data.len(), 1_000_000);
}

/// Cuts `bytes` at the given places (taken modulo the length).
fn chunks(bytes: &[u8], cuts: &[usize]) -> Vec<Vec<u8>> {
    let mut places: Vec<usize> = cuts.iter().map(|cut| cut % (bytes.len() + 1)).collect();
    places.extend([0, bytes.len()]);
    places.sort_unstable();
    places.windows(2).map(|pair| bytes[pair[0]..pair[1]].to_vec()).collect()
}

fn parse_chunks(chunks: &[Vec<u8>]) -> (Vec<Frame>, Ending) {
    parse(&chunks.iter().map(Vec::as_slice).collect::<Vec<_>>())
}

/// Bytes that look like a stream more often than chance would have it.
fn stream() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        Just(b"data: ".to_vec()),
        Just(b"data:{\"a\":\"\xC3\xA9\"}".to_vec()),
        Just(b"event: x".to_vec()),
        Just(b"id: 1".to_vec()),
        Just(b": c".to_vec()),
        Just(b"\n".to_vec()),
        Just(b"\r".to_vec()),
        Just(b"\r\n".to_vec()),
        Just(b"\n\n".to_vec()),
        Just(b"\xEF\xBB\xBF".to_vec()),
        Just(b"\xF0\x9F\x98\x80".to_vec()),
        prop::collection::vec(any::<u8>(), 0..6),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_chunking_gives_the_frames_of_the_whole(
        bytes in stream(),
        cuts in prop::collection::vec(any::<usize>(), 0..12),
    ) {
        prop_assert_eq!(parse_chunks(&chunks(&bytes, &cuts)), parse(&[&bytes]));
    }

    #[test]
    fn what_any_server_could_write_comes_back(texts in prop::collection::vec("[^\r\n\0]{0,40}", 0..8)) {
        let stream: String = texts.iter().map(|text| format!("data: {text}\n\n")).collect();
        prop_assert_eq!(data(stream.as_bytes()), texts);
    }

    #[test]
    fn arbitrary_bytes_never_panic(chunks in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..64), 0..8)) {
        parse_chunks(&chunks);
    }
}

#[test]
fn a_recorded_stream_cut_at_any_byte_gives_the_same_frames() {
    for (name, bytes) in recordings::streams() {
        let (whole, _) = parse(&[&bytes]);
        for cut in 0..=bytes.len() {
            let (head, tail) = bytes.split_at(cut);
            let mut parser = Parser::new();
            let mut frames = parser.push(head);
            // Each frame comes as soon as its last byte is there, not with the next one.
            let ended = head.windows(2).filter(|pair| pair == b"\n\n").count();
            assert_eq!(frames.len(), ended, "{name} cut at byte {cut}");
            frames.extend(parser.push(tail));
            assert!(frames == whole, "{name} cut at byte {cut}");
        }
    }
}

#[test]
fn a_recorded_stream_that_ends_at_any_byte_says_whether_a_frame_was_lost() {
    for (name, bytes) in recordings::streams() {
        let mut parser = Parser::new();
        for end in 0..=bytes.len() {
            let head = &bytes[..end];
            let between_frames = head.is_empty() || head.ends_with(b"\n\n");
            // The parser is copied by replaying the last frame only: frames do not depend on each other.
            let start = head[..end.saturating_sub(2)]
                .windows(2)
                .rposition(|pair| pair == b"\n\n")
                .map_or(0, |i| i + 2);
            parser.push(&head[start..]);
            let ending = std::mem::take(&mut parser).finish();
            assert_eq!(ending == Ending::Complete, between_frames, "{name} ended at byte {end}");
        }
    }
}

#[test]
fn the_recorded_streams_end_as_their_connections_did() {
    for recording in recordings::all().iter().filter(|r| r.is_stream()) {
        let mid_frame = recording.name == "cut";
        let (_, ending) = parse(&[&recording.bytes()]);
        assert_eq!(matches!(ending, Ending::Truncated { .. }), mid_frame, "{}", recording.name);
        assert!(!mid_frame || recording.cut);
    }
}
