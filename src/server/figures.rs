//! Figures over time, of what was published: by week, by month and by year, with euro by the cost lines of the policy review of
//! return 2011-2017 (table 12 and the road transport beside it); what happened to departures, from the histories in the
//! folders; and what became of the cases that were released in one year.
//!
//! A departure counts in the month of its first leg, a team in that of its report, a route in that of its first stop, what is
//! not met in that of the week's start; all in Amsterdam. Planned figures are expectations from the chances in the plan.

use super::Service;
use super::problem::Problem;
use super::store::figures::FiguresRow;
use super::store::weeks::WeekRow;
use crate::plan::Plan;
use crate::publish::format::date_of;
use crate::units::Instant;
use crate::week::{Outcome, Week};
use chrono::Datelike;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::AddAssign;
use std::sync::Arc;
use tokio::sync::Mutex;

/// Sums of a stretch of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Sums {
    pub(crate) departures: u32,
    pub(crate) persons: u32,
    /// Persons who really depart, by the chances in the plan.
    pub(crate) expected: f64,
    /// Persons whose departure is cancelled, by cause: no show, procedure, preparation, other.
    pub(crate) cancelled: [f64; 4],
    pub(crate) escort_hours: f64,
    /// Travel of escorts to countries of origin: fares out and home.
    pub(crate) escort_travel: f64,
    /// Travel of returnees to countries of origin.
    pub(crate) returnee_travel: f64,
    /// Hours and use of escorts, fixed duties among them.
    pub(crate) escort_work: f64,
    /// Road transport.
    pub(crate) road: f64,
    /// What could not be met.
    pub(crate) unmet: f64,
}

impl Sums {
    /// Every euro.
    pub(crate) fn euro(&self) -> f64 {
        self.escort_travel + self.returnee_travel + self.escort_work + self.road + self.unmet
    }
}

impl AddAssign<&Sums> for Sums {
    fn add_assign(&mut self, other: &Self) {
        self.departures += other.departures;
        self.persons += other.persons;
        self.cancelled.iter_mut().zip(other.cancelled).for_each(|(sum, more)| *sum += more);
        for (sum, more) in [
            (&mut self.expected, other.expected),
            (&mut self.escort_hours, other.escort_hours),
            (&mut self.escort_travel, other.escort_travel),
            (&mut self.returnee_travel, other.returnee_travel),
            (&mut self.escort_work, other.escort_work),
            (&mut self.road, other.road),
            (&mut self.unmet, other.unmet),
        ] {
            *sum += more;
        }
    }
}

/// Figures of one published week.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct OfWeek {
    /// By month, `2027-01`.
    months: BTreeMap<String, Sums>,
    /// What happened, by departure of the history: month it was planned on, and outcome.
    happened: BTreeMap<String, (String, Outcome)>,
    /// Cases: year of release (none: not released), and whether the plan has it depart.
    cases: BTreeMap<String, (Option<i32>, bool)>,
}

/// How departures ended, in a stretch of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Endings {
    pub(crate) departed: u32,
    /// No show, procedure, preparation, other.
    pub(crate) cancelled: [u32; 4],
}

impl Endings {
    pub(crate) fn planned(&self) -> u32 {
        self.departed + self.cancelled.iter().sum::<u32>()
    }
}

/// What became of the cases that were released in one year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cohort {
    pub(crate) cases: u32,
    /// Planned in one published week.
    pub(crate) once: u32,
    /// Planned in more than one: the first did not go through, or was put off.
    pub(crate) again: u32,
}

/// Everything, added up.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct OverTime {
    pub(crate) weeks: BTreeMap<String, Sums>,
    pub(crate) months: BTreeMap<String, Sums>,
    pub(crate) years: BTreeMap<String, Sums>,
    pub(crate) happened_by_month: BTreeMap<String, Endings>,
    pub(crate) happened_by_year: BTreeMap<String, Endings>,
    /// By year of release; the empty text: not released.
    pub(crate) cohorts: BTreeMap<String, Cohort>,
}

/// The figures as they were added up last, and what was published then.
#[derive(Debug, Default)]
pub(crate) struct Latest(Mutex<Option<(String, Arc<OverTime>)>>);

/// Figures of everything that is published. Years of weeks are added up once for each publication: whoever asks meanwhile waits
/// for that.
pub(crate) async fn over_time(service: &Service) -> Result<Arc<OverTime>, Problem> {
    let weeks: BTreeMap<String, WeekRow> =
        service.store.weeks().await?.into_iter().map(|row| (row.id.clone(), row)).collect();
    let published = weeks.values().filter(|row| row.published != 0);
    let published: String = published.map(|row| format!("{} {} {}\n", row.id, row.week, row.published)).collect();
    let mut latest = service.figures.0.lock().await;
    if let Some((_, known)) = latest.as_ref().filter(|(of, _)| *of == published) {
        return Ok(Arc::clone(known));
    }
    let found = Arc::new(add_up(service, weeks).await?);
    *latest = Some((published, Arc::clone(&found)));
    Ok(found)
}

/// Adds everything up, the figures of weeks published since included.
async fn add_up(service: &Service, weeks: BTreeMap<String, WeekRow>) -> Result<OverTime, Problem> {
    let kept = service.store.figures().await?;
    let fresh: BTreeSet<&str> = kept
        .iter()
        .filter(|row| weeks.get(&row.week).is_some_and(|week| week.published == row.plan))
        .map(|row| row.week.as_str())
        .collect();
    let missing: Vec<WeekRow> =
        weeks.values().filter(|row| row.published != 0 && !fresh.contains(row.id.as_str())).cloned().collect();
    let kept = if missing.is_empty() {
        kept
    } else {
        for row in missing {
            keep(service, row).await?;
        }
        service.store.figures().await?
    };
    let add = move || {
        let read = |row: FiguresRow| {
            let week = weeks.get(&row.week)?.week.clone();
            Some((week, serde_json::from_str::<OfWeek>(&row.body).ok()?))
        };
        added(kept.into_iter().filter_map(read))
    };
    tokio::task::spawn_blocking(add).await.map_err(Problem::inside)
}

/// Computes and keeps the figures of a published week.
async fn keep(service: &Service, row: WeekRow) -> Result<(), Problem> {
    let (id, published) = (row.id.clone(), row.published);
    let view = service.desk.view_at(&service.store, row, published).await?;
    let Some((_, plan)) = view.plan else { return Ok(()) };
    let week = view.week;
    let of = move || serde_json::to_string(&of_week(&week, &plan));
    let body = tokio::task::spawn_blocking(of).await.map_err(Problem::inside)?.map_err(Problem::inside)?;
    service.store.keep_figures(&FiguresRow { week: id, plan: published, body }).await
}

fn month(at: Instant) -> String {
    date_of(at).format("%Y-%m").to_string()
}

fn of_week(week: &Week, plan: &Plan) -> OfWeek {
    let mut of = OfWeek::default();
    departures(week, plan, &mut of.months);
    escorts(week, plan, &mut of.months);
    for route in &plan.routes {
        let at = route.stops.first().map_or(week.start, |stop| stop.at);
        of.months.entry(month(at)).or_default().road += route.cost.get();
    }
    if plan.money.unmet.get() != 0.0 {
        of.months.entry(month(week.start)).or_default().unmet += plan.money.unmet.get();
    }
    for past in week.history.iter() {
        of.happened.insert(past.id.to_string(), (past.planned_on.format("%Y-%m").to_string(), past.outcome));
    }
    let planned: BTreeSet<&str> = plan.departures.iter().map(|departure| departure.case.as_str()).collect();
    for case in week.cases.iter() {
        let year = case.release.at.map(|at| date_of(at).year());
        of.cases.insert(case.id.to_string(), (year, planned.contains(case.id.as_str())));
    }
    of
}

/// Shares an amount of the plan over months, by weights.
fn share(
    amount: f64,
    weights: &BTreeMap<String, f64>,
    months: &mut BTreeMap<String, Sums>,
    line: fn(&mut Sums) -> &mut f64,
) {
    let all: f64 = weights.values().sum();
    for (month, weight) in weights.iter().filter(|_| all > 0.0) {
        *line(months.entry(month.clone()).or_default()) += amount * weight / all;
    }
}

fn departures(week: &Week, plan: &Plan, months: &mut BTreeMap<String, Sums>) {
    let mut fares_of = BTreeMap::new();
    for departure in &plan.departures {
        let Some(case) = week.cases.get(&departure.case) else { continue };
        let legs: Vec<_> = departure.legs.iter().filter_map(|leg| week.legs.get(leg)).collect();
        let Some(first) = legs.first() else { continue };
        let sums = months.entry(month(first.departs)).or_default();
        let (persons, p) = (case.persons(week), departure.p.get());
        sums.departures += 1;
        sums.persons += persons;
        sums.expected += f64::from(persons) * p;
        let causes = &departure.causes;
        let causes = [causes.no_show, causes.procedure, causes.preparation, causes.other];
        sums.cancelled.iter_mut().zip(causes).for_each(|(sum, share)| *sum += f64::from(persons) * share.get());
        let fares = f64::from(case.air_seats(week)) * legs.iter().map(|leg| leg.fare.get()).sum::<f64>();
        *fares_of.entry(month(first.departs)).or_insert(0.0) += fares;
    }
    share(plan.money.tickets.get(), &fares_of, months, |sums| &mut sums.returnee_travel);
}

fn escorts(week: &Week, plan: &Plan, months: &mut BTreeMap<String, Sums>) {
    let mut travel_of_all = 0.0;
    let mut worked = BTreeMap::new();
    for team in &plan.teams {
        let people = team.escorts.len() as f64;
        let out: f64 = team.legs.iter().filter_map(|leg| week.legs.get(leg)).map(|leg| leg.escort_fare.get()).sum();
        let home =
            team.return_flight.as_ref().and_then(|home| week.returns.get(home)).map_or(0.0, |home| home.fare.get());
        let sums = months.entry(month(team.report)).or_default();
        sums.escort_hours += people * team.hours.get();
        sums.escort_travel += people * (out + home);
        travel_of_all += people * (out + home);
        *worked.entry(month(team.report)).or_insert(0.0) += people * team.hours.get();
    }
    for filled in &plan.duties {
        let Some(duty) = week.duties.get(&filled.duty) else { continue };
        let hours =
            crate::units::minutes_between(duty.span.from(), duty.span.until()) / 60.0 * filled.escorts.len() as f64;
        *worked.entry(month(duty.span.from())).or_insert(0.0) += hours;
    }
    // What the plan says of escorts less their travel is their work.
    share(plan.money.escorts.get() - travel_of_all, &worked, months, |sums| &mut sums.escort_work);
}

/// The year of a month.
fn year(month: &str) -> String {
    month.chars().take(4).collect()
}

fn added(weeks: impl Iterator<Item = (String, OfWeek)>) -> OverTime {
    let mut all = OverTime::default();
    let mut happened: BTreeMap<String, (String, Outcome)> = BTreeMap::new();
    let mut cases: BTreeMap<String, (Option<i32>, u32)> = BTreeMap::new();
    for (week, of) in weeks {
        for (month, sums) in &of.months {
            *all.weeks.entry(week.clone()).or_default() += sums;
            *all.months.entry(month.clone()).or_default() += sums;
            *all.years.entry(year(month)).or_default() += sums;
        }
        happened.extend(of.happened);
        for (case, (year, planned)) in of.cases {
            let known = cases.entry(case).or_insert((year, 0));
            known.0 = known.0.or(year);
            known.1 += u32::from(planned);
        }
    }
    for (month, outcome) in happened.into_values() {
        for endings in
            [all.happened_by_year.entry(year(&month)).or_default(), all.happened_by_month.entry(month).or_default()]
        {
            match outcome {
                Outcome::Departed => endings.departed += 1,
                Outcome::NoShow => endings.cancelled[0] += 1,
                Outcome::Procedure => endings.cancelled[1] += 1,
                Outcome::Preparation => endings.cancelled[2] += 1,
                Outcome::Other => endings.cancelled[3] += 1,
            }
        }
    }
    for (released, times) in cases.into_values() {
        let cohort = all.cohorts.entry(released.map_or(String::new(), |year| year.to_string())).or_default();
        cohort.cases += 1;
        cohort.once += u32::from(times == 1);
        cohort.again += u32::from(times > 1);
    }
    all
}
