//! Texts that between them hold every kind of block and the ways blocks can meet.

pub const ALL: &[(&str, &str)] = &[
    (
        "paragraphs",
        "One *two* **three** `four`\nfive  \nsix\\\nseven\n\nEight ~~nine~~ <b>ten</b> &amp; \\* 🙂 ünï.\n",
    ),
    ("headings", "# One\ntext\n## Two ##\nSetext\n===\nOther\n---\n#no heading\n####### seven\n"),
    ("emphasis", "***a** b* _c_d_ **e *f* g** *h\n\ni* `` ` `` **j\n"),
    (
        "links",
        "[a](https://a.example \"t\") <https://b.example> [c](javascript:alert(1)) ![d *e*](/f.png) https://g.example/h_i?j=(k). www.l.example, x\n",
    ),
    ("fenced", "```rust\nfn a() {}\n\n    b\n```\nafter\n~~~\n```\n~~~ x\n~~~\n  ```\n  in\n ```\n"),
    ("unclosed fence", "a\n\n```py\nx = '**'\n\n- y\n"),
    ("indented code", "a\n\n    b\n\n    c\n\n\n    d\ne\n\n\tf\n"),
    ("quotes", "> a\nlazy\n> > b\n> c\n\n> d\n>\n> - e\n>   f\n>\n> ```\n> g\n> ```\nh\n> # i\n> j\n"),
    ("tight list", "- a\n- b\n  - c\n    d\n- e\n* f\n1. g\n2. h\n2) i\n"),
    ("loose list", "- a\n- b\n\n- c\n  \n  d\n\n\n- e\n\nf\n- g\n"),
    ("late loose list", "1. a\n2. b\n3. c\n4. d\n\n5. e\n"),
    (
        "odd items",
        "-\n\n-\n- ```\n  a\n  ```\n\n- # b\n-   c\n\n      d\n-\n  e\n10. f\n- g\n  ===\n- h | i\n  --|--\n",
    ),
    ("tasks", "- [ ] a\n- [x] b\n\n- [X] c\n  - [ ] d\n- [ ]\n- [y] e\n"),
    (
        "table",
        "| a | b *c* |\n|:--|--:|\n| d | `e|f` |\n| g \\| h |\n| i | j | k |\n\nl | m\n--|--\nn\n# o\n",
    ),
    ("no table", "a\nb | c\n--|--\nd | e\n\nf | g\n--|--x\nh\n\n| i |\n"),
    ("rules", "a\n***\n- - -\n* b\n***\n___\nc\n"),
    ("html", "<div>\n*a*\n\n*b*\n</div>\n\n<!-- c\n\nd --> e\n\n<script>\n\n</script>\nf <i>g\n"),
    (
        "references",
        "[a][b] [b] [c][] ![d][b]\n\n- [b]\n\n| [b] |\n|--|\n| [C] |\n\n> [b]\n\n[b]: https://b.example\n[c]: <https://c.example> 'title'\n\nend [b]\n",
    ),
    ("reference twice", "[a]: /one\n\n[a]\n\n[a]: /two\n\n[a] [A]\n\n[a]: /three 'x'\n"),
    ("reference title", "[a]\n\nb\n\n[a]: /u\n'ti\ntle'\n\nc\n\n[d]: /v\n'no title\n\n[d]\n"),
    (
        "reference in blocks",
        "[q] [l]\n\n> [q]: /q\n> 't'\n> text\n\n- x\n\n  [l]: /l\n- [m]: /m\n\n[m]\n- y\n\n[n]: /n\n'ti\ntle'\n[n]\n",
    ),
    ("reference to a marker", "[a]\n\n[a]:\n    >\n    b\n\n> [c]:\n>     >\n>     d\n"),
    ("no reference", "[a]\n\n[a]: /u x y\n\n[b]\n\n[b]:\n\n[c]:\n/v\n\n[c]\n"),
    (
        "footnotes",
        "a[^1] b[^two] c[^none] ![^1]\n\n- d[^1]\n\n[^1]: e\n    f\n\n    g\n\n[^two]: - h\n[^3]: i[^1]\nj\n\nk[^3]\n    l\n",
    ),
    ("footnote then code", "[^1]: a\n\n    b\n\nc[^1]\n\n    d[^1]\n"),
    ("footnote in a footnote's lines", "[^1]: |--|--|\n\t[^1]: <div>[x] \né"),
    (
        "footnotes that end each other",
        "[^1]: [^2]: a[^9]\n\n    b\n    [^3]: - c\n        [^4]: > d\n\n    [^5]:\n\n        [^6]: e\n\nf[^1] [^6]\n\n[^9]: g\n",
    ),
    ("line ends", "a\r\nb\r\n\r\n- c\r\n- d\r\n\r\n```\r\ne\r\n\r\nf\r\n```\r\n| g |\r\n|--|\r\n| h |\r\n"),
    ("blank", "\n\n  \n\ta\n \n"),
    ("marks", "a\n-\nb\n#\nc\n1.\nd\n>\n*\n+\n```\n"),
    ("tabs", ">\t- a\n>\t- b\n\n-\tc\n\n\td\n - e\n  - f\n   - g\n    - h\n"),
];

/// A text long enough that lists, tables, quotes and code settle inside.
pub fn long(kind: &str) -> String {
    let mut text = String::from("Before [late] and[^late].\n\n");
    match kind {
        "code" => {
            text.push_str("  ```rust\n");
            for i in 0..120 {
                text.push_str(&format!(
                    "    let a{i} = \"**{i}**\";\n{}",
                    if i % 7 == 0 { "\n" } else { "" }
                ));
            }
            text.push_str("  ```\n");
        }
        "tight list" | "loose list" | "late loose list" => {
            for i in 0..90 {
                let gap = kind == "loose list" && i % 3 == 0 || kind == "late loose list" && i == 80;
                text.push_str(&format!("{}. item *{i}* [late] a[^late]\n   more\n", i + 1));
                text.push_str(if i % 11 == 0 { "   - inner\n" } else { "" });
                text.push_str(if i % 17 == 0 {
                    "90. # heading only\n91.\n92. ```\n    x\n    ```\n"
                } else {
                    ""
                });
                text.push_str(if gap { "\n" } else { "" });
            }
        }
        // The blank lines make the list loose, which shows only in the paragraphs that come much later.
        "list loose before its first paragraph" => {
            text.push_str(&"- ```\n  a line of code that is long enough\n  ```\n\n".repeat(40));
            text.push_str(&"- ```\n  x and some more code\n  ```\n".repeat(60));
            text.push_str(&"- a paragraph of some words\n".repeat(60));
        }
        "table" => {
            text.push_str("| a [late] | b |\n|---|:-:|\n");
            for i in 0..120 {
                text.push_str(&format!("| [late] {i} | **b** `c` |\n"));
            }
        }
        "quote" => {
            for i in 0..120 {
                text.push_str(&format!("> p {i} [late]\nlazy\n>\n> - x\n> - y\n>\n> > z\n\u{3e}\n"));
                text.push_str(if i % 9 == 0 { "> [in]: /in\n> 'ti\n> tle'\n>\n" } else { "" });
            }
        }
        _ => {
            for i in 0..200 {
                text.push_str(&format!("word{i} *em* [late] `c` and more\n"));
            }
        }
    }
    text.push_str("\nAfter [late][in].\n\n[late]: https://late.example\n\n[^late]: Note.\n\nEnd.\n");
    text
}

pub const LONG: &[&str] = &[
    "code",
    "tight list",
    "loose list",
    "late loose list",
    "list loose before its first paragraph",
    "table",
    "quote",
    "paragraph",
];
