//! The **static import graph** of a JavaScript module: the files a browser must fetch before the module can run.
//! What is behind `import()` is fetched later and is left out; that is the point of measuring it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::project;

/// All files that the modules in `entries` load statically, themselves included.
///
/// `package` is the folder of the package; its dependencies are looked up in `modules`, a `node_modules`
/// folder. Peers are left out: the page has them anyway.
pub fn graph(package: &Path, modules: &Path, entries: &[PathBuf]) -> Result<BTreeSet<PathBuf>> {
    let mut seen = BTreeSet::new();
    let mut open: Vec<(PathBuf, PathBuf)> =
        entries.iter().map(|entry| (entry.clone(), package.to_path_buf())).collect();
    while let Some((file, package)) = open.pop() {
        if !seen.insert(file.clone())
            || file.extension().is_none_or(|ending| ending != "js" && ending != "mjs")
        {
            continue;
        }
        for specifier in static_imports(&project::read(&file)?) {
            let found = resolve(&specifier, &file, &package, modules);
            open.extend(found.with_context(|| format!("{} imports \"{specifier}\"", file.display()))?);
        }
    }
    Ok(seen)
}

/// The file a specifier means and the package it is in; `None` for a peer or a module of the platform.
fn resolve(
    specifier: &str,
    from: &Path,
    package: &Path,
    modules: &Path,
) -> Result<Option<(PathBuf, PathBuf)>> {
    if specifier.starts_with('.') {
        let folder = from.parent().context("a file without a folder")?;
        let file = folder.join(specifier).canonicalize().context("there is no such file")?;
        return Ok(Some((file, package.to_path_buf())));
    }
    let manifest = project::read_json(&package.join("package.json"))?;
    let (name, path) = split_bare(specifier);
    if manifest.get("dependencies").and_then(|dependencies| dependencies.get(name)).is_none() {
        return Ok(None);
    }
    let dependency = modules.join(name);
    let target = exported(&project::read_json(&dependency.join("package.json"))?, &path);
    let file = dependency.join(target.with_context(|| format!("{name} does not export {path}"))?);
    Ok(Some((file.canonicalize().context("there is no such file")?, dependency)))
}

/// `@a/b/c` → `@a/b` and `./c`.
fn split_bare(specifier: &str) -> (&str, String) {
    let slashes = if specifier.starts_with('@') { 1 } else { 0 };
    match specifier.match_indices('/').nth(slashes) {
        Some((at, _)) => (&specifier[..at], format!(".{}", &specifier[at..])),
        None => (specifier, ".".to_owned()),
    }
}

/// What a browser's bundler takes for this path of a package.
fn exported(manifest: &Value, path: &str) -> Option<String> {
    let Some(exports) = manifest.get("exports") else {
        let main = manifest.get("module").or_else(|| manifest.get("main"));
        return if path == "." { main?.as_str().map(str::to_owned) } else { Some(path.to_owned()) };
    };
    let by_path = exports.get(path).or_else(|| (path == ".").then_some(exports))?;
    condition(by_path).map(str::to_owned)
}

fn condition(target: &Value) -> Option<&str> {
    match target {
        Value::String(file) => Some(file),
        Value::Object(conditions) => {
            ["browser", "import", "default"].iter().find_map(|name| condition(conditions.get(*name)?))
        }
        _ => None,
    }
}

/// The specifiers of `import … from`, `import "…"` and `export … from` in a module, in order.
pub fn static_imports(source: &str) -> Vec<String> {
    let tokens = tokens(source);
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let property = at > 0 && tokens[at - 1] == Token::Sign('.');
        let specifier = match token {
            Token::Word("import") if !property => match tokens.get(at + 1) {
                Some(Token::Text(specifier)) => Some(*specifier),
                Some(Token::Sign('(' | '.')) | None => None,
                Some(_) => from(&tokens[at + 1..]),
            },
            Token::Word("export") if !property => match tokens.get(at + 1) {
                Some(Token::Sign('*' | '{')) => from(&tokens[at + 1..]),
                _ => None,
            },
            _ => None,
        };
        found.extend(specifier.map(str::to_owned));
    }
    found
}

/// The text after `from`, when only names, commas, stars and braces come before it.
fn from<'a>(tokens: &[Token<'a>]) -> Option<&'a str> {
    for pair in tokens.windows(2) {
        match pair {
            [Token::Word("from"), Token::Text(specifier)] => return Some(specifier),
            // The next statement: this one had no `from`.
            [Token::Sign('}'), Token::Word(word)] if *word != "from" => return None,
            [Token::Word(_) | Token::Text(_) | Token::Sign('{' | '}' | ',' | '*'), _] => {}
            _ => return None,
        }
    }
    None
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token<'a> {
    Word(&'a str),
    Text(&'a str),
    Sign(char),
}

/// The tokens of a module as far as imports need them: comments gone, strings and regular expressions whole, so
/// that the word "import" inside them is not taken for a statement. Code inside `${…}` of a template is not
/// looked at; no import statement can be there.
fn tokens(source: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = source;
    while let Some(next) = rest.chars().next() {
        let length = if next.is_whitespace() {
            next.len_utf8()
        } else if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if is_word(next) {
            let length = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
            tokens.push(Token::Word(&rest[..length]));
            length
        } else if next == '`' {
            let length = template(rest);
            tokens.push(Token::Sign('`'));
            length
        } else if next == '"' || next == '\'' || (next == '/' && regex_may_begin(tokens.last())) {
            let length = quoted(rest, next);
            let inner = rest.get(1..length.saturating_sub(1)).unwrap_or_default();
            tokens.push(if next == '/' { Token::Sign('/') } else { Token::Text(inner) });
            length
        } else {
            tokens.push(Token::Sign(next));
            next.len_utf8()
        };
        rest = &rest[length..];
    }
    tokens
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

/// After a value a slash divides; anywhere else it begins a regular expression.
fn regex_may_begin(before: Option<&Token<'_>>) -> bool {
    match before {
        Some(Token::Word(word)) => {
            matches!(*word, "return" | "typeof" | "case" | "in" | "of" | "delete" | "void")
        }
        Some(Token::Text(_)) => false,
        Some(Token::Sign(sign)) => !matches!(sign, ')' | ']' | '}' | '`'),
        None => true,
    }
}

/// The length of a string or regular expression with its quotes; at most to the end of the line.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    let mut in_class = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '\n' => return at,
            '[' if quote == '/' => in_class = true,
            ']' if quote == '/' => in_class = false,
            _ if c == quote && !in_class => return at + c.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

/// The length of a template literal, with templates nested in its `${…}`.
fn template(text: &str) -> usize {
    let mut at = 1;
    let mut braces: Vec<usize> = Vec::new();
    while let Some(c) = text[at..].chars().next() {
        match (c, braces.last_mut()) {
            ('\\', None) => at += 1 + text[at + 1..].chars().next().map_or(0, char::len_utf8),
            ('`', None) => return at + 1,
            ('$', None) if text[at..].starts_with("${") => {
                braces.push(0);
                at += 2;
            }
            ('`', Some(_)) => at += template(&text[at..]),
            ('"' | '\'', Some(_)) => at += quoted(&text[at..], c),
            ('{', Some(depth)) => {
                *depth += 1;
                at += 1;
            }
            ('}', Some(0)) => {
                braces.pop();
                at += 1;
            }
            ('}', Some(depth)) => {
                *depth -= 1;
                at += 1;
            }
            _ => at += c.len_utf8(),
        }
    }
    text.len()
}

/// Fails when a module of the first paint pulls in wasm glue: then every reader pays for the chat.
pub fn refuse_wasm(files: &BTreeSet<PathBuf>) -> Result<()> {
    match files.iter().find(|file| file.components().any(|part| part.as_os_str() == "wasm")) {
        Some(file) => bail!("{} is loaded before anybody wants to chat", file.display()),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_static_import_is_followed() {
        let source = r#"
            import "./side-effect.js"; import a from './default.js'
            import * as all from "./all.js";
            import b, { c as d, type } from "./mixed.js";
            import{e}from"./minified.js";export*from"./again.js";
            export * as name from "./name.js";
            export { f, g as default } from "./names.js";
        "#;
        let names = ["side-effect", "default", "all", "mixed", "minified", "again", "name", "names"];
        assert_eq!(static_imports(source), names.map(|name| format!("./{name}.js")));
    }

    #[test]
    fn what_loads_later_or_only_looks_like_an_import_is_not_counted() {
        let source = r#"
            // import "./comment.js"
            /* import a from "./comment.js" */
            const later = () => import("./later.js");
            const url = new URL("./x.wasm", import.meta.url);
            const text = 'import "./text.js"', slash = /import "'/g, half = 4 / 2 / 1;
            const template = `import "./t.js" ${ { a: `}` }.a } import "./u.js"`;
            export { later };
            export const from = "./not.js";
            export default function f() {}
            object.import("./method.js");
        "#;
        assert_eq!(static_imports(source), Vec::<String>::new());
    }

    #[test]
    fn a_broken_file_does_not_stop_the_measuring() {
        for source in ["import", "import {", "export {", "`${", "'", "/", "import a from", "`\\"] {
            assert_eq!(static_imports(source), Vec::<String>::new(), "{source}");
        }
    }

    #[test]
    fn dependencies_are_counted_and_peers_are_not() {
        let root = std::env::temp_dir().join(format!("xtask-imports-{}", std::process::id()));
        let write = |path: &str, text: &str| project::write(&root.join(path), text).unwrap();
        write("p/package.json", r#"{"dependencies": {"@a/b": "1"}, "peerDependencies": {"react": "18"}}"#);
        write("p/index.js", r#"import "react"; import "@a/b"; import "./own.js"; import("./late.js")"#);
        write("p/own.js", "");
        write("p/late.js", "");
        write("m/@a/b/package.json", r#"{"exports": {".": {"types": "./x.d.ts", "import": "./dist/i.js"}}}"#);
        write("m/@a/b/dist/i.js", "");
        let root = root.canonicalize().unwrap();
        let found = graph(&root.join("p"), &root.join("m"), &[root.join("p/index.js")]).unwrap();
        let expected = ["m/@a/b/dist/i.js", "p/index.js", "p/own.js"].map(|path| root.join(path));
        assert_eq!(found, BTreeSet::from(expected));
        project::remove_dir(&root).unwrap();
    }

    #[test]
    fn wasm_loaded_with_the_page_is_refused() {
        assert!(refuse_wasm(&BTreeSet::from([PathBuf::from("p/wasm/container.js")])).is_err());
        assert!(refuse_wasm(&BTreeSet::from([PathBuf::from("p/dist/index.js")])).is_ok());
    }
}
