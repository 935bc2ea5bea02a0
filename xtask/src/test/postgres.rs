//! A PostgreSQL of our own for one test run: a new cluster in a temporary folder, on a free port, that goes when
//! the tests are done.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use std::{env, thread};

use anyhow::{Context, Result, bail};

use crate::process::{self, Service, tail};
use crate::project::{self, Project};
use crate::step::{Outcome, step};
use crate::{serve, tools};

/// A running cluster; ended and removed when dropped.
pub struct Cluster {
    service: Option<Service>,
    folder: PathBuf,
    port: u16,
}

impl Cluster {
    /// Starts one; `None` where PostgreSQL is not installed.
    pub fn start(project: &Project) -> Result<Option<Self>> {
        let Some((initdb, postgres)) = binaries() else {
            println!("  PostgreSQL is not installed: the tests on it are skipped");
            return Ok(None);
        };
        let port = serve::free_port(54321, &[])?;
        let folder = env::temp_dir().join(format!("ckw-postgres-{}", std::process::id()));
        let mut cluster = Self { service: None, folder, port };
        step("PostgreSQL for the tests", || {
            cluster.begin(project, &initdb, &postgres)?;
            Ok(Outcome::Done)
        })?;
        Ok(Some(cluster))
    }

    /// Its address for SQLAlchemy.
    pub fn url(&self) -> String {
        format!("postgresql+asyncpg://ckw@127.0.0.1:{}/postgres", self.port)
    }

    fn begin(&mut self, project: &Project, initdb: &Path, postgres: &Path) -> Result<()> {
        project::remove_dir(&self.folder)?;
        fs::create_dir_all(&self.folder)
            .with_context(|| format!("cannot create {}", self.folder.display()))?;
        let owner = Owner::for_server(&self.folder)?;
        let data = self.folder.join("data");
        let mut create = owner.command(initdb, &self.folder);
        create
            .args([
                "--username=ckw",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync",
                "--pgdata",
            ])
            .arg(&data);
        process::run(project, "postgres-initdb", &mut create)?;
        let mut serve = owner.command(postgres, &self.folder);
        serve.arg("-D").arg(&data).args(["-p", &self.port.to_string()]);
        // The data is thrown away: waiting for the disk would only cost time.
        serve.args(["-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c"]);
        serve.arg(format!("unix_socket_directories={}", self.folder.display()));
        let service = Service::start(project, "postgres", &mut serve)?;
        let deadline = Instant::now() + Duration::from_secs(60);
        while !service.output().contains("database system is ready to accept connections") {
            if let Some(status) = service.ended()? {
                bail!("PostgreSQL ended with {status}:\n\n{}", tail(&service.output(), 20));
            }
            if Instant::now() > deadline {
                bail!("PostgreSQL did not start:\n\n{}", tail(&service.output(), 20));
            }
            thread::sleep(Duration::from_millis(50));
        }
        self.service = Some(service);
        Ok(())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.service.take());
        // A folder that stays behind is in the system's temporary folder.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// `initdb` and `postgres`. Debian keeps them off `PATH`, a folder a version.
fn binaries() -> Option<(PathBuf, PathBuf)> {
    let debian = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("bin"));
    let brew = fs::read_dir("/opt/homebrew/opt")
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("bin"));
    let both = |folder: PathBuf| {
        let (initdb, postgres) = (folder.join("initdb"), folder.join("postgres"));
        (initdb.is_file() && postgres.is_file()).then_some((initdb, postgres))
    };
    let on_path = tools::find(&["initdb"]).zip(tools::find(&["postgres"]));
    on_path.or_else(|| debian.chain(brew).find_map(both))
}

/// Who runs the server: PostgreSQL refuses to run as root.
struct Owner {
    #[cfg(unix)]
    not_root: Option<(u32, u32)>,
}

impl Owner {
    /// Ourselves, or where we are root the user that the package made for it, who is given the folder.
    #[cfg(unix)]
    fn for_server(folder: &Path) -> Result<Self> {
        use std::os::unix::fs::{MetadataExt, chown};
        let we_are_root = fs::metadata(folder)?.uid() == 0;
        if !we_are_root {
            return Ok(Self { not_root: None });
        }
        let users = project::read(Path::new("/etc/passwd"))?;
        let (user, group) = ["postgres", "nobody"]
            .into_iter()
            .find_map(|name| user_ids(&users, name))
            .context("PostgreSQL does not run as root, and there is no user \"postgres\" or \"nobody\"")?;
        chown(folder, Some(user), Some(group)).context("cannot give the folder to another user")?;
        Ok(Self { not_root: Some((user, group)) })
    }

    #[cfg(not(unix))]
    fn for_server(_: &Path) -> Result<Self> {
        Ok(Self {})
    }

    fn command(&self, program: &Path, folder: &Path) -> Command {
        let mut command = Command::new(program);
        // Not ours: another user may not enter the folder we are in.
        command.current_dir(folder);
        #[cfg(unix)]
        if let Some((user, group)) = self.not_root {
            use std::os::unix::process::CommandExt;
            command.uid(user).gid(group);
        }
        command
    }
}

/// The ids of a user in the format of `/etc/passwd`: `name:x:user:group:…`.
#[cfg(unix)]
fn user_ids(users: &str, name: &str) -> Option<(u32, u32)> {
    let mut parts =
        users.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?.split(':').skip(1);
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn the_user_for_the_server_is_found_by_its_whole_name() {
        let users = "root:x:0:0:root:/root:/bin/sh\npostgres2:x:1:1::/:\npostgres:x:105:113:PostgreSQL:/var:/bin/sh\n";
        assert_eq!(user_ids(users, "postgres"), Some((105, 113)));
        assert_eq!(user_ids(users, "nobody"), None);
    }
}
