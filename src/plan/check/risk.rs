//! Section 7: p and its causes, from the state of the process alone.

use super::codes::RuleCode;
use super::facts::{CHANCE, Facts, Planned};
use super::report::{Findings, text};
use crate::rules::RiskUse;
use crate::week::Week;

/// p and the four causes (`no_show`, `procedure`, `preparation`, `other`).
pub(super) struct Chances {
    pub(super) p: f64,
    pub(super) causes: [f64; 4],
}

/// The chances of a departure; d is counted from the notice as it really is.
pub(super) fn chances(week: &Week, one: &Planned) -> Chances {
    let risk = &week.risk;
    let days = one.notice_hours() / 24.0;
    let rate = |base: f64, per_day: f64| base + per_day * days;
    let [no_show, procedure] = risk.measures.get(&one.case.measure).map_or([0.0; 2], |m| {
        [rate(m.base.get(), m.per_day.get()), rate(m.procedure_base.get(), m.procedure_per_day.get())]
    });
    let file = one.case.file;
    let unknown = [(file.belongings, risk.belongings), (file.physical, risk.physical), (file.medical, risk.medical)];
    let preparation = unknown.iter().filter(|(known, _)| !known).map(|(_, hazard)| hazard.get()).sum();
    let other = if one.case.escorts > 0 { risk.escorted } else { risk.unescorted }.get();
    let groups = [no_show, procedure, preparation, other];
    let total: f64 = groups.iter().sum();
    let p = (-total).exp();
    let causes = groups.map(|hazard| if total == 0.0 { 0.0 } else { (1.0 - p) * hazard / total });
    Chances { p, causes }
}

/// The p that weighs the objective: 1 with `use = "none"`.
pub(super) fn weight(week: &Week, one: &Planned) -> f64 {
    match week.risk.usage {
        RiskUse::Hazards => chances(week, one).p,
        RiskUse::None => 1.0,
    }
}

pub(super) fn check(facts: &Facts, findings: &mut Findings) {
    for one in &facts.planned {
        let Chances { p, causes } = chances(facts.week, one);
        let says = one.departure.p.get();
        if (p - says).abs() > CHANCE {
            let message = text!("p is {p:.4}, not {says}", "p is {p:.4}, niet {says}");
            findings.refuse(RuleCode::Chance, &one.case.id, &[&one.case.row], message);
        }
        let printed = &one.departure.causes;
        let printed = [printed.no_show, printed.procedure, printed.preparation, printed.other].map(|cause| cause.get());
        if causes.iter().zip(printed).any(|(is, says)| (is - says).abs() > CHANCE) {
            let [no_show, procedure, preparation, other] = causes;
            let message = text!(
                "no_show {no_show:.4}, procedure {procedure:.4}, preparation {preparation:.4}, other {other:.4} they are",
                "no_show {no_show:.4}, procedure {procedure:.4}, preparation {preparation:.4}, other {other:.4} is juist"
            );
            findings.refuse(RuleCode::Causes, &one.case.id, &[&one.case.row], message);
        }
    }
}
