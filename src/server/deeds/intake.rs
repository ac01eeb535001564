//! Taking week folders in: a new week, or a new version of the folder of one that is there.

use crate::lang::Lang;
use crate::server::Service;
use crate::server::caller::Caller;
use crate::server::fields::Fields;
use crate::server::problem::{Problem, text};
use crate::server::store::journal::Deed;
use crate::server::store::weeks::State;
use crate::week::Week;
use crate::week::read::{Files, read_files};

/// Diagnostics told at a time.
const TOLD: usize = 200;

/// Takes a new week in; gives its id.
pub(crate) async fn new_week(service: &Service, caller: &Caller, mut fields: Fields) -> Result<String, Problem> {
    let why = fields.text("why");
    fields.sound()?;
    let (week, files) = sound_folder(std::mem::take(&mut fields.files)).await?;
    let mut change = service.store.change().await?;
    let id = change.make_week(&caller.name, &week.week).await?;
    let folder = change.keep_folder(&id, &caller.name, &why, &week.input_digest, &files).await?;
    let mut row = change.week(&id).await?;
    row.folder = folder;
    change.save_week(&row).await?;
    let subject = format!("week {id}");
    change
        .tell(
            &id,
            Deed { who: &caller.name, action: "take in", subject: &subject, why: &why, detail: &week.input_digest },
        )
        .await?;
    change.commit().await?;
    service.changed();
    Ok(id)
}

/// Takes a new version of a week's folder in; gives its number. The present plan stays, as a draft to plan or repair anew.
pub(crate) async fn new_folder(
    service: &Service,
    caller: &Caller,
    id: &str,
    mut fields: Fields,
) -> Result<i64, Problem> {
    let (version, why) = (fields.number("version"), fields.needed("why"));
    fields.sound()?;
    let (week, files) = sound_folder(std::mem::take(&mut fields.files)).await?;
    let mut change = service.store.change().await?;
    let mut row = change.week_at(id, version).await?;
    if row.week != week.week {
        let (en, nl) = (
            format!("this folder is of week {}, not {}", week.week, row.week),
            format!("deze map is van week {}, niet {}", week.week, row.week),
        );
        return Err(Problem::field("files", en, nl));
    }
    row.folder = change.keep_folder(id, &caller.name, &why, &week.input_digest, &files).await?;
    edited(&mut row, caller, change.at());
    change.save_week(&row).await?;
    let (subject, detail) = (format!("week {id}"), format!("folder {} {}", row.folder, week.input_digest));
    change
        .tell(id, Deed { who: &caller.name, action: "take in", subject: &subject, why: &why, detail: &detail })
        .await?;
    change.commit().await?;
    service.changed();
    Ok(row.folder)
}

/// A week that somebody edited is a draft again, whoever approved what it was.
pub(crate) fn edited(row: &mut crate::server::store::weeks::WeekRow, caller: &Caller, at: &str) {
    row.state = State::Draft;
    caller.name.clone_into(&mut row.editor);
    at.clone_into(&mut row.edited_at);
    row.approver.clear();
    row.approved_at.clear();
}

/// The week of a folder, or everything that is wrong with it, each with its place.
async fn sound_folder(files: Files) -> Result<(Week, Files), Problem> {
    if files.is_empty() {
        return Err(Problem::field("files", "choose the files of a week folder", "kies de bestanden van een weekmap"));
    }
    let plain = |name: &String| name.len() <= 100 && !name.chars().any(|c| c.is_control() || c == '/' || c == '\\');
    if let Some(name) = files.keys().find(|name| !plain(name)) {
        let name: String = name.chars().filter(|c| !c.is_control()).take(100).collect();
        return Err(Problem::field(
            "files",
            format!("'{name}' is no name of a file"),
            format!("'{name}' is geen bestandsnaam"),
        ));
    }
    let read = move || read_files(&files).map(|week| (week, files));
    let read = tokio::task::spawn_blocking(read).await.map_err(Problem::inside)?;
    read.map_err(|found| {
        let told = found.iter().take(TOLD).map(|diagnostic| {
            let (en, nl) = (diagnostic.rendered(Lang::En), diagnostic.rendered(Lang::Nl));
            let line = |message: &str, remedy: &str| format!("{} {message}: {remedy}", en.code.id());
            (diagnostic.place(), text(line(&en.message, &en.remedy), line(&nl.message, &nl.remedy)))
        });
        Problem::fields(told.collect())
    })
}
