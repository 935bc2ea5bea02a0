//! Which links a reader can be led along.

use chatkit_widget::markdown::{
    Document,
    link::{SafeHref, safe_href},
};

#[test]
fn a_link_the_reader_may_follow_stays_a_link() {
    for href in [
        "https://a.example",
        "HTTP://A.example/b?c=d#e",
        "http://[::1]:8000/",
        "mailto:a@b.example?subject=c",
        "tel:+49-1",
        "https://a.example/\\back?x=\\",
    ] {
        let expected = (!href.contains('\\')).then(|| SafeHref::Absolute(href.into()));
        assert_eq!(safe_href(href), expected, "{href:?}");
    }
    for href in ["/a", "a/b", "#c", "?d=e", "./f:g", "a?b=c:d", "../h", "a#javascript:b", "/x?y=\\"] {
        assert_eq!(safe_href(href), Some(SafeHref::Relative(href.into())), "{href:?}");
    }
}

#[test]
fn a_link_that_could_run_or_hide_something_becomes_text() {
    for href in [
        "",
        " ",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "\u{1}javascript:alert(1)",
        "java\nscript:alert(1)",
        "java\tscript:alert(1)",
        "javascript\n:alert(1)",
        "\u{a0}javascript:alert(1)",
        "java\u{200b}script:alert(1)",
        "\u{feff}javascript:alert(1)",
        "data:text/html,a",
        "data:image/png;base64,a",
        "vbscript:a",
        "file:///etc/passwd",
        "blob:https://a.example/b",
        "about:blank",
        "view-source:https://a.example",
        "ftp://a.example",
        "ws://a.example",
        "intent://a",
        "chrome://settings",
        "//evil.example",
        "\\\\evil.example",
        "/\\evil.example",
        "https:evil.example",
        "https:/evil.example",
        "https://",
        "https:///a",
        "http://?a",
        "https://a.example/\n",
        "https://a.example\u{0}",
        "https://a.example/\u{202e}gpj",
        "javascript&colon;:a",
        "mailto:",
        "tel:",
        "chatkit-link:",
        "chatkit-link://",
        "chatkit-link://?a=b",
        ":a",
        "1a:b",
    ] {
        assert_eq!(safe_href(href), None, "{href:?}");
    }
}

#[test]
fn an_entity_in_a_link_does_not_smuggle_a_scheme() {
    for text in [
        "[a](&#x6A;avascript:alert(1))",
        "[a](javascript&colon;alert(1))",
        "[a][b]\n\n[b]: javascript:x",
        "<javascript:a>",
    ] {
        let document = Document::parse(text);
        assert!(!format!("{document:?}").contains("Link"), "{document:?}");
    }
}

#[test]
fn a_deeplink_carries_its_name_and_data() {
    type Case = (&'static str, &'static str, &'static [(&'static str, &'static str)]);
    let cases: [Case; 5] = [
        ("chatkit-link://open", "open", &[]),
        ("chatkit-link://open/page/?id=1&q=a%20b+c#x", "open/page", &[("id", "1"), ("q", "a b c")]),
        ("CHATKIT-LINK:open?flag", "open", &[("flag", "")]),
        ("chatkit-link://a%2Fb?x=%zz&&y==", "a/b", &[("x", "%zz"), ("y", "=")]),
        ("chatkit-link://n?k=%E2%82%AC&k=%FF", "n", &[("k", "€"), ("k", "\u{fffd}")]),
    ];
    for (href, name, data) in cases {
        let Some(SafeHref::Deeplink(link)) = safe_href(href) else { panic!("{href:?} is no deeplink") };
        assert_eq!(&*link.name, name, "{href:?}");
        let got: Vec<(&str, &str)> = link.data.iter().map(|(k, v)| (&**k, &**v)).collect();
        assert_eq!(got, data, "{href:?}");
    }
}

#[test]
fn a_bare_address_becomes_a_link_without_the_sentence_around_it() {
    let links = |text: &str| -> Vec<String> {
        let shown = format!("{:?}", Document::parse(text));
        shown
            .match_indices("Absolute(\"")
            .map(|(at, m)| {
                let rest = &shown[at + m.len()..];
                rest[..rest.find('"').unwrap()].to_owned()
            })
            .collect()
    };
    assert_eq!(links("see https://a.example/b."), ["https://a.example/b"]);
    assert_eq!(
        links("(https://a.example/b_(c)) www.d.example!"),
        ["https://a.example/b_(c)", "http://www.d.example"]
    );
    assert_eq!(links("xhttps://a.example `https://b.example` [https://c.example](/d)"), [] as [&str; 0]);
    assert_eq!(links("https://localhost http://a_b.example, **http://c.example**"), ["http://c.example"]);
    assert_eq!(links("https://é.example/ü"), ["https://é.example/ü"]);
}

#[test]
fn links_into_the_site_open_in_place_and_only_those() {
    let stays = |href: &str| safe_href(href).is_some_and(|href| href.stays_on("https://book.example"));
    for href in [
        "/book/servo#what",
        "#here",
        "page?q",
        "https://book.example",
        "https://book.example/a",
        "https://book.example#a",
    ] {
        assert!(stays(href), "{href}");
    }
    for href in [
        "https://book.example.evil.org/",
        "https://book.example:8443/",
        "http://book.example/",
        "https://other.org/",
        "mailto:a@b.c",
        "chatkit-link://open",
    ] {
        assert!(!stays(href), "{href}");
    }
    assert!(!safe_href("https://a.org/").is_some_and(|href| href.stays_on("")), "a page without an origin");
}
