//! The independent checker of a plan (sections 2 to 8 of the specification): every rule again, from the folder and the
//! plan's decisions alone. It knows nothing of gates, itineraries, options, planner or solver, so that it can catch them
//! lying; one file a family of rules.
//!
//! Tolerances are those of section 8. Readings where the specification leaves room:
//! - dates and clock times without an offset are Amsterdam's, but an arrival's are its own (section 2);
//! - a notice that is kept (section 3) was judged when it was given: its length is not judged again;
//! - lead times are waived leg by leg; the transit permit when the case is booked or locked on both legs;
//! - a daily limit of arrivals counts every person, infants too, of the cases that the row's terms hold for;
//! - a team of nobody may stand in the plan where nobody is needed; a bigger team than needed is no violation;
//! - the pickup hours of a location bind cases; transfers have windows of their own;
//! - a route without any ride is allowed, and costs what it costs;
//! - a gate that is named for a case that is not planned is closed on one of its flights at least; seats, lead times and
//!   the way home are left aside, and where it has no flight at all, nothing can be told;
//! - a notice kept from after the departure counts as no notice at all, d = 0.
//!
//! The readings of section 10 (`repair.rs`, `stands.rs`) are in docs/repair.md.

mod codes;
mod facts;
mod gates;
mod itineraries;
mod money;
mod notice;
mod pins;
mod read;
mod reasons;
mod repair;
mod report;
mod rides;
mod risk;
mod rosters;
mod routes;
mod seats;
mod shape;
mod stands;
mod teams;

pub use codes::RuleCode;
pub use read::read_plan;
pub use repair::check_repair;
pub use report::{Recomputed, Report, Subject, Text, Violation};

use crate::plan::Plan;
use crate::week::Week;

/// Verifies a plan against its folder, every rule, and recomputes money and objective. Never panics, whatever the plan says.
pub fn check(week: &Week, plan: &Plan) -> Report {
    let mut findings = report::Findings::default();
    if !shape::has_sane_times(plan) {
        shape::refuse_times(&mut findings);
        return Report { violations: findings.0, ..Report::default() };
    }
    let facts = facts::Facts::new(week, plan);
    for family in [
        shape::check,
        reasons::check,
        gates::check,
        notice::check,
        itineraries::check,
        seats::check,
        teams::check,
        rosters::check,
        rides::check,
        routes::check,
        pins::check,
        shape::check_unmet,
        risk::check,
    ] {
        family(&facts, &mut findings);
    }
    let recomputed = money::check(&facts, &mut findings);
    Report { violations: findings.0, recomputed }
}
