//! Another escort on a duty: the plan with that one change, judged by the checker before and after.

use super::intake::edited;
use crate::lang::Lang;
use crate::plan::check::{Violation, check};
use crate::plan::{LeftOut, NotPlanned, Plan, Status};
use crate::server::Service;
use crate::server::caller::Caller;
use crate::server::desk::View;
use crate::server::fields::Fields;
use crate::server::problem::{Problem, text};
use crate::server::store::journal::Deed;
use crate::server::store::plans::NewPlan;
use crate::units::Euro;
use crate::week::{EscortId, LegId, Week};

/// What is to be changed.
#[derive(Clone, Debug)]
pub(crate) struct Swap {
    /// Legs of a flight joined by `+`, or a fixed duty.
    pub(crate) on: String,
    /// Who leaves it.
    pub(crate) out: EscortId,
    /// Who comes instead.
    pub(crate) into: EscortId,
}

/// What the checker says of a change.
#[derive(Clone, Debug)]
pub(crate) struct Judged {
    pub(crate) plan: Plan,
    /// Rules that it breaks and the present plan does not.
    pub(crate) breaks: Vec<Violation>,
    /// What the plan is worth more by it.
    pub(crate) gain: Euro,
}

/// Whether two plans count as proven within the tolerance of money.
const CENTS: f64 = 0.02;

/// The legs of a flight in one word.
fn flight(legs: &[LegId]) -> String {
    legs.iter().map(LegId::as_str).collect::<Vec<_>>().join("+")
}

/// Who has a duty, or goes along on a flight, in the present plan.
pub(crate) fn people_on<'p>(plan: &'p Plan, on: &str) -> &'p [EscortId] {
    let team = plan.teams.iter().find(|team| flight(&team.legs) == on).map(|team| &team.escorts);
    let people = team.or_else(|| plan.duties.iter().find(|duty| duty.duty.as_str() == on).map(|duty| &duty.escorts));
    people.map_or(&[], Vec::as_slice)
}

/// Judges a change; none when there is no such duty, or nobody to leave it.
pub(crate) fn judge(week: &Week, present: &Plan, swap: &Swap) -> Option<Judged> {
    week.escorts.get(&swap.into)?;
    let mut plan = present.clone();
    let team = plan.teams.iter_mut().find(|team| flight(&team.legs) == swap.on).map(|team| &mut team.escorts);
    let people = match team {
        Some(people) => people,
        None => &mut plan.duties.iter_mut().find(|duty| duty.duty.as_str() == swap.on)?.escorts,
    };
    let place = people.iter_mut().find(|escort| **escort == swap.out)?;
    *place = swap.into.clone();
    let before = check(week, present);
    let money = check(week, &plan).recomputed;
    plan.money = money.money;
    plan.objective = money.objective;
    plan.bound = Euro::new(plan.bound.get().max(plan.objective.get()));
    plan.gap = vertrek_solver::gap(plan.objective.get(), plan.bound.get());
    if plan.status == Status::Optimal && plan.bound.get() - plan.objective.get() > CENTS {
        plan.status = Status::Gap;
    }
    forget_trials(&mut plan.not_planned);
    let mut breaks = check(week, &plan).violations;
    breaks.retain(|violation| !before.violations.contains(violation));
    let gain = plan.objective - present.objective;
    Some(Judged { plan, breaks, gain })
}

/// Takes back what was found by trying cases on the plan as it was before.
fn forget_trials(left_out: &mut [NotPlanned]) {
    for row in left_out {
        if let Some(LeftOut::NoRoom { .. } | LeftOut::CostsMore { .. } | LeftOut::NotDecided { .. }) = row.left_out {
            row.reason = LeftOut::Untried.sentence(Lang::En);
            row.opens_when = LeftOut::Untried.opens_when(Lang::En);
            row.left_out = Some(LeftOut::Untried);
        }
    }
}

/// The present plan of a week with its row; a conflict when there is none.
fn present(view: &View) -> Result<&(crate::server::store::plans::PlanRow, std::sync::Arc<Plan>), Problem> {
    view.plan.as_ref().ok_or_else(|| Problem::conflict("no-plan", "there is no plan yet", "er is nog geen plan"))
}

/// Makes the change, when no rule is broken by it that was not before.
pub(crate) async fn swap(service: &Service, caller: &Caller, id: &str, mut fields: Fields) -> Result<(), Problem> {
    let version = fields.number("version");
    let (on, out, into, why) = (fields.needed("on"), fields.needed("out"), fields.needed("in"), fields.text("why"));
    fields.sound()?;
    let view = service.desk.view(&service.store, id).await?;
    let (row, plan) = present(&view)?;
    let nobody = || {
        Problem::field(
            "out",
            "nobody of this name has this duty, or nobody the other name",
            "niemand met deze naam heeft deze dienst, of niemand heet zo",
        )
    };
    let swap =
        Swap { on, out: EscortId::new(&out).ok_or_else(nobody)?, into: EscortId::new(&into).ok_or_else(nobody)? };
    let (week, plan, asked) = (view.week.clone(), plan.clone(), swap.clone());
    let judged = tokio::task::spawn_blocking(move || judge(&week, &plan, &asked)).await.map_err(Problem::inside)?;
    let judged = judged.ok_or_else(nobody)?;
    if !judged.breaks.is_empty() {
        let told = judged.breaks.iter().map(|found| {
            let say = |lang| format!("{}: {}", found.subject.in_lang(lang), found.message.in_lang(lang));
            (found.rule.to_string(), text(say(Lang::En), say(Lang::Nl)))
        });
        let problem = Problem::conflict("breaks-rules", "this would break rules", "dit zou regels overtreden");
        return Err(Problem { fields: told.collect(), ..problem });
    }
    let mut change = service.store.change().await?;
    let mut found = change.week_at(id, version).await?;
    if found.plan != row.plan {
        return Err(Problem::conflict(
            "of-another-plan",
            "the plan is another one by now",
            "het plan is intussen een ander",
        ));
    }
    let new = NewPlan {
        week: id,
        parent: row.plan,
        folder: row.folder,
        kind: "swap",
        besides: &row.besides,
        plan: &judged.plan,
        changes: None,
        by: &caller.name,
        why: &why,
    };
    found.plan = change.keep_plan(&new).await?;
    edited(&mut found, caller, change.at());
    change.save_week(&found).await?;
    let (subject, detail) = (format!("week {id}"), format!("{} for {} on {}", swap.into, swap.out, swap.on));
    change
        .tell(id, Deed { who: &caller.name, action: "swap escorts", subject: &subject, why: &why, detail: &detail })
        .await?;
    change.commit().await?;
    service.changed();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::week::CaseId;

    #[test]
    fn a_swap_takes_back_what_was_tried_on_the_plan_before_and_nothing_else() {
        let row = |case: &str, why: LeftOut| NotPlanned {
            case: CaseId::new(case).unwrap(),
            gate: None,
            reason: why.sentence(Lang::En),
            rows: Vec::new(),
            opens_when: why.opens_when(Lang::En),
            left_out: Some(why),
        };
        let legs = || vec![LegId::new("L1").unwrap()];
        let mut rows = vec![
            row("C1", LeftOut::NoRoom { legs: legs(), worth: Euro::new(1.0), lacks: Vec::new() }),
            row("C2", LeftOut::CostsMore { legs: legs(), worth: Euro::new(1.0), cost: Euro::new(2.0) }),
            row("C3", LeftOut::NotDecided { legs: legs(), gain: Euro::new(1.0) }),
            row("C4", LeftOut::Team),
        ];
        let kept = rows[3].clone();
        forget_trials(&mut rows);
        assert!(rows[..3].iter().all(|row| row.left_out == Some(LeftOut::Untried) && !row.reason.contains("L1")));
        assert_eq!(rows[3], kept);
    }
}
