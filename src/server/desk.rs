//! Weeks and plans that were read lately, ready to be looked at again. A version never changes, so nothing here grows old.

use super::problem::Problem;
use super::store::Store;
use super::store::besides::Besides;
use super::store::plans::PlanRow;
use super::store::weeks::WeekRow;
use crate::options::{self, Gated};
use crate::plan::Plan;
use crate::week::Week;
use crate::week::diagnostic::Diagnostic;
use crate::week::read::{Files, digest, read_files, read_files_with_events};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, OnceLock};

/// Values kept of each kind.
const KEPT: usize = 24;

/// The latest values by key, the latest used first.
#[derive(Debug)]
struct Shelf<T>(Mutex<VecDeque<(String, Arc<T>)>>);

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self(Mutex::new(VecDeque::new()))
    }
}

impl<T> Shelf<T> {
    fn get(&self, key: &str) -> Option<Arc<T>> {
        let mut kept = self.0.lock().ok()?;
        let at = kept.iter().position(|(name, _)| name == key)?;
        let found = kept.remove(at)?;
        let value = Arc::clone(&found.1);
        kept.push_front(found);
        Some(value)
    }

    fn put(&self, key: &str, value: &Arc<T>) {
        if let Ok(mut kept) = self.0.lock() {
            kept.push_front((key.to_owned(), Arc::clone(value)));
            kept.truncate(KEPT);
        }
    }
}

/// The desk.
#[derive(Debug, Default)]
pub(crate) struct Desk {
    weeks: Shelf<Known>,
    plans: Shelf<Plan>,
}

/// Reads a folder with what is known beside it. The digest stays that of the folder.
pub(crate) fn read_beside(mut files: Files, besides: &Besides) -> Result<Result<Week, Vec<Diagnostic>>, Problem> {
    let of_folder = digest(&files);
    besides.add_to(&mut files)?;
    let read = match besides.events.as_str() {
        "" => read_files(&files),
        events => read_files_with_events(&files, events.as_bytes()),
    };
    Ok(read.map(|week| Week { input_digest: of_folder, ..week }))
}

/// A week that was read, and what its gates say once somebody has asked them.
#[derive(Debug)]
struct Known {
    week: Arc<Week>,
    gated: Arc<OnceLock<Gated>>,
}

/// A week as its present plan sees it.
#[derive(Clone, Debug)]
pub(crate) struct View {
    pub(crate) row: WeekRow,
    /// The folder with the events of the plan applied.
    pub(crate) week: Arc<Week>,
    gated: Arc<OnceLock<Gated>>,
    pub(crate) plan: Option<(PlanRow, Arc<Plan>)>,
}

impl View {
    /// What the gates of the week say; asked once. Takes its time the first time.
    pub(crate) fn gated(&self) -> &Gated {
        self.gated.get_or_init(|| options::gate(&self.week))
    }
}

impl Desk {
    /// A version of a folder, with what is known beside it.
    pub(crate) async fn week(
        &self,
        store: &Store,
        id: &str,
        folder: i64,
        besides: &Besides,
    ) -> Result<Arc<Week>, Problem> {
        Ok(Arc::clone(&self.known(store, id, folder, besides).await?.week))
    }

    async fn known(&self, store: &Store, id: &str, folder: i64, besides: &Besides) -> Result<Arc<Known>, Problem> {
        let Besides { events, told, pins } = besides;
        let key = format!("{id} {folder} {}", crate::journal::digest([&**events, told, pins].join("\0").as_bytes()));
        if let Some(known) = self.weeks.get(&key) {
            return Ok(known);
        }
        let files = store.files(id, folder).await?;
        let besides = besides.clone();
        let read = tokio::task::spawn_blocking(move || read_beside(files, &besides)).await.map_err(Problem::inside)?;
        let week =
            Arc::new(read?.map_err(|found| Problem::inside(format!("a stored folder has {} faults", found.len())))?);
        let known = Arc::new(Known { week, gated: Arc::default() });
        self.weeks.put(&key, &known);
        Ok(known)
    }

    /// The plan of a version.
    pub(crate) async fn plan(&self, store: &Store, row: &PlanRow) -> Result<Arc<Plan>, Problem> {
        if let Some(plan) = self.plans.get(&row.body) {
            return Ok(plan);
        }
        let bytes = store.bytes(&row.body).await?;
        let plan: Arc<Plan> = Arc::new(serde_json::from_slice(&bytes).map_err(Problem::inside)?);
        self.plans.put(&row.body, &plan);
        Ok(plan)
    }

    /// A week with its present plan.
    pub(crate) async fn view(&self, store: &Store, id: &str) -> Result<View, Problem> {
        let row = store.week(id).await?;
        self.view_at(store, row.clone(), row.plan).await
    }

    /// A week with one of its plans; 0: with none.
    pub(crate) async fn view_at(&self, store: &Store, row: WeekRow, plan: i64) -> Result<View, Problem> {
        if plan == 0 {
            let known = self.known(store, &row.id, row.folder, &Besides::default()).await?;
            return Ok(View { row, week: Arc::clone(&known.week), gated: Arc::clone(&known.gated), plan: None });
        }
        let found = store.plan(&row.id, plan).await?;
        let known = self.known(store, &row.id, found.folder, &found.besides).await?;
        let plan = self.plan(store, &found).await?;
        let (week, gated) = (Arc::clone(&known.week), Arc::clone(&known.gated));
        Ok(View { row, week, gated, plan: Some((found, plan)) })
    }
}
