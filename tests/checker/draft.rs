//! Turning the right plan into a lie: small changes, with everything that follows from them kept consistent, so that only the
//! rule in question is broken.

use vertrek::plan::check::check;
use vertrek::plan::{Causes, Departure, Plan, Route, Stop, Team};
use vertrek::units::{Euro, Hours, Instant, Probability, minutes_between};
use vertrek::week::*;

/// A plan that is being bent.
pub(crate) struct Draft<'a> {
    pub(crate) week: &'a Week,
    pub(crate) plan: Plan,
}

pub(crate) fn at(text: &str) -> Instant {
    Instant::parse_from_rfc3339(&format!("2027-01-{text}:00+01:00")).unwrap()
}

pub(crate) fn legs(ids: &[&str]) -> Vec<LegId> {
    ids.iter().map(|id| LegId::new(id).unwrap()).collect()
}

pub(crate) fn escort(id: &str) -> EscortId {
    EscortId::new(id).unwrap()
}

impl Draft<'_> {
    pub(crate) fn departure(&mut self, case: &str) -> &mut Departure {
        self.plan.departures.iter_mut().find(|d| d.case.as_str() == case).unwrap()
    }

    /// The teams are, in order, those of L1 + L2, L4 and L3.
    pub(crate) fn team(&mut self, first_leg: &str) -> &mut Team {
        self.plan.teams.iter_mut().find(|team| team.legs[0].as_str() == first_leg).unwrap()
    }

    pub(crate) fn swap(&mut self, first_leg: &str, old: &str, new: &str) {
        let members = &mut self.team(first_leg).escorts;
        let position = members.iter().position(|id| id.as_str() == old).unwrap();
        members[position] = escort(new);
    }

    pub(crate) fn fill(&mut self, duty: &str, escorts: &[&str]) {
        let filled = self.plan.duties.iter_mut().find(|filled| filled.duty.as_str() == duty).unwrap();
        filled.escorts = escorts.iter().map(|id| escort(id)).collect();
    }

    pub(crate) fn route(&mut self, shift: &str) -> &mut Route {
        self.plan.routes.iter_mut().find(|route| route.shift.as_str() == shift).unwrap()
    }

    /// Drives a route with another shift.
    pub(crate) fn reassign(&mut self, shift: &str, other: &str) {
        self.route(shift).shift = ShiftId::new(other).unwrap();
    }

    pub(crate) fn stop(&mut self, shift: &str, number: usize) -> &mut Stop {
        &mut self.route(shift).stops[number]
    }

    /// Plans a case that needs no escorts on these legs, told in this slot.
    pub(crate) fn depart(&mut self, case: &str, ids: &[&str], slot: &str) {
        self.plan.not_planned.retain(|row| row.case.as_str() != case);
        self.plan.departures.push(Departure {
            case: CaseId::new(case).unwrap(),
            legs: legs(ids),
            slot: None,
            noticed_at: self.week.now,
            notice_hours: None,
            p: Probability::ONE,
            causes: Causes::default(),
        });
        self.tell(case, slot);
    }

    /// Tells a case in another slot; everything the plan prints of it is right.
    pub(crate) fn tell(&mut self, case: &str, slot: &str) {
        let slot = SlotId::new(slot).unwrap();
        let (week, departure) = (self.week, self.departure(case));
        departure.noticed_at = week.contact_slots[&slot].starts;
        departure.slot = Some(slot);
        let hours = minutes_between(departure.noticed_at, week.legs[&departure.legs[0]].departs) / 60.0;
        departure.notice_hours = Hours::new(hours);
        let hazards = hazards(&week.cases[&departure.case], hours / 24.0);
        let total: f64 = hazards.iter().sum();
        let p = (-total).exp();
        let [no_show, procedure, preparation, other] =
            hazards.map(|hazard| Probability::new((1.0 - p) * hazard / total).unwrap());
        departure.p = Probability::new(p).unwrap();
        departure.causes = Causes { no_show, procedure, preparation, other };
    }

    /// Makes money, objective, bound and gap those of the plan as it now is, as a careful liar would.
    pub(crate) fn settle(&mut self) {
        self.plan.notice_by_measure.clear();
        let recomputed = check(self.week, &self.plan).recomputed;
        self.plan.money = recomputed.money;
        self.plan.objective = recomputed.objective;
        self.plan.bound = recomputed.objective;
        self.plan.gap = 0.0;
    }
}

/// The four hazards of section 7 with its default figures, d in days.
fn hazards(case: &Case, d: f64) -> [f64; 4] {
    let (a, b, u) = match case.measure {
        Measure::Detention => (0.01, 0.002, 0.05),
        Measure::Family => (0.30, 0.10, 0.06),
        _ => (0.25, 0.12, 0.05),
    };
    let unknown = [(case.file.belongings, 0.02), (case.file.physical, 0.01), (case.file.medical, 0.05)];
    let preparation = unknown.iter().filter(|(known, _)| !known).map(|(_, hazard)| hazard).sum();
    [a + b * d, u + 0.02 * d, preparation, if case.escorts > 0 { 0.02 } else { 0.04 }]
}

/// A lie: what is changed in the folder and in the plan, and every code that must refuse it - these and no other.
pub(crate) struct Lie {
    pub(crate) name: &'static str,
    pub(crate) codes: &'static [&'static str],
    pub(crate) edits: &'static [(&'static str, &'static str, &'static str)],
    pub(crate) change: fn(&mut Draft),
    pub(crate) settled: bool,
}

/// A lie whose money is made consistent.
pub(crate) fn lie(name: &'static str, codes: &'static [&'static str], change: fn(&mut Draft)) -> Lie {
    Lie { name, codes, edits: &[], change, settled: true }
}

/// A lie about the figures themselves.
pub(crate) fn raw(name: &'static str, codes: &'static [&'static str], change: fn(&mut Draft)) -> Lie {
    Lie { settled: false, ..lie(name, codes, change) }
}

impl Lie {
    /// The same with other rows in the folder.
    pub(crate) fn with(mut self, edits: &'static [(&'static str, &'static str, &'static str)]) -> Self {
        self.edits = edits;
        self
    }
}

/// Adds euro to an amount.
pub(crate) fn more(amount: &mut Euro, euro: f64) {
    *amount += Euro::new(euro);
}
