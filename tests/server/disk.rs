//! A full disk: what cannot be kept is refused as such, with 507 or 503, nothing that was acknowledged is lost, and when there
//! is room again the work goes on. On a small disk of its own where the tests may mount one, and everywhere with a limit on
//! how large files may grow.

use super::house::folder;
use super::ledger::{Ledger, write};
use super::postgres::Postgres;
use super::program::{Place, Process, Writer};
use serde_json::json;
use std::fs::{self, File};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A disk in memory, taken off again when it is let go.
struct SmallDisk {
    dir: TempDir,
}

impl SmallDisk {
    /// None where this process may not mount anything.
    fn mount(megabytes: u32) -> Option<Self> {
        let dir = TempDir::new().expect("a folder");
        let size = format!("size={megabytes}m,mode=777");
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(dir.path()).stdout(Stdio::null()).stderr(Stdio::null());
        mount.status().is_ok_and(|status| status.success()).then_some(Self { dir })
    }

    fn place(&self, name: &str) -> PathBuf {
        let place = self.dir.path().join(name);
        fs::create_dir(&place).expect("a folder");
        fs::set_permissions(&place, fs::Permissions::from_mode(0o777)).expect("a folder for everyone");
        place
    }

    /// Takes all the room that is left.
    fn fill(&self) {
        let mut ballast = File::create(self.dir.path().join("ballast")).expect("a file");
        for size in [1 << 20, 1 << 12, 1] {
            let block = vec![1_u8; size];
            while ballast.write_all(&block).is_ok() {}
        }
    }

    fn empty(&self) {
        fs::remove_file(self.dir.path().join("ballast")).expect("the file that filled it");
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.dir.path()).status();
    }
}

/// Writes for a while.
fn written(ledger: &Mutex<Ledger>, writer: &Writer, server: &Process, seed: u64, how_long: Duration) {
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| write(ledger, writer, server.address, seed, &stop));
        std::thread::sleep(how_long);
        stop.store(true, std::sync::atomic::Ordering::SeqCst);
    });
}

/// A week is taken in again once there is room.
fn goes_on(ledger: &Mutex<Ledger>, writer: &Writer, server: &Process) {
    let until = Instant::now() + Duration::from_secs(30);
    let files = json!({ "files": folder(), "why": "room again" });
    loop {
        let answer = writer.post(server.address, "/weeks", &files).expect("an answer");
        if answer.status == 201 {
            ledger.lock().unwrap().weeks.push(answer.json()["id"].as_str().unwrap().to_owned());
            return;
        }
        assert!(Instant::now() < until, "still {}: {}", answer.status, answer.text());
        std::thread::sleep(Duration::from_millis(200));
    }
}

fn fills_up(disk: &SmallDisk, place: &Place) {
    let mut server = place.serve("1");
    let writer = Writer::first(&mut server);
    let ledger = Mutex::new(Ledger::default());
    written(&ledger, &writer, &server, 1, Duration::from_millis(1500));
    disk.fill();
    // Files that have room inside themselves take a little more.
    let until = Instant::now() + Duration::from_secs(20);
    let mut seed = 2;
    while !ledger.lock().unwrap().refused.contains(&507) {
        assert!(Instant::now() < until, "{}: never refused for want of room", place.kind());
        written(&ledger, &writer, &server, seed, Duration::from_millis(300));
        seed += 1;
    }
    let case = format!("/weeks/{}/cases/C1", ledger.lock().unwrap().weeks[0]);
    let shown = writer.get(server.address, &case).expect("an answer");
    assert!(
        [200, 503, 507].contains(&shown.status) && (shown.status == 200) == shown.text().contains("\"closed-gates\""),
        "a case is shown only when it can be written down who saw it: {} {}",
        shown.status,
        shown.text()
    );
    disk.empty();
    goes_on(&ledger, &writer, &server);
    let ledger = ledger.into_inner().unwrap();
    let runs = writer.settled(server.address, &ledger.weeks);
    ledger.ended(&runs, place.kind());
    ledger.check(&writer, server.address, place.kind());
    println!(
        "{}: {} acknowledged, {} refused ({} for want of room), {} runs ended",
        place.kind(),
        ledger.acknowledged(),
        ledger.refused.len(),
        ledger.refused.iter().filter(|status| **status == 507).count(),
        runs.len()
    );
}

#[test]
fn a_full_disk_refuses_and_loses_nothing() {
    let Some(disk) = SmallDisk::mount(24) else {
        println!("no disk can be mounted here: only the limit on files is tested");
        return;
    };
    fills_up(&disk, &Place::Folder(disk.place("store")));
    drop(disk);
    // The tables fill up; the database's own log has room elsewhere, as one would set it up.
    let disk = SmallDisk::mount(90).expect("a second disk");
    if let Some(postgres) = Postgres::start_in(&disk.place("tables")) {
        fills_up(&disk, &Place::Postgres(postgres));
    }
}

#[test]
fn files_that_may_not_grow_refuse_and_lose_nothing() {
    let dir = TempDir::new().expect("a folder");
    let place = Place::Folder(dir.path().to_path_buf());
    let mut server = place.serve("0");
    let writer = Writer::first(&mut server);
    let ledger = Mutex::new(Ledger::default());
    written(&ledger, &writer, &server, 1, Duration::from_millis(300));
    server.kill();
    // Blocks of 512 bytes: little more than the store, with what is not yet in its place, has by now.
    let size = |name: &str| fs::metadata(dir.path().join(name)).map_or(0, |file| file.len());
    let limit = (size("vertrek.sqlite") + size("vertrek.sqlite-wal")) / 512 + 400;
    let program = place.command("serve", &["--listen", "127.0.0.1:0", "--workers", "0"]);
    let mut limited = Command::new("sh");
    limited.arg("-c").arg(format!("trap '' XFSZ; ulimit -f {limit}; exec \"$0\" \"$@\""));
    limited.arg(program.get_program()).args(program.get_args());
    let mut server = Process::service(limited);
    for seed in 2..40 {
        if !ledger.lock().unwrap().refused.is_empty() {
            break;
        }
        written(&ledger, &writer, &server, seed, Duration::from_millis(300));
    }
    let refused = ledger.lock().unwrap().refused.len();
    assert!(refused > 0, "the limit of {limit} blocks was never reached");
    server.kill();
    let server = place.serve("1");
    goes_on(&ledger, &writer, &server);
    let ledger = ledger.into_inner().unwrap();
    let runs = writer.settled(server.address, &ledger.weeks);
    ledger.ended(&runs, "a limit");
    ledger.check(&writer, server.address, "a limit");
}
