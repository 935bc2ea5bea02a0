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

/// What everybody downloads who installs the package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Tarball {
    bytes: u64,
    ceiling: u64,
}

/// The package on the scales.
struct Weighed {
    tarball: Tarball,
    /// Its folder.
    package: PathBuf,
    /// The files it ships.
    shipped: Vec<PathBuf>,
    /// Each ceiling with the files that count.
    ceilings: Vec<(Ceiling, Vec<PathBuf>)>,
    sizes: BTreeMap<PathBuf, Size>,
}

impl Weighed {
    fn size(&self, file: &Path) -> Size {
        self.sizes.get(file).copied().unwrap_or_default()
    }

    fn brotli(&self, files: &[PathBuf]) -> u64 {
        files.iter().map(|file| self.size(file).brotli).sum()
    }
}

/// Packs, prints the sizes, and fails where a ceiling is exceeded.
pub fn size(project: &Project) -> Result<()> {
    pack::pack(project)?;
    let weighed = weigh(project)?;
    println!("\n{:<44} {:>10} {:>10} {:>10}", "file", "raw", "gzip", "brotli");
    for file in &weighed.shipped {
        let size = weighed.size(file);
        let name = file.strip_prefix(&weighed.package)?.to_string_lossy();
        println!("{name:<44} {:>10} {:>10} {:>10}", kb(size.raw), kb(size.gzip), kb(size.brotli));
    }
    println!("\n{:<44} {:>10} {:>10}", "what", "brotli", "ceiling");
    for (ceiling, files) in &weighed.ceilings {
        let brotli = weighed.brotli(files);
        let verdict = if brotli > ceiling.brotli { "TOO BIG" } else { "" };
        println!("{:<44} {:>10} {:>10} {verdict}", ceiling.what, kb(brotli), kb(ceiling.brotli));
        if !ceiling.entries.is_empty() {
            for file in files {
                let inside =
                    file.strip_prefix(&weighed.package).or_else(|_| file.strip_prefix(&project.root));
                println!("  {:<42} {:>10}", inside.unwrap_or(file).display(), kb(weighed.size(file).brotli));
            }
        }
    }
    let Tarball { bytes, ceiling } = weighed.tarball;
    println!("{:<44} {:>10} {:>10}", "the tarball (as it is)", kb(bytes), kb(ceiling));
    println!();
    let exceeded: Vec<String> = verdicts(&weighed).into_iter().filter_map(Result::err).collect();
    if exceeded.is_empty() { Ok(()) } else { bail!("{}", exceeded.join("\n")) }
}

/// One verdict a ceiling, of the package as it was packed last: kept, or a sentence that says by how much not.
pub fn ceilings_kept(project: &Project) -> Result<Vec<Result<(), String>>> {
    weigh(project).map(|weighed| verdicts(&weighed))
}

fn verdicts(weighed: &Weighed) -> Vec<Result<(), String>> {
    let files = weighed
        .ceilings
        .iter()
        .map(|(ceiling, files)| verdict(&ceiling.what, weighed.brotli(files), ceiling.brotli));
    let Tarball { bytes, ceiling } = weighed.tarball;
    files.chain([verdict("the tarball", bytes, ceiling)]).collect()
}

fn verdict(what: &str, bytes: u64, ceiling: u64) -> Result<(), String> {
    match bytes.checked_sub(ceiling) {
        None | Some(0) => Ok(()),
        Some(over) => Err(format!("{what} is {}, which is {} over its ceiling", kb(bytes), kb(over))),
    }
}

fn weigh(project: &Project) -> Result<Weighed> {
    let package = pack::folder(project).canonicalize().context("the package was not built")?;
    let shipped = project::files(&package, &[])?;
    let config = project::read_toml(&project.path("tests/size.toml"))?;
    let packed = std::fs::metadata(pack::tarball(project)).context("there is no tarball")?;
    let tarball = Tarball { bytes: packed.len(), ceiling: tarball_ceiling(&config)? };
    let ceilings = ceilings(&config)?
        .into_iter()
        .map(|ceiling| members(project, &package, &ceiling).map(|files| (ceiling, files)))
        .collect::<Result<Vec<_>>>()?;
    let mut all: Vec<PathBuf> =
        shipped.iter().chain(ceilings.iter().flat_map(|(_, files)| files)).cloned().collect();
    all.sort();
    all.dedup();
    let sizes = measure(project, &all)?;
    Ok(Weighed { tarball, package, shipped, ceilings, sizes })
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

fn tarball_ceiling(config: &toml::Table) -> Result<u64> {
    let bytes = config.get("tarball").and_then(|tarball| tarball.get("bytes")?.as_integer());
    bytes
        .and_then(|bytes| u64::try_from(bytes).ok())
        .context("tests/size.toml: [tarball] needs `bytes`, a number")
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
        assert!(tarball_ceiling(&"[tarball]\nbytes = -1".parse().unwrap()).is_err());
        assert_eq!(tarball_ceiling(&"[tarball]\nbytes = 5".parse().unwrap()).unwrap(), 5);
        assert!(parse("[[ceiling]]\nwhat = \"x\"\nbrotli = 5").is_err());
        assert!(parse("[[ceiling]]\nwhat = \"x\"\nbrotli = -5\nfiles = [\"a\"]").is_err());
        let good = parse("[[ceiling]]\nwhat = \"x\"\nbrotli = 5\nfiles = [\"a\"]").unwrap();
        let expected =
            Ceiling { what: "x".to_owned(), brotli: 5, files: vec!["a".to_owned()], entries: Vec::new() };
        assert_eq!(good, [expected]);
    }

    #[test]
    fn a_package_that_grew_over_a_ceiling_is_refused_with_the_difference() {
        let weighed = |limit| Weighed {
            tarball: Tarball { bytes: 7000, ceiling: 6000 },
            package: PathBuf::new(),
            shipped: Vec::new(),
            ceilings: vec![(
                Ceiling { what: "it".to_owned(), brotli: limit, files: Vec::new(), entries: Vec::new() },
                vec![PathBuf::from("a"), PathBuf::from("b")],
            )],
            sizes: ["a", "b"]
                .map(|name| (PathBuf::from(name), Size { raw: 9, gzip: 9, brotli: 1000 }))
                .into(),
        };
        let tarball = Err("the tarball is 7.00 kB, which is 1.00 kB over its ceiling".to_owned());
        assert_eq!(verdicts(&weighed(2000)), [Ok(()), tarball.clone()]);
        let over = Err("it is 2.00 kB, which is 1.00 kB over its ceiling".to_owned());
        assert_eq!(verdicts(&weighed(1000)), [over, tarball]);
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
