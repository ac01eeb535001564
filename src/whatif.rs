//! Scenarios of a week: its folder with something changed, as it would be had somebody changed the files.

mod experiments;
mod rows;

pub use experiments::Experiment;

use crate::lang::Lang;
use crate::week::read::{Files, read_files, read_files_with_events};
use crate::week::{Diagnostic, EscortId, LegId, ShiftId, TransferId, Week};

/// One thing that is different.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tweak {
    /// Nothing.
    Nothing,
    /// A key of `week.toml` (`costs.departure_value`) has another value.
    Set(String, String),
    /// A leg, shift, escort or transfer is not there, named by its id.
    Without(String),
    /// More rows of a table: its name and a CSV with its header.
    Add(String, Vec<u8>),
    /// Another value of one field: table, id, column, value.
    Edit(String, String, String, String),
    /// One more row like another, with an id of its own and other values in some columns: table, id, (column, value). An
    /// escort's absences are copied too.
    Copy(String, String, Vec<(String, String)>),
    /// Several things at once.
    All(Vec<Tweak>),
    /// A ready-made experiment.
    Experiment(Experiment),
}

/// Why a scenario cannot be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// `week.toml` cannot be changed like that.
    Key(String),
    /// No leg, shift, escort or transfer has the id.
    NoRow(String),
    /// The added rows have another header than the table.
    Header(String),
    /// No row or no column of a table has this name.
    NoField(String),
    /// The folder has nothing that the experiment could copy.
    NothingToCopy(Experiment),
    /// The changed folder is not valid.
    Invalid(Vec<Diagnostic>),
}

impl Refusal {
    /// What is wrong and what to do.
    pub fn in_lang(&self, lang: Lang) -> String {
        match self {
            Self::Key(key) => lang.pick(
                format!("--set {key}: give a key of week.toml and a value, such as costs.departure_value=12000"),
                format!("--set {key}: geef een sleutel van week.toml en een waarde, zoals costs.departure_value=12000"),
            ),
            Self::NoRow(id) => lang.pick(
                format!("--without {id}: no leg, shift, escort or transfer has this id"),
                format!("--without {id}: geen vlucht, voertuigdienst, begeleider of vervoersopdracht heeft dit id"),
            ),
            Self::Header(file) => lang.pick(
                format!("--add {file}: the first line must be the header of the folder's {file}, column by column"),
                format!("--add {file}: de eerste regel moet de kop van {file} in de map zijn, kolom voor kolom"),
            ),
            Self::NoField(field) => lang.pick(
                format!("--set {field}: no row of the table has this id, or it has no such column; write TABLE.csv:ID:COLUMN=VALUE"),
                format!("--set {field}: geen rij van de tabel heeft dit id, of zij heeft die kolom niet; schrijf TABEL.csv:ID:KOLOM=WAARDE"),
            ),
            Self::NothingToCopy(experiment) => {
                let name = experiment.title(lang);
                lang.pick(
                    format!("{name}: the folder has no row that it could be made from"),
                    format!("{name}: de map heeft geen rij waar dit van gemaakt kan worden"),
                )
            }
            Self::Invalid(diagnostics) => crate::week::diagnostic::render_all(diagnostics, lang),
        }
    }
}

impl Tweak {
    /// The scenario's name.
    pub fn name(&self, lang: Lang) -> String {
        match self {
            Self::Nothing => lang.pick("as it is", "zoals het is").to_owned(),
            Self::Set(key, value) => format!("{key} = {value}"),
            Self::Without(id) => lang.pick(format!("without {id}"), format!("zonder {id}")),
            Self::Add(file, bytes) => {
                let rows = String::from_utf8_lossy(bytes).lines().filter(|line| !line.trim().is_empty()).count();
                let rows = rows.saturating_sub(1);
                format!("{file} + {rows}")
            }
            Self::Edit(file, id, column, value) => format!("{file}:{id}:{column} = {value}"),
            Self::Copy(file, id, _) => {
                lang.pick(format!("{file}: one more like {id}"), format!("{file}: één meer zoals {id}"))
            }
            Self::All(tweaks) => tweaks.iter().map(|tweak| tweak.name(lang)).collect::<Vec<_>>().join(", "),
            Self::Experiment(experiment) => experiment.title(lang).to_owned(),
        }
    }

    /// The week of a folder with this different.
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn week(&self, files: &Files) -> Result<Week, Refusal> {
        let (mut files, mut events) = (files.clone(), String::new());
        self.apply(&mut files, &mut events)?;
        if events.is_empty() {
            return read_files(&files).map_err(Refusal::Invalid);
        }
        let events = format!("event,at,kind,subject,until,value\n{events}");
        read_files_with_events(&files, events.as_bytes()).map_err(Refusal::Invalid)
    }

    /// Changes the files, or adds what an event does.
    fn apply(&self, files: &mut Files, events: &mut String) -> Result<(), Refusal> {
        match self {
            Self::Nothing => {}
            Self::Set(key, value) => *files = set(files, key, value)?,
            Self::Without(id) => *events += &without(files, id, events.lines().count())?,
            Self::Add(file, rows) => *files = add(files, file, rows)?,
            Self::Edit(file, id, column, value) => rows::edit(files, file, id, column, value)?,
            Self::Copy(file, id, fields) => rows::copy(files, file, id, fields)?,
            Self::All(tweaks) => tweaks.iter().try_for_each(|tweak| tweak.apply(files, events))?,
            Self::Experiment(experiment) => {
                let week = read_files(files).map_err(Refusal::Invalid)?;
                experiment.tweaks(&week)?.iter().try_for_each(|tweak| tweak.apply(files, events))?;
            }
        }
        Ok(())
    }
}

fn set(files: &Files, key: &str, value: &str) -> Result<Files, Refusal> {
    const HEAD: &str = "week.toml";
    let refused = || Refusal::Key(format!("{key}={value}"));
    let text = files.get(HEAD).and_then(|bytes| std::str::from_utf8(bytes).ok()).ok_or_else(refused)?;
    let mut head: toml::Table = text.parse().map_err(|_| refused())?;
    let one: toml::Table = format!("value = {value}").parse().map_err(|_| refused())?;
    let value = one.get("value").cloned().ok_or_else(refused)?;
    let mut path: Vec<&str> = key.split('.').collect();
    let last = path.pop().filter(|last| !last.is_empty()).ok_or_else(refused)?;
    let mut table = &mut head;
    for part in path {
        let inner = table.entry(part.to_owned()).or_insert_with(|| toml::Value::Table(toml::Table::new()));
        table = inner.as_table_mut().ok_or_else(refused)?;
    }
    table.insert(last.to_owned(), value);
    let mut files = files.clone();
    files.insert(HEAD.to_owned(), head.to_string().into_bytes());
    Ok(files)
}

/// As an event would take it away, so that nothing that refers to it is in the way.
fn without(files: &Files, id: &str, number: usize) -> Result<String, Refusal> {
    let week = read_files(files).map_err(Refusal::Invalid)?;
    let (kind, until) = if LegId::new(id).is_some_and(|id| week.legs.get(&id).is_some()) {
        ("leg_cancelled", String::new())
    } else if ShiftId::new(id).is_some_and(|id| week.shifts.get(&id).is_some()) {
        ("shift_out", String::new())
    } else if TransferId::new(id).is_some_and(|id| week.transfers.get(&id).is_some()) {
        ("transfer_cancelled", String::new())
    } else if EscortId::new(id).is_some_and(|id| week.escorts.get(&id).is_some()) {
        // Any duty of the horizon ends before this.
        ("escort_absent", (week.end + chrono::TimeDelta::days(60)).to_rfc3339())
    } else {
        return Err(Refusal::NoRow(id.to_owned()));
    };
    let at = week.now.min(week.start).to_rfc3339();
    Ok(format!("without{number},{at},{kind},{id},{until},\n"))
}

fn add(files: &Files, file: &str, rows: &[u8]) -> Result<Files, Refusal> {
    let refused = || Refusal::Header(file.to_owned());
    let more = std::str::from_utf8(rows).map_err(|_| refused())?;
    let (header, more) = more.split_once('\n').ok_or_else(refused)?;
    let mut files = files.clone();
    let table = files.get(file).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    let text = match table {
        Some(table) => {
            let known = table.lines().next().unwrap_or_default();
            if known.trim_start_matches('\u{feff}').trim_end() != header.trim_end() {
                return Err(refused());
            }
            format!("{}\n{more}", table.trim_end())
        }
        None => format!("{header}\n{more}"),
    };
    files.insert(file.to_owned(), text.into_bytes());
    Ok(files)
}
