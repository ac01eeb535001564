//! A PostgreSQL server of one test, in a temporary folder, reached by a socket in it. None where no server is installed.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

pub(crate) struct Postgres {
    bin: PathBuf,
    dir: TempDir,
    /// Where its tables are.
    data: PathBuf,
    /// Where it is reached over TLS.
    port: Option<u16>,
}

/// The newest server of Debian's packages.
fn bin() -> Option<PathBuf> {
    let mut found: Vec<PathBuf> =
        fs::read_dir("/usr/lib/postgresql").ok()?.flatten().map(|entry| entry.path().join("bin")).collect();
    found.retain(|bin| bin.join("initdb").exists() && bin.join("pg_ctl").exists());
    found.sort();
    found.pop()
}

impl Postgres {
    pub(crate) fn start() -> Option<Self> {
        let dir = TempDir::new().expect("a folder");
        let data = dir.path().join("data");
        Self::start_at(dir, data)
    }

    /// With its tables in a folder of somebody else's; its own log stays apart from them.
    pub(crate) fn start_in(folder: &Path) -> Option<Self> {
        Self::start_at(TempDir::new().expect("a folder"), folder.join("data"))
    }

    fn start_at(dir: TempDir, data: PathBuf) -> Option<Self> {
        let postgres = Self { bin: bin()?, dir, data, port: None };
        fs::set_permissions(postgres.dir.path(), fs::Permissions::from_mode(0o777)).expect("a folder for everyone");
        let own_log = postgres.path("wal");
        let told = ["--auth=trust", "--username=vertrek", "--encoding=UTF8", "--no-sync", "--waldir", &own_log];
        postgres.run("initdb", &[&["-D", &postgres.data()], &told[..]].concat());
        postgres.again();
        Some(postgres)
    }

    /// Starts it, also after it was stopped.
    pub(crate) fn again(&self) {
        let options =
            format!("-c listen_addresses='' -c fsync=off -c unix_socket_directories={}", self.dir.path().display());
        self.run("pg_ctl", &["-D", &self.data(), "-w", "-l", &self.path("log"), "-o", &options, "start"]);
    }

    /// Stops it: `fast` or `immediate`.
    pub(crate) fn stop(&self, mode: &str) {
        self.run("pg_ctl", &["-D", &self.data(), "-m", mode, "-w", "stop"]);
    }

    /// A server on an address of this machine that takes nothing but TLS there.
    pub(crate) fn start_with_tls(certificate: &str, key: &str) -> Option<Self> {
        let bin = bin()?;
        let dir = TempDir::new().expect("a folder");
        fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o777)).expect("a folder for everyone");
        // Nobody else has it between this moment and the server's.
        let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = free.local_addr().expect("a port").port();
        drop(free);
        let data = dir.path().join("data");
        let postgres = Self { bin, dir, data, port: Some(port) };
        postgres.run("initdb", &["-D", &postgres.data(), "--auth=trust", "--username=vertrek", "--no-sync"]);
        let owner = fs::metadata(postgres.data()).expect("a folder");
        for (name, text) in
            [("server.crt", certificate), ("server.key", key), ("pg_hba.conf", "hostssl all all 127.0.0.1/32 trust\n")]
        {
            let path = Path::new(&postgres.data()).join(name);
            fs::write(&path, text).expect("a file");
            fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("a file of its own");
            let (user, group) = (MetadataExt::uid(&owner), MetadataExt::gid(&owner));
            std::os::unix::fs::chown(&path, Some(user), Some(group)).expect("a file of the server");
        }
        let options = format!(
            "-c listen_addresses=127.0.0.1 -c port={port} -c ssl=on -c fsync=off -c unix_socket_directories={}",
            postgres.dir.path().display()
        );
        postgres.run("pg_ctl", &["-D", &postgres.data(), "-w", "-l", &postgres.path("log"), "-o", &options, "start"]);
        Some(postgres)
    }

    /// Where it is reached over TLS.
    pub(crate) fn tls_url(&self) -> String {
        format!("postgres://vertrek@127.0.0.1:{}/postgres", self.port.expect("a server with TLS"))
    }

    pub(crate) fn url(&self) -> String {
        format!("postgres://vertrek@localhost/postgres?host={}", self.dir.path().display())
    }

    fn path(&self, name: &str) -> String {
        self.dir.path().join(name).display().to_string()
    }

    fn data(&self) -> String {
        self.data.display().to_string()
    }

    /// The server refuses to run as root; the package made a user for it.
    fn run(&self, program: &str, arguments: &[&str]) {
        let program = self.bin.join(program);
        let root = fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0);
        let mut command = if root {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(&program);
            command
        } else {
            Command::new(&program)
        };
        let status = command
            .args(arguments)
            .current_dir(Path::new("/"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        assert!(status.is_ok_and(|status| status.success()), "{} {arguments:?}", program.display());
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.stop("immediate");
    }
}
