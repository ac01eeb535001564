//! The level of a world: how often a plan by hand is cancelled in it, and by what.

use super::{Calibrated, Level, Target, World};
use crate::plan::Plan;
use crate::simulate::prepared::{PlannedHazards, early_hazards, planned_hazards};
use crate::units::Probability;
use crate::week::Week;

/// Rounds of scaling; each is a fraction of a percent nearer after ten.
const ROUNDS: usize = 200;

impl World {
    /// The world for a week.
    pub fn calibrated(&self, week: &Week, by_hand: &Plan, notice_share: Probability) -> Calibrated {
        let departures = planned_hazards(week, by_hand);
        let mut calibrated = Calibrated {
            world: self.clone(),
            notice_share,
            reference_days: self.reference_days.unwrap_or_else(|| mean_notice(&departures)),
            factors: [1.0; 4],
        };
        match self.level {
            Level::Hazards => {}
            Level::Once(_, factors) => calibrated.factors = factors,
            Level::EachWeek(target) if !departures.is_empty() => {
                // First the causes, over every case that could depart: the published bookings were of all kinds of measures,
                // and a plan by hand has room for few outside custody.
                let all = early_hazards(week);
                calibrated.set_causes(target, if all.is_empty() { &departures } else { &all });
                calibrated.set_level(target, &departures);
            }
            Level::EachWeek(_) => {}
        }
        calibrated
    }

    /// The world with its reference notice and its factors set once, over the plans by hand of many weeks together.
    pub fn set_once(&self, weeks: &[(Week, Plan)], target: Target, notice_share: Probability) -> Self {
        let departures: Vec<PlannedHazards> =
            weeks.iter().flat_map(|(week, by_hand)| planned_hazards(week, by_hand)).collect();
        let reference_days = mean_notice(&departures);
        let mut calibrated = Calibrated { world: self.clone(), notice_share, reference_days, factors: [1.0; 4] };
        let all: Vec<PlannedHazards> = weeks.iter().flat_map(|(week, _)| early_hazards(week)).collect();
        calibrated.set_causes(target, &all);
        calibrated.set_level(target, &departures);
        let level = Level::Once(target, calibrated.factors);
        Self { level, reference_days: Some(reference_days), ..self.clone() }
    }
}

/// Mean days of notice, by person.
fn mean_notice(departures: &[PlannedHazards]) -> f64 {
    let persons: f64 = departures.iter().map(|departure| departure.persons).sum();
    let days: f64 = departures.iter().map(|d| d.persons * d.state.notice.get() / 24.0).sum();
    if persons > 0.0 { days / persons } else { 7.0 }
}

impl Calibrated {
    /// Shares of persons expected to be cancelled by each hazard, and on the day itself.
    fn expected(&self, departures: &[PlannedHazards]) -> ([f64; 4], f64) {
        let persons: f64 = departures.iter().map(|departure| departure.persons).sum();
        let (mut by_cause, mut on_the_day) = ([0.0; 4], 0.0);
        for departure in departures {
            let hazards = self.hazards(&departure.state);
            let total: f64 = hazards.iter().sum();
            let through = (-total).exp();
            let weight = departure.persons / persons;
            for (sum, hazard) in by_cause.iter_mut().zip(hazards) {
                *sum += if total > 0.0 { weight * (1.0 - through) * hazard / total } else { 0.0 };
            }
            on_the_day += weight * through * departure.lost_on_the_day(&self.world);
        }
        (by_cause, on_the_day)
    }

    /// A factor on each hazard, until departures come to the causes and the level of the target.
    fn set_causes(&mut self, target: Target, departures: &[PlannedHazards]) {
        for _ in 0..ROUNDS {
            let (by_cause, on_the_day) = self.expected(departures);
            self.towards_causes(target, by_cause, on_the_day);
        }
    }

    /// One factor on all hazards, until departures come to the level of the target.
    fn set_level(&mut self, target: Target, departures: &[PlannedHazards]) {
        for _ in 0..ROUNDS {
            let (by_cause, on_the_day) = self.expected(departures);
            let borne: f64 = by_cause.iter().sum();
            let wanted = (target.cancelled.get() - on_the_day).max(0.0);
            if borne > 0.0 {
                let factor = (wanted / borne).clamp(0.2, 5.0);
                self.factors.iter_mut().for_each(|known| *known = (*known * factor).clamp(0.0, 1_000.0));
            }
        }
    }

    /// One step towards the causes of the target. A cause that nothing bears (no file with unknown parts) leaves its share to the others.
    fn towards_causes(&mut self, target: Target, by_cause: [f64; 4], on_the_day: f64) {
        let cancelled = target.cancelled.get();
        let mut wanted = target.causes.map(|share| share * cancelled);
        wanted[3] = (wanted[3] - on_the_day).max(0.0);
        let borne: f64 = (0..4).filter(|&cause| by_cause[cause] > 0.0).map(|cause| wanted[cause]).sum();
        if borne <= 0.0 {
            return;
        }
        let stretch = (cancelled - on_the_day).max(0.0) / borne;
        for cause in (0..4).filter(|&cause| by_cause[cause] > 0.0) {
            let factor = self.factors[cause] * (wanted[cause] * stretch / by_cause[cause]).clamp(0.2, 5.0);
            self.factors[cause] = factor.clamp(0.0, 1_000.0);
        }
    }
}
