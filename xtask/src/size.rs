//! What the package costs a page: each shipped file, raw and compressed, and the ceilings of `tests/size.toml`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::project::{self, Project};
use crate::{imports, npm, pack};

/// Bytes of one file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Size {
    raw: u64,
    gzip: u64,
    brotli: u64,
}

/// A promise about the package: these files together are at most `brotli` bytes.
#[derive(Debug, PartialEq, Eq)]
struct Ceiling {
    what: String,
    /// Bytes.
    brotli: u64,
    /// Files of the package.
    files: Vec<String>,
    /// Modules of the package that count with everything they import statically.
    entries: Vec<String>,
}

/// Packs, prints the sizes, and fails where a ceiling is exceeded.
pub fn size(project: &Project) -> Result<()> {
    pack::pack(project)?;
    let package = pack::folder(project).canonicalize().context("the package was not built")?;
    let ceilings = ceilings(&project::read_toml(&project.path("tests/size.toml"))?)?;

    let shipped = project::files(&package, &[])?;
    let groups =
        ceilings.iter().map(|ceiling| members(project, &package, ceiling)).collect::<Result<Vec<_>>>()?;
    let mut all: Vec<PathBuf> = shipped.iter().chain(groups.iter().flatten()).cloned().collect();
    all.sort();
    all.dedup();
    let sizes = measure(project, &all)?;

    println!("\n{:<44} {:>10} {:>10} {:>10}", "file", "raw", "gzip", "brotli");
    for file in &shipped {
        let size = sizes.get(file).copied().unwrap_or_default();
        let name = file.strip_prefix(&package)?.to_string_lossy();
        println!("{name:<44} {:>10} {:>10} {:>10}", kb(size.raw), kb(size.gzip), kb(size.brotli));
    }
    println!("\n{:<44} {:>10} {:>10}", "what", "brotli", "ceiling");
    let mut exceeded = Vec::new();
    for (ceiling, group) in ceilings.iter().zip(&groups) {
        let brotli: u64 = group.iter().filter_map(|file| sizes.get(file)).map(|size| size.brotli).sum();
        let verdict = if brotli > ceiling.brotli { "TOO BIG" } else { "" };
        println!("{:<44} {:>10} {:>10} {verdict}", ceiling.what, kb(brotli), kb(ceiling.brotli));
        if brotli > ceiling.brotli {
            exceeded.push(format!("{} is {} over its ceiling", ceiling.what, kb(brotli - ceiling.brotli)));
        }
        if !ceiling.entries.is_empty() {
            for file in group {
                let name =
                    file.strip_prefix(&package).or_else(|_| file.strip_prefix(&project.root)).unwrap_or(file);
                println!(
                    "  {:<42} {:>10}",
                    name.display(),
                    kb(sizes.get(file).copied().unwrap_or_default().brotli)
                );
            }
        }
    }
    println!();
    if exceeded.is_empty() { Ok(()) } else { bail!("{}", exceeded.join("\n")) }
}

/// The files a ceiling is about.
fn members(project: &Project, package: &Path, ceiling: &Ceiling) -> Result<Vec<PathBuf>> {
    let paths = |names: &[String]| names.iter().map(|name| package.join(name)).collect::<Vec<_>>();
    let modules = project.path("pkg-template/node_modules");
    let graph = imports::graph(package, &modules, &paths(&ceiling.entries))?;
    imports::refuse_wasm(&graph)?;
    let mut members = paths(&ceiling.files);
    members.extend(graph);
    match members.iter().find(|file| !file.is_file()) {
        Some(file) => bail!("tests/size.toml: {} is not in the package", file.display()),
        None => Ok(members),
    }
}

/// Compressed sizes come from Node's zlib: the same brotli that web servers use, and no compressor to compile.
fn measure(project: &Project, files: &[PathBuf]) -> Result<BTreeMap<PathBuf, Size>> {
    let output = npm::node(&project.root)?.arg("xtask/tools/compress.mjs").args(files).output()?;
    if !output.status.success() {
        bail!("cannot measure: {}", String::from_utf8_lossy(&output.stderr));
    }
    String::from_utf8_lossy(&output.stdout).lines().map(measured).collect()
}

fn measured(line: &str) -> Result<(PathBuf, Size)> {
    let value: serde_json::Value = serde_json::from_str(line)?;
    let number =
        |name: &str| value.get(name).and_then(|n| n.as_u64()).with_context(|| format!("no {name}: {line}"));
    let path = value.get("path").and_then(|path| path.as_str()).context("no path")?;
    Ok((PathBuf::from(path), Size { raw: number("raw")?, gzip: number("gzip")?, brotli: number("brotli")? }))
}

fn ceilings(config: &toml::Table) -> Result<Vec<Ceiling>> {
    let tables = config.get("ceiling").and_then(|list| list.as_array());
    tables.context("tests/size.toml: there is no [[ceiling]]")?.iter().map(ceiling).collect()
}

fn ceiling(table: &toml::Value) -> Result<Ceiling> {
    let what = table
        .get("what")
        .and_then(|what| what.as_str())
        .context("tests/size.toml: a ceiling without `what`")?;
    let brotli =
        table.get("brotli").and_then(|bytes| bytes.as_integer()).and_then(|bytes| u64::try_from(bytes).ok());
    let names = |key: &str| -> Vec<String> {
        let list = table.get(key).and_then(|list| list.as_array());
        list.into_iter().flatten().filter_map(|name| name.as_str().map(str::to_owned)).collect()
    };
    let ceiling = Ceiling {
        what: what.to_owned(),
        brotli: brotli
            .with_context(|| format!("tests/size.toml: \"{what}\" needs `brotli`, a number of bytes"))?,
        files: names("files"),
        entries: names("entries"),
    };
    if ceiling.files.is_empty() && ceiling.entries.is_empty() {
        bail!("tests/size.toml: \"{what}\" names neither `files` nor `entries`");
    }
    Ok(ceiling)
}

/// Bytes as kB of 1000 bytes, as browsers show them.
fn kb(bytes: u64) -> String {
    format!("{}.{:02} kB", bytes / 1000, bytes % 1000 / 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ceiling_that_measures_nothing_is_an_error_and_not_a_pass() {
        let parse = |text: &str| ceilings(&text.parse().unwrap());
        assert!(parse("").is_err());
        assert!(parse("[[ceiling]]\nwhat = \"x\"\nbrotli = 5").is_err());
        assert!(parse("[[ceiling]]\nwhat = \"x\"\nbrotli = -5\nfiles = [\"a\"]").is_err());
        let good = parse("[[ceiling]]\nwhat = \"x\"\nbrotli = 5\nfiles = [\"a\"]").unwrap();
        let expected =
            Ceiling { what: "x".to_owned(), brotli: 5, files: vec!["a".to_owned()], entries: Vec::new() };
        assert_eq!(good, [expected]);
    }

    #[test]
    fn sizes_are_read_to_the_hundredth() {
        assert_eq!(kb(0), "0.00 kB");
        assert_eq!(kb(95_000), "95.00 kB");
        assert_eq!(kb(1_059), "1.05 kB");
    }

    #[test]
    fn a_line_of_the_compressor_is_read() {
        let (path, size) = measured(r#"{"path":"a.js","raw":3,"gzip":2,"brotli":1}"#).unwrap();
        assert_eq!((path, size), (PathBuf::from("a.js"), Size { raw: 3, gzip: 2, brotli: 1 }));
        assert!(measured("{}").is_err());
    }
}
