//! Writing the output folder so that there is always a whole one: everything goes into a hidden sibling folder first,
//! reaches the disk, and then takes the place of the old folder in one step of the file system.

use super::Failure;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use vertrek::lang::Lang;

/// Where a plan goes; checked before planning starts, written when it is done.
#[derive(Debug)]
pub(super) struct OutputFolder {
    parent: PathBuf,
    name: String,
}

/// What the top of an output folder holds, up to the first dot. Anything else was put there by somebody, who would miss it.
const PLAN: Kind = Kind {
    mark: "plan.json",
    products: &["plan", "changes", "summary", "samenvatting", "rosters", "runsheets", "notices", "gates", "risk_use"],
};

/// What an output folder of a command holds.
#[derive(Debug)]
pub(super) struct Kind {
    /// The file that every output of its kind has.
    pub(super) mark: &'static str,
    /// Everything that may be in it, up to the first dot.
    pub(super) products: &'static [&'static str],
}

impl OutputFolder {
    /// The folder, unless something stands there that is not a plan of an earlier run, or nothing can be written there. Leaves
    /// nothing behind but the folders above it.
    pub(super) fn claim(dir: &Path, lang: Lang) -> Result<Self, Failure> {
        Self::claim_for(dir, lang, &PLAN)
    }

    /// The same for an output of another kind.
    pub(super) fn claim_for(dir: &Path, lang: Lang, kind: &Kind) -> Result<Self, Failure> {
        let whole = fs::canonicalize(dir).or_else(|_| std::path::absolute(dir));
        let whole = whole.map_err(|error| Failure::of_path(lang, "find", "vinden", dir, &error))?;
        let (Some(parent), Some(name)) = (whole.parent(), whole.file_name().and_then(|name| name.to_str())) else {
            return Err(refused(
                dir,
                lang,
                "name a folder, for example out/2027-W03",
                "noem een map, bijvoorbeeld out/2027-W03",
            ));
        };
        let folder = Self { parent: parent.to_path_buf(), name: name.to_owned() };
        match fs::read_dir(&whole) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) if error.kind() == io::ErrorKind::NotADirectory && whole.exists() => {
                return Err(refused(dir, lang, "it is a file; name a folder", "het is een bestand; noem een map"));
            }
            Err(error) => return Err(Failure::of_path(lang, "read", "lezen", dir, &error)),
            Ok(entries) => {
                let names: Vec<String> = entries
                    .flatten()
                    .map(|entry| entry.file_name().to_string_lossy().into_owned())
                    .filter(|name| !name.starts_with(['.', '~']))
                    .collect();
                only_its_kind(&names, kind).map_err(|(english, dutch)| refused(dir, lang, &english, &dutch))?;
            }
        }
        folder.probe().map_err(|error| Failure::of_path(lang, "write to", "schrijven naar", dir, &error))?;
        Ok(folder)
    }

    /// Finds out now, not after minutes of planning, whether a folder can be made there.
    fn probe(&self) -> io::Result<()> {
        let new = self.new_folder();
        fs::create_dir_all(&self.parent)?;
        self.remove_leftovers();
        fs::create_dir(&new)?;
        // Another run may have taken it for a leftover.
        let _ = fs::remove_dir(&new);
        Ok(())
    }

    /// Puts a folder with exactly these files (path inside the folder, content) in place. Killed at any moment, it leaves the
    /// old folder or the new one, whole.
    pub(super) fn write(&self, files: &[(String, Vec<u8>)], lang: Lang) -> Result<(), Failure> {
        let target = self.parent.join(&self.name);
        let new = self.new_folder();
        let cannot = |error| Failure::of_path(lang, "write", "schrijven", &target, &error);
        fs::create_dir_all(&self.parent).map_err(cannot)?;
        self.remove_leftovers();
        fs::create_dir(&new).map_err(cannot)?;
        let written = fill(&new, files).and_then(|_lock| {
            take_place(&new, &target)?;
            sync(&self.parent)
        });
        // After an exchange the old folder is here; after a failure, the half-made new one.
        let _ = fs::remove_dir_all(&new);
        written.map_err(cannot)
    }

    fn new_folder(&self) -> PathBuf {
        self.parent.join(format!("{}{}", self.prefix(), std::process::id()))
    }

    fn prefix(&self) -> String {
        format!(".{}.vertrek-", self.name)
    }

    /// Clears up what killed runs left: an old folder that stepped aside comes back when nothing took its place, all else
    /// goes. A run under way holds a lock on its folder, which ends with the run; those stay.
    fn remove_leftovers(&self) {
        let (prefix, target) = (self.prefix(), self.parent.join(&self.name));
        let Ok(entries) = fs::read_dir(&self.parent) else { return };
        for entry in entries.flatten() {
            let name = entry.file_name();
            let Some(run) = name.to_str().and_then(|name| name.strip_prefix(&prefix)) else { continue };
            let (id, aside) = run.strip_suffix(ASIDE).map_or((run, false), |id| (id, true));
            let leftover = !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit());
            if !leftover || !File::open(entry.path()).is_ok_and(|folder| folder.try_lock().is_ok()) {
                continue;
            }
            if !aside || target.exists() || fs::rename(entry.path(), &target).is_err() {
                let _ = fs::remove_dir_all(entry.path());
            }
        }
    }
}

/// How the name of an old folder ends that stepped aside.
const ASIDE: &str = ".old";

/// Whether a folder with these names in it is empty or an output of an earlier run; else why not, in English and Dutch.
fn only_its_kind(names: &[String], kind: &Kind) -> Result<(), (String, String)> {
    let stem = |name: &str| name.split('.').next().unwrap_or_default().to_owned();
    if let Some(strange) = names.iter().find(|name| !kind.products.contains(&stem(name).as_str())) {
        let (english, dutch) =
            if kind.mark == PLAN.mark { ("a plan", "een plan") } else { ("such an output", "zulke uitvoer") };
        return Err((
            format!("it holds {strange}, which is no part of {english} and would be lost; name another folder"),
            format!("{strange} staat erin, dat hoort niet bij {dutch} en zou verloren gaan; noem een andere map"),
        ));
    }
    if names.is_empty() || names.iter().any(|name| name == kind.mark) {
        return Ok(());
    }
    Err((
        format!("it holds files but no {}; name another folder", kind.mark),
        format!("er staan bestanden in maar geen {}; noem een andere map", kind.mark),
    ))
}

fn refused(dir: &Path, lang: Lang, english: &str, dutch: &str) -> Failure {
    Failure::Told(lang.pick(
        format!("error: cannot write to {}: {english}", dir.display()),
        format!("fout: kan niet schrijven naar {}: {dutch}", dir.display()),
    ))
}

/// Writes the files into an empty folder, all the way to the disk. The lock lasts as long as the handle that is given back.
fn fill(folder: &Path, files: &[(String, Vec<u8>)]) -> io::Result<File> {
    let lock = File::open(folder)?;
    lock.lock()?;
    for (name, bytes) in files {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let mut file = File::create_new(&path)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        for ancestor in path.ancestors().skip(1).take_while(|a| a.starts_with(folder)) {
            sync(ancestor)?;
        }
    }
    Ok(lock)
}

fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Gives `new` the name `target`; what stood there gets the name `new`.
fn take_place(new: &Path, target: &Path) -> io::Result<()> {
    // POSIX rename replaces nothing, and an empty folder, in one step.
    match fs::rename(new, target) {
        Err(e) if e.kind() == io::ErrorKind::DirectoryNotEmpty || e.kind() == io::ErrorKind::AlreadyExists => {
            exchange(new, target)
        }
        done => done,
    }
}

#[cfg(target_os = "linux")]
fn exchange(new: &Path, target: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, new, CWD, target, RenameFlags::EXCHANGE) {
        // Network drives do not know how to.
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => step_aside(new, target),
        done => Ok(done?),
    }
}

#[cfg(not(target_os = "linux"))]
fn exchange(new: &Path, target: &Path) -> io::Result<()> {
    step_aside(new, target)
}

/// Without an exchange the old folder steps aside for a moment, and comes back if the new one cannot take its place. A run
/// killed in that moment leaves both, whole, beside each other.
fn step_aside(new: &Path, target: &Path) -> io::Result<()> {
    let mut aside = new.as_os_str().to_owned();
    aside.push(ASIDE);
    let aside = PathBuf::from(aside);
    fs::rename(target, &aside)?;
    fs::rename(new, target).inspect_err(|_| drop(fs::rename(&aside, target)))?;
    fs::remove_dir_all(&aside)
}
