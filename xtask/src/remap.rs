//! Names for the folders of this machine. Panic messages carry the paths of the sources they come from; those are
//! nobody's business, and would make every machine's module another one.

use std::env;
use std::path::{Path, PathBuf};

use crate::project::Project;
use crate::wasm::ask_rustc;

/// The compiler's flags: the user's own, and those that put a name in place of each folder.
pub fn rust_flags(project: &Project) -> Vec<String> {
    let own = env::var("RUSTFLAGS").unwrap_or_default();
    let mut flags: Vec<String> = own.split_whitespace().map(str::to_owned).collect();
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cargo")));
    // Each registry has a folder named after a hash of its address, which a mirror changes.
    let registries = home.and_then(|home| std::fs::read_dir(home.join("registry/src")).ok());
    for registry in registries.into_iter().flatten().flatten() {
        flags.push(named(&registry.path(), "crates"));
    }
    flags.push(named(&project.root, "."));
    // Where the standard library's sources are installed its paths lead there; elsewhere they are this.
    if let (Some(root), Some(version)) = (ask_rustc(&["--print", "sysroot"]), ask_rustc(&["-vV"]))
        && let Some(commit) = commit(&version)
    {
        flags.push(named(&Path::new(&root).join("lib/rustlib/src/rust"), &format!("/rustc/{commit}")));
    }
    flags
}

fn named(folder: &Path, name: &str) -> String {
    format!("--remap-path-prefix={}={name}", folder.display())
}

/// The commit a compiler was built from, out of what `rustc -vV` prints.
fn commit(version: &str) -> Option<&str> {
    version.lines().find_map(|line| line.strip_prefix("commit-hash: ")).map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_compilers_commit_is_read() {
        assert_eq!(commit("rustc 1.95.0\ncommit-hash: abc\nhost: x"), Some("abc"));
        assert_eq!(commit("rustc 1.95.0"), None);
    }

    #[test]
    fn no_path_of_this_machine_is_left_in_what_is_shipped() {
        let project = Project { root: PathBuf::from("/home/somebody/chatkit-widget") };
        let flags = rust_flags(&project);
        assert!(
            flags.contains(&"--remap-path-prefix=/home/somebody/chatkit-widget=.".to_owned()),
            "{flags:?}"
        );
        assert!(flags.iter().any(|flag| flag.ends_with("=crates")), "{flags:?}");
    }
}
