//! Which images may load.

use chatkit_widget::markdown::image::{Policy, policy};

const PAGE: &str = "https://docs.example";

fn domains() -> Vec<String> {
    ["img.example", "Cdn.Example.", ""].map(str::to_owned).to_vec()
}

#[test]
fn images_of_the_page_and_of_allowed_hosts_are_shown() {
    for src in [
        "/a.png",
        "a.png",
        "../b.png?x=1",
        "https://docs.example/a.png",
        "https://DOCS.example:443/a.png",
        "https://img.example/a",
        "https://a.b.img.example/c",
        "https://IMG.example:8443/",
        "https://cdn.example/a",
        "https://img.example./a",
        "data:image/png;base64,AA",
        "DATA:image/WebP,x",
        "data:image/gif;base64,AA",
        "data:image/jpeg;base64,AA",
    ] {
        assert_eq!(policy(src, PAGE, Some(&domains())), Policy::Show, "{src:?}");
    }
}

#[test]
fn an_image_cannot_tell_a_stranger_what_was_said() {
    for src in [
        "",
        "https://evil.example/?q=secret",
        "http://img.example/a",
        "https://notimg.example/a",
        "https://img.example.evil.example/a",
        "https://img.example@evil.example/a",
        "https://evil.example#img.example",
        "https://evil.example/img.example",
        "https://evil.example?.img.example",
        "//img.example/a",
        "//evil.example",
        "\\\\evil.example/a",
        "/\\evil.example/a",
        "https:\\\\evil.example",
        "https:evil.example",
        "https:///a",
        "http://docs.example/a",
        "https://docs.example:8443/a",
        "https://docs.example.evil.example/a",
        "data:image/svg+xml,<svg/>",
        "data:text/html,a",
        "data:image/png",
        "data:,",
        "javascript:a",
        "blob:a",
        "file:///a",
        "ht\ntps://evil.example",
        "\u{1}https://evil.example",
        "https://evil.example%2f.img.example/a",
        "https://evil.example\t.img.example",
        "ftp://img.example/a",
    ] {
        assert_eq!(policy(src, PAGE, Some(&domains())), Policy::Blocked, "{src:?}");
    }
}

#[test]
fn without_a_list_only_the_page_itself_shows_images() {
    for list in [None, Some(&[][..])] {
        assert_eq!(policy("https://img.example/a", PAGE, list), Policy::Blocked);
        assert_eq!(policy("https://docs.example/a", PAGE, list), Policy::Show);
        assert_eq!(policy("/a", PAGE, list), Policy::Show);
    }
    assert_eq!(policy("/a", "", None), Policy::Blocked);
}
