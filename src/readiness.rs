//! What must be true 48 hours before a planned departure, and is not yet (the readiness check of DT&V: ticket, document in hand,
//! belongings; with the medical file, fitness to fly and availability beside it). Ordered by the departures that an hour of work gains.

use crate::plan::{Departure, Plan};
use crate::risk::{RiskState, forecast};
use crate::units::{Hours, Instant, minutes_between, shift};
use crate::week::*;
use serde::Serialize;

/// Hours before departure at which everything must be there.
const AHEAD: f64 = 48.0;

/// Something a departure needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// The tickets are bought.
    Ticket,
    /// Every person's document is issued and admits the journey.
    Document,
    /// Belongings are settled.
    Belongings,
    /// The physical state is known.
    Physical,
    /// The medical file is complete.
    MedicalFile,
    /// Every person is declared fit until arrival, or needs no declaration.
    FitToFly,
    /// Availability has been confirmed again within 48 hours before departure.
    Availability,
}

impl Need {
    /// All of them, in the order of the check.
    pub const ALL: [Self; 7] = [
        Self::Ticket,
        Self::Document,
        Self::Belongings,
        Self::Physical,
        Self::MedicalFile,
        Self::FitToFly,
        Self::Availability,
    ];

    /// Hours of work to get it: assumed, nothing published measures them.
    pub fn work(self) -> Hours {
        Hours::constant(match self {
            Self::Ticket | Self::Availability => 0.25,
            Self::Physical => 0.5,
            Self::Belongings => 1.0,
            Self::Document => 2.0,
            Self::MedicalFile => 3.0,
            Self::FitToFly => 4.0,
        })
    }
}

/// One need of one departure.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Item {
    /// The case.
    pub case: CaseId,
    /// What it needs.
    pub need: Need,
    /// Whether it is there.
    pub done: bool,
    /// When it must be.
    pub due: Instant,
    /// Whether that moment has passed.
    pub overdue: bool,
    /// The rows that say so, `file:line`.
    pub rows: Vec<String>,
    /// Persons expected to depart if it is there less those if it is not.
    pub gain: f64,
    /// Hours of work, assumed.
    pub work: Hours,
}

impl Item {
    /// Departures gained an hour of work.
    pub fn gain_per_hour(&self) -> f64 {
        self.gain / self.work.get().max(1e-9)
    }
}

/// Everything that each planned departure needs: what is missing first, most departures for an hour of work first; then what is there.
pub fn readiness(week: &Week, plan: &Plan) -> Vec<Item> {
    let mut items: Vec<Item> =
        plan.departures.iter().filter_map(|departure| needs(week, departure)).flatten().collect();
    let order = |item: &Item| (item.done, -item.gain_per_hour());
    items.sort_by(|a, b| {
        let ((done_a, gain_a), (done_b, gain_b)) = (order(a), order(b));
        done_a
            .cmp(&done_b)
            .then(gain_a.total_cmp(&gain_b))
            .then(a.due.cmp(&b.due))
            .then_with(|| a.case.cmp(&b.case))
            .then(a.need.cmp(&b.need))
    });
    items
}

fn needs(week: &Week, departure: &Departure) -> Option<Vec<Item>> {
    let case = week.cases.get(&departure.case)?;
    let legs: Vec<&Leg> = departure.legs.iter().filter_map(|leg| week.legs.get(leg)).collect();
    let (first, last) = (legs.first()?, legs.last()?);
    let due = shift(first.departs, -AHEAD * 60.0);
    let notice = Hours::new(minutes_between(departure.noticed_at, first.departs) / 60.0).unwrap_or_default();
    let state = RiskState { measure: case.measure, notice, file: case.file, escorted: case.escorts > 0 };
    let persons = f64::from(case.persons(week));
    let p = |file: FileParts| forecast(&week.risk, &RiskState { file, ..state }).p.get();
    let now = p(case.file);
    let item = |need: Need| {
        let (done, rows) = is_met(week, case, departure, need, first, last);
        // A part of the file that is missing makes a departure less likely; anything else missing, it does not go.
        let gain = match need {
            _ if done => 0.0,
            Need::Belongings => p(FileParts { belongings: true, ..case.file }) - now,
            Need::Physical => p(FileParts { physical: true, ..case.file }) - now,
            Need::MedicalFile => p(FileParts { medical: true, ..case.file }) - now,
            Need::Ticket | Need::Document | Need::FitToFly | Need::Availability => now,
        };
        Item {
            case: case.id.clone(),
            need,
            done,
            due,
            overdue: !done && due < week.now,
            rows: rows.iter().map(ToString::to_string).collect(),
            gain: persons * gain,
            work: need.work(),
        }
    };
    Some(Need::ALL.into_iter().map(item).collect())
}

fn is_met(week: &Week, case: &Case, departure: &Departure, need: Need, first: &Leg, last: &Leg) -> (bool, Vec<RowRef>) {
    let of_case = |done: bool| (done, vec![case.row.clone()]);
    match need {
        Need::Ticket => match week.commitments.get(&case.id) {
            Some(row) => (row.level >= Level::Booked && row.legs == departure.legs, vec![row.row.clone()]),
            None => of_case(false),
        },
        Need::Belongings => of_case(case.file.belongings),
        Need::Physical => of_case(case.file.physical),
        Need::MedicalFile => of_case(case.file.medical),
        Need::Document => {
            let lacking = week.persons(&case.id).filter(|person| !has_document(week, case, person, first, last));
            let rows: Vec<RowRef> = lacking
                .flat_map(|person| {
                    let rows: Vec<RowRef> = week.documents(&person.id).map(|document| document.row.clone()).collect();
                    if rows.is_empty() { vec![person.row.clone()] } else { rows }
                })
                .collect();
            (rows.is_empty(), if rows.is_empty() { vec![case.row.clone()] } else { rows })
        }
        Need::FitToFly => {
            let fit = |person: &&Person| match person.fit_to_fly {
                FitToFly::NotRequired => true,
                FitToFly::Yes => person.fit_until.is_some_and(|until| until >= last.arrives),
                FitToFly::No | FitToFly::Pending => false,
            };
            let rows: Vec<RowRef> =
                week.persons(&case.id).filter(|person| !fit(person)).map(|person| person.row.clone()).collect();
            (rows.is_empty(), if rows.is_empty() { vec![case.row.clone()] } else { rows })
        }
        Need::Availability => {
            let covers = |row: &&Availability| {
                row.span.from() <= shift(first.departs, -week.rules.availability_cover.minutes().get())
                    && row.span.until() >= first.departs
            };
            let again = shift(first.departs, -AHEAD * 60.0);
            let rows: Vec<&Availability> = week.availability(&case.id).filter(covers).collect();
            let confirmed = |row: &&Availability| row.confirmed_at.is_some_and(|at| at >= again && at <= week.now);
            match rows.iter().copied().find(confirmed) {
                Some(row) => (true, vec![row.row.clone()]),
                None if rows.is_empty() => of_case(false),
                None => (false, rows.iter().map(|row| row.row.clone()).collect()),
            }
        }
    }
}

/// A document in hand, of a kind that counts, valid on the journey and usable at the final airport.
fn has_document(week: &Week, case: &Case, person: &Person, first: &Leg, last: &Leg) -> bool {
    let until = shift(last.arrives, week.rules.document_margin.minutes().get());
    let counts = |document: &Document| match case.kind {
        CaseKind::Dublin => matches!(document.kind, DocumentKind::EuLaissezPasser | DocumentKind::Passport),
        CaseKind::Origin | CaseKind::ThirdCountry => document.kind != DocumentKind::EuLaissezPasser,
    };
    week.documents(&person.id).any(|document| {
        document.status == DocumentStatus::Issued
            && counts(document)
            && document.valid_from.is_none_or(|from| from <= first.departs)
            && document.valid_until.is_some_and(|valid| valid >= until)
            && document.entry_points.admits(&last.to)
    })
}
