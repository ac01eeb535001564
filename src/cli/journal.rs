//! `vertrek approve`: write an approval of a plan into the journal, with a copy of the plan. `vertrek journal`: verify the journal,
//! list it, show a plan of it as it was.
//!
//! The journal is a file `journal.jsonl`, by default beside the folder of the plan; copies stand in a folder beside it, `journal/HASH`.

use super::plan::made_at;
use super::{Failure, Format, PrintArgs, json, say};
use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use vertrek::journal::{Approval, Entry, chained, digest, parent, read};
use vertrek::lang::Lang;
use vertrek::plan::Plan;
use vertrek::plan::changes::Changes;
use vertrek::plan::check::read_plan;

/// What is kept of an output folder beside the plan.
const KEPT: [&str; 4] = ["plan.json", "changes.json", "summary.txt", "samenvatting.txt"];

#[derive(Debug, clap::Args)]
pub(super) struct Approve {
    /// The plan.json to approve; changes.json of a repair is read beside it.
    plan: PathBuf,
    /// Who approves it (a pseudonym).
    #[arg(long, value_name = "NAME")]
    by: String,
    /// The journal (default: journal.jsonl beside the folder of the plan).
    #[arg(long, value_name = "FILE")]
    journal: Option<PathBuf>,
    #[command(flatten)]
    print: PrintArgs,
}

impl Approve {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        let lang = self.print.lang();
        let cannot = |error: io::Error| Failure::of_path(lang, "read", "lezen", &self.plan, &error);
        let bytes = fs::read(&self.plan).map_err(cannot)?;
        let told = |en: String, nl: String| Failure::Told(lang.pick(format!("error: {en}"), format!("fout: {nl}")));
        let plan = read_plan(&String::from_utf8_lossy(&bytes)).map_err(|violation| {
            let (path, what) = (self.plan.display(), violation.in_lang(lang));
            told(format!("{path} is no plan: {what}"), format!("{path} is geen plan: {what}"))
        })?;
        if self.by.trim().is_empty() {
            return Err(told("--by is empty".to_owned(), "--by is leeg".to_owned()));
        }
        let folder = fs::canonicalize(&self.plan).map_err(cannot)?.parent().map(Path::to_path_buf).unwrap_or_default();
        let changes = changes_of(&folder, &plan, lang)?;
        let path = self.journal.unwrap_or_else(|| folder.parent().unwrap_or(&folder).join("journal.jsonl"));
        let failed = |error: io::Error| Failure::of_path(lang, "write", "schrijven", &path, &error);

        let mut file = OpenOptions::new().read(true).append(true).create(true).open(&path).map_err(failed)?;
        file.lock().map_err(failed)?;
        let entries = entries_of(&mut file, &path, lang)?;
        let parent = parent(&entries, changes.as_ref()).map_err(|_| {
            told(
                "the plan that it repairs is not in the journal; approve that one first".to_owned(),
                "het plan dat het herstelt staat niet in het journaal; keur dat eerst goed".to_owned(),
            )
        })?;
        let plan_hash = digest(&bytes);
        let copies = keep(&folder, &copies(&path, &plan_hash)).map_err(failed)?;
        let approval = Approval {
            week: plan.week.clone(),
            plan: plan_hash,
            copies,
            input_digest: plan.input_digest.clone(),
            made_at: plan.made_at,
            parent,
            events: changes.map(|changes| changes.events).unwrap_or_default(),
            approved_by: self.by.trim().to_owned(),
            approved_at: made_at(),
        };
        let entry = chained(entries.last(), approval);
        let line = serde_json::to_string(&entry).map_err(|error| failed(error.into()))?;
        file.write_all(format!("{line}\n").as_bytes()).and_then(|()| file.sync_all()).map_err(failed)?;
        match self.print.format {
            Format::Json => say(&json(&entry)),
            Format::Text => {
                say(&line_of(&entry, lang));
                let path = path.display();
                say(&lang.pick(format!("Written to {path}"), format!("Geschreven naar {path}")));
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

#[derive(Debug, clap::Args)]
pub(super) struct Journal {
    /// The journal.
    journal: PathBuf,
    /// Show this plan as it was: the beginning of its hash.
    #[arg(long, value_name = "HASH")]
    show: Option<String>,
    #[command(flatten)]
    print: PrintArgs,
}

impl Journal {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        let lang = self.print.lang();
        let cannot = |error: io::Error| Failure::of_path(lang, "read", "lezen", &self.journal, &error);
        let mut file = File::open(&self.journal).map_err(cannot)?;
        let entries = entries_of(&mut file, &self.journal, lang)?;
        for entry in &entries {
            for (name, hash) in entry.body.kept() {
                let copy = copies(&self.journal, &entry.body.plan).join(name);
                let bytes = fs::read(&copy).map_err(|error| Failure::of_path(lang, "read", "lezen", &copy, &error))?;
                if digest(&bytes) != hash {
                    let copy = copy.display();
                    return Err(Failure::Told(lang.pick(
                        format!("error: {copy} is not what was approved"),
                        format!("fout: {copy} is niet wat is goedgekeurd"),
                    )));
                }
            }
        }
        match &self.show {
            Some(hash) => self.shown(&entries, hash, lang)?,
            None => match self.print.format {
                Format::Json => say(&json(&entries)),
                Format::Text => {
                    entries.iter().for_each(|entry| say(&line_of(entry, lang)));
                    let count = entries.len();
                    say(&lang.pick(
                        format!("{count} approvals; the chain and every copy are as they were written."),
                        format!("{count} goedkeuringen; de keten en elke kopie zijn zoals ze zijn geschreven."),
                    ));
                }
            },
        }
        Ok(ExitCode::SUCCESS)
    }

    /// The summary of a plan as it was, or the plan itself for programs.
    fn shown(&self, entries: &[Entry<Approval>], hash: &str, lang: Lang) -> Result<(), Failure> {
        let mut found = entries.iter().filter(|entry| entry.body.plan.starts_with(hash)).map(|entry| &entry.body.plan);
        let (Some(plan), false) = (found.next(), hash.is_empty()) else {
            return Err(Failure::Told(lang.pick(
                format!("error: --show {hash}: no plan of the journal has this hash"),
                format!("fout: --show {hash}: geen plan van het journaal heeft deze hash"),
            )));
        };
        let folder = copies(&self.journal, plan);
        let summary = folder.join(lang.pick("summary.txt", "samenvatting.txt"));
        let path =
            if self.print.format == Format::Text && summary.exists() { summary } else { folder.join("plan.json") };
        let text = fs::read_to_string(&path).map_err(|error| Failure::of_path(lang, "read", "lezen", &path, &error))?;
        say(&text);
        Ok(())
    }
}

fn entries_of(file: &mut File, path: &Path, lang: Lang) -> Result<Vec<Entry<Approval>>, Failure> {
    let mut text = String::new();
    file.read_to_string(&mut text).map_err(|error| Failure::of_path(lang, "read", "lezen", path, &error))?;
    let broken =
        |found: vertrek::journal::Broken| Failure::Told(format!("{}: {}", path.display(), found.in_lang(lang)));
    read(&text).map_err(broken)
}

/// Where the copies of a plan stand.
fn copies(journal: &Path, plan: &str) -> PathBuf {
    journal.with_extension("").join(plan)
}

/// The changes of a repair, read beside its plan; none where there are none.
fn changes_of(folder: &Path, plan: &Plan, lang: Lang) -> Result<Option<Changes>, Failure> {
    let path = folder.join("changes.json");
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Failure::of_path(lang, "read", "lezen", &path, &error)),
    };
    let shown = path.display();
    let changes: Changes = serde_json::from_str(&text).map_err(|error| {
        Failure::Told(lang.pick(
            format!("error: {shown} is no changes.json: {error}; repair again, or take it away when the plan is no repair"),
            format!("fout: {shown} is geen changes.json: {error}; herstel opnieuw, of haal het weg als het plan geen herstel is"),
        ))
    })?;
    let of_plan =
        changes.week == plan.week && changes.made_at == plan.made_at && changes.input_digest == plan.input_digest;
    if !of_plan {
        return Err(Failure::Told(lang.pick(
            format!("error: {shown} is of another plan (week, made_at or input_digest differ); put the one of this plan beside it, or take it away when the plan is no repair"),
            format!("fout: {shown} is van een ander plan (week, made_at of input_digest verschillen); zet dat van dit plan erbij, of haal het weg als het plan geen herstel is"),
        )));
    }
    Ok(Some(changes))
}

/// Copies what is kept of an output folder; the hashes of what is kept beside the plan. A plan that is there already is the
/// same one: its name is its hash.
fn keep(from: &Path, to: &Path) -> io::Result<BTreeMap<String, String>> {
    fs::create_dir_all(to)?;
    let mut hashes = BTreeMap::new();
    for name in KEPT {
        let (source, target) = (from.join(name), to.join(name));
        if source.is_file() && !target.exists() {
            fs::copy(source, &target)?;
            File::open(&target)?.sync_all()?;
        }
        if name != "plan.json" && target.is_file() {
            hashes.insert(name.to_owned(), digest(&fs::read(&target)?));
        }
    }
    File::open(to)?.sync_all()?;
    Ok(hashes)
}

fn line_of(entry: &Entry<Approval>, lang: Lang) -> String {
    let Approval { week, plan, parent, events, approved_by, approved_at, .. } = &entry.body;
    let short = |hash: &str| hash.chars().take(12).collect::<String>();
    let (plan, at) = (short(plan), approved_at.format("%Y-%m-%d %H:%M"));
    let from = match parent {
        Some(parent) => {
            let (parent, count) = (short(parent), events.len());
            lang.pick(
                format!("repairs {parent} after {count} events"),
                format!("herstelt {parent} na {count} gebeurtenissen"),
            )
        }
        None => lang.pick("planned anew", "opnieuw gepland").to_owned(),
    };
    lang.pick(
        format!("{week} {plan}: {from}; approved by {approved_by} on {at}"),
        format!("{week} {plan}: {from}; goedgekeurd door {approved_by} op {at}"),
    )
}
