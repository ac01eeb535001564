//! The controller's fairness check, apart from planning: calibration and planning by group, for labels that come from a separate
//! file. No room that plans uses this one, and nothing here is ever read by a run of the planner.

use crate::options::Gated;
use crate::plan::Plan;
use crate::risk::{Interval, Observation, Scored, score, share};
use crate::rules::RiskBelief;
use crate::units::Probability;
use crate::week::{Outcome, Week};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The label of each id: of cases, or of departures in `history.csv`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labels(BTreeMap<String, String>);

/// What is wrong with a file of labels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LabelsError {
    /// The header is not `case,group`.
    Header,
    /// Nothing stands below the header.
    Empty,
    /// A row does not have two filled fields.
    Row {
        /// Its line.
        line: u64,
    },
    /// An id that neither `cases.csv` nor `history.csv` has.
    Unknown {
        /// Its line.
        line: u64,
        /// The id.
        id: String,
    },
    /// An id for the second time.
    Twice {
        /// Its line.
        line: u64,
        /// The id.
        id: String,
    },
}

impl Labels {
    /// Reads a file with columns `case,group`: an id of `cases.csv` or of `history.csv`, and its label.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(bytes: &[u8], week: &Week) -> Result<Self, Vec<LabelsError>> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(bytes);
        let header: Vec<String> =
            reader.headers().map(|names| names.iter().map(str::to_owned).collect()).unwrap_or_default();
        if header != ["case", "group"] {
            return Err(vec![LabelsError::Header]);
        }
        let ids: BTreeSet<&str> = week
            .cases
            .iter()
            .map(|case| case.id.as_str())
            .chain(week.history.iter().map(|row| row.id.as_str()))
            .collect();
        let (mut labels, mut wrong) = (BTreeMap::new(), Vec::new());
        for record in reader.records() {
            let Ok(record) = record else {
                wrong.push(LabelsError::Row { line: 0 });
                continue;
            };
            let line = record.position().map_or(0, csv::Position::line);
            match (record.get(0), record.get(1), record.len()) {
                (Some(id), Some(group), 2) if !id.is_empty() && !group.is_empty() => {
                    if !ids.contains(id) {
                        wrong.push(LabelsError::Unknown { line, id: id.to_owned() });
                    } else if labels.insert(id.to_owned(), group.to_owned()).is_some() {
                        wrong.push(LabelsError::Twice { line, id: id.to_owned() });
                    }
                }
                _ => wrong.push(LabelsError::Row { line }),
            }
        }
        if labels.is_empty() && wrong.is_empty() {
            wrong.push(LabelsError::Empty);
        }
        if wrong.is_empty() { Ok(Self(labels)) } else { Err(wrong) }
    }
}

/// A share with its 95% interval (Wilson), and its difference from all other groups (Newcombe).
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Rate {
    /// Those who have it.
    pub hits: usize,
    /// Those who could.
    pub of: usize,
    /// The share.
    pub share: Probability,
    /// Lower end of its interval.
    pub low: Probability,
    /// Upper end.
    pub high: Probability,
    /// Less the share of all others; none when there are no others.
    pub less_others: Option<Interval>,
}

/// One group.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Group {
    /// Its label.
    pub name: String,
    /// Departures of the past that went through.
    pub departed: Rate,
    /// Mean chance that was said of them; the forecast sees no group.
    pub forecast: Probability,
    /// Share that went through, with its interval, less the chance said: above 0 the chances are too low for the group.
    pub calibration: Interval,
    /// Cases whose gates are open on some journey.
    pub may_depart: Rate,
    /// Cases that are planned, of those that may depart; none without a plan.
    pub planned: Option<Rate>,
    /// Mean hours of notice of those planned.
    pub notice_hours: Option<Interval>,
}

#[derive(Default)]
struct Counts {
    scored: Vec<Scored>,
    cases: usize,
    open: usize,
    planned: usize,
    notice: Vec<f64>,
}

/// Calibration and planning by group, in order of label.
pub fn audit(week: &Week, belief: &RiskBelief, gated: &Gated, plan: Option<&Plan>, labels: &Labels) -> Vec<Group> {
    let mut counts: BTreeMap<&str, Counts> = BTreeMap::new();
    let label = |id: &str| labels.0.get(id).map(String::as_str);
    let history: Vec<Observation> = week.history.iter().map(Observation::of).collect();
    for (row, scored) in week.history.iter().zip(score(belief, &history)) {
        if let Some(group) = label(row.id.as_str()) {
            counts.entry(group).or_default().scored.push(scored);
        }
    }
    for (case, gates) in week.cases.iter().zip(&gated.cases) {
        let Some(group) = label(case.id.as_str()) else { continue };
        let counts = counts.entry(group).or_default();
        counts.cases += 1;
        counts.open += usize::from(!gates.open.is_empty());
        if let Some(departure) =
            plan.and_then(|plan| plan.departures.iter().find(|departure| departure.case == case.id))
        {
            counts.planned += 1;
            counts.notice.extend(departure.notice_hours.map(|hours| hours.get()));
        }
    }
    let total = |of: &dyn Fn(&Counts) -> usize| counts.values().map(of).sum::<usize>();
    let rate = |own: &Counts, hits: &dyn Fn(&Counts) -> usize, of: &dyn Fn(&Counts) -> usize| {
        let (hit, all) = (hits(own), of(own));
        rate(hit, all, total(hits) - hit, total(of) - all)
    };
    let departed = |counts: &Counts| counts.scored.iter().filter(|row| row.outcome == Outcome::Departed).count();
    let group = |(name, own): (&&str, &Counts)| {
        let said = own.scored.iter().map(|row| row.p.get()).sum::<f64>() / (own.scored.len() as f64).max(1.0);
        let departed = rate(own, &departed, &|counts| counts.scored.len());
        let less_said = |share: Probability| share.get() - said;
        Group {
            name: (*name).to_owned(),
            departed,
            forecast: Probability::new(said.clamp(0.0, 1.0)).unwrap_or_default(),
            calibration: Interval {
                value: less_said(departed.share),
                low: less_said(departed.low),
                high: less_said(departed.high),
            },
            may_depart: rate(own, &|counts| counts.open, &|counts| counts.cases),
            planned: plan.map(|_| rate(own, &|counts| counts.planned, &|counts| counts.open)),
            notice_hours: (own.notice.len() > 1).then(|| Interval::of_mean(own.notice.iter().copied())),
        }
    };
    counts.iter().map(group).collect()
}

fn rate(hits: usize, of: usize, other_hits: usize, other_of: usize) -> Rate {
    let (own, low, high) = share(hits, of);
    let (other, other_low, other_high) = share(other_hits, other_of);
    let [p, l, u] = [own, low, high].map(Probability::get);
    let [q, m, v] = [other, other_low, other_high].map(Probability::get);
    // Newcombe, 1998, method 10: the score intervals of both, put together.
    let less_others = (other_of > 0).then(|| Interval {
        value: p - q,
        low: p - q - ((p - l).powi(2) + (v - q).powi(2)).sqrt(),
        high: p - q + ((u - p).powi(2) + (q - m).powi(2)).sqrt(),
    });
    Rate { hits, of, share: own, low, high, less_others }
}
