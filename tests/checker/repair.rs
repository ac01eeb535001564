//! Section 10: a repair that changes nothing passes, one that changes something passes when it says so, and every lie about
//! a repair is refused with the code of its rule and no other.

use crate::draft::{Draft, escort};
use crate::{codes, plan, week};
use vertrek::lang::Lang;
use vertrek::plan::Plan;
use vertrek::plan::changes::{Cause, Change, Changes, What};
use vertrek::plan::check::{Report, check_repair};
use vertrek::units::Euro;
use vertrek::week::{EventId, Week};

type Edit = (&'static str, &'static str, &'static str);

/// C5 on its way.
const LOCKED: &[Edit] = &[("commitments.csv", ",booked", ",locked")];
/// C5 may no longer leave.
const VOLUNTARY: &[Edit] =
    &[("cases.csv", "C5,dublin,DE,FRA,AMS,reporting,,,,1,0,,,false", "C5,dublin,DE,FRA,AMS,reporting,,,,1,0,,,true")];

/// A lie about a repair of the right plan.
pub(crate) struct RepairLie {
    name: &'static str,
    pub(crate) codes: &'static [&'static str],
    edits: &'static [Edit],
    change: fn(&mut Draft, &mut Changes),
}

fn change(what: What, subject: &str, from: Option<&str>, to: Option<&str>, cost: f64) -> Change {
    let (from, to) = (from.map(str::to_owned), to.map(str::to_owned));
    Change { what, subject: subject.to_owned(), from, to, cost: Euro::new(cost), because: Cause::Worth, event: None }
}

/// Takes C5 out of the plan, and says so: noticed 3000, and the fare of 100 is lost whole.
fn off(draft: &mut Draft, changes: &mut Changes) {
    let at = draft.plan.departures.iter().position(|row| row.case.as_str() == "C5").unwrap();
    let gone = draft.plan.departures.remove(at);
    let mut row = draft.plan.not_planned[0].clone();
    row.case = gone.case;
    if draft.week.cases[&row.case].voluntary_track {
        row.gate = Some("voluntary".to_owned());
    }
    draft.plan.not_planned.push(row);
    changes.changes.push(change(What::Departure, "C5", Some("L5"), None, 3100.0));
}

pub(crate) fn lies() -> Vec<RepairLie> {
    let lie = |name, codes, edits, change| RepairLie { name, codes, edits, change };
    vec![
        lie("an escort more, not listed", &["C-listed"], BIGGER, |d, c| {
            d.team("L4").escorts.push(escort("E9"));
            settle(d, c);
        }),
        lie("a change that is none", &["C-true"], &[], |_, c| {
            c.changes.push(change(What::Team, "E9", None, Some("L4"), 0.0));
        }),
        lie("a change at half its cost", &["C-cost"], &[], |d, c| {
            off(d, c);
            settle(d, c);
            c.changes[0].cost = Euro::new(1550.0);
        }),
        lie("a gate that is open", &["C-cause"], &[], |d, c| {
            off(d, c);
            settle(d, c);
            c.changes[0].because = Cause::Gate { gate: "document".to_owned(), rows: vec![] };
        }),
        lie("a leg that is still there", &["C-cause"], &[], |d, c| {
            off(d, c);
            settle(d, c);
            c.changes[0].because = Cause::Gone { kind: "leg".to_owned(), id: "L5".to_owned() };
        }),
        lie("an event that did not happen", &["C-cause"], &[], |d, c| {
            off(d, c);
            settle(d, c);
            c.changes[0].event = EventId::new("G1");
        }),
        lie("costs left out of the sum", &["C-total"], &[], |d, c| {
            off(d, c);
            settle(d, c);
            c.change_costs = Euro::ZERO;
            c.repair_objective = c.objective;
        }),
        lie("somebody on his way taken off", &["C-locked"], LOCKED, |d, c| {
            off(d, c);
            settle(d, c);
        }),
        lie("a pickup in the past", PAST, &[], |d, c| {
            let day = chrono::TimeDelta::days(8);
            d.route("S1").stops[1].at -= day;
            settle(d, c);
        }),
    ]
}

/// A seat more on L4, for a bigger team.
const BIGGER: &[Edit] = &[("legs.csv", "+00:00,4,1,0,0", "+00:00,5,1,0,0")];

/// Makes money and totals those of the plan as it is.
fn settle(draft: &mut Draft, changes: &mut Changes) {
    draft.settle();
    let costs: Euro = changes.changes.iter().map(|change| change.cost).sum();
    changes.objective = draft.plan.objective;
    changes.change_costs = costs;
    changes.repair_objective = changes.objective - costs;
    changes.repair_bound = changes.repair_objective;
}

fn nothing(week: &Week, plan: &Plan) -> Changes {
    Changes {
        week: week.week.clone(),
        made_at: plan.made_at,
        input_digest: week.input_digest.clone(),
        earlier_made_at: plan.made_at,
        events: vec![],
        objective: plan.objective,
        change_costs: Euro::ZERO,
        repair_objective: plan.objective,
        repair_bound: plan.bound,
        changes: vec![],
    }
}

fn told(edits: &[Edit], change: impl Fn(&mut Draft, &mut Changes)) -> Report {
    let week = week::week_with(edits);
    let earlier = plan::right_plan(&week);
    let mut draft = Draft { week: &week, plan: plan::right_plan(&week) };
    let mut changes = nothing(&week, &earlier);
    change(&mut draft, &mut changes);
    check_repair(&week, &earlier, &draft.plan, &changes)
}

/// C3 was noticed on L6 and the plan under way has it on L4: that stays so, and the difference says so, at the cost of a new date.
fn c3(changes: &mut Changes) {
    changes.changes.push(change(What::Departure, "C3", Some("L6"), Some("L4"), 3000.0));
    changes.changes.push(change(What::Ride, "C3", None, Some("S3 2027-01-20T07:00:00+01:00"), 0.0));
}

#[test]
fn every_lie_about_a_repair_is_refused_with_the_code_of_its_rule_and_no_other() {
    let mut wrong = Vec::new();
    for lie in lies() {
        let report = told(lie.edits, |draft, changes| {
            (lie.change)(draft, changes);
            with_c3(changes);
        });
        let mut expected = lie.codes.to_vec();
        expected.sort_unstable();
        if codes(&report) != expected {
            wrong.push(format!("{}: {:?} expected\n{}", lie.name, lie.codes, report.in_lang(Lang::En)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The same with what C3 needs on top.
fn with_c3(changes: &mut Changes) {
    c3(changes);
    changes.change_costs += Euro::new(3000.0);
    changes.repair_objective = changes.repair_objective - Euro::new(3000.0);
    changes.repair_bound = changes.repair_bound - Euro::new(3000.0);
}

#[test]
fn a_repair_that_says_what_it_changes_passes() {
    let report = told(&[], |_, changes| with_c3(changes));
    assert!(report.is_fine(), "{}", report.in_lang(Lang::En));
    let report = told(&[], |draft, changes| {
        off(draft, changes);
        settle(draft, changes);
        with_c3(changes);
    });
    assert!(report.is_fine(), "{}", report.in_lang(Lang::En));
}

#[test]
fn a_case_whose_gate_has_closed_leaves_at_no_cost() {
    let report = told(VOLUNTARY, |draft, changes| {
        off(draft, changes);
        changes.changes[0].cost = Euro::ZERO;
        changes.changes[0].because = Cause::Gate { gate: "voluntary".to_owned(), rows: vec![] };
        settle(draft, changes);
        with_c3(changes);
    });
    assert!(report.is_fine(), "{}", report.in_lang(Lang::En));
}

/// What a ride of last week breaks.
const PAST: &[&str] = &["C-listed", "C-past", "C-total", "R-drive", "R-max-ride", "R-pickup-window", "R-shift-span"];
