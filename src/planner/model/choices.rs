//! Options as choices: what each takes of the limits, asks of people and switches on.

use super::limits::{Limit, Limits};
use super::people::{People, Team};
use crate::options::{CaseOption, Notice, Options};
use crate::planner::fixed::Fixes;
use crate::week::{Case, Medical, Week};
use std::collections::{BTreeMap, BTreeSet};
use vertrek_solver::problem::{Choice, DemandId};

/// Positions of the options worth offering to the optimiser.
///
/// A contact slot with room for every case that could still be told there is no scarcity. Of the notices that one case can
/// get for one itinerary, those that are worth no more than one at such a slot (or a notice kept) are left out: the
/// better one can always be taken instead. Each that goes may make room at another slot, so this repeats.
pub(super) fn offered(week: &Week, options: &Options) -> Vec<usize> {
    let mut offered: Vec<usize> = (0..options.options.len()).collect();
    loop {
        let roomy = roomy_slots(week, options, &offered);
        let mut best: BTreeMap<(usize, usize), (f64, usize)> = BTreeMap::new();
        for &at in &offered {
            let option = &options.options[at];
            let free = match option.notice {
                Notice::Slot(slot) => roomy.contains(&slot),
                Notice::Kept(_) => true,
            };
            let value = option.value().get();
            let known = best.get(&(option.case, option.itinerary));
            if free && known.is_none_or(|&(most, _)| value > most) {
                best.insert((option.case, option.itinerary), (value, at));
            }
        }
        let before = offered.len();
        offered.retain(|&at| {
            let option = &options.options[at];
            let best = best.get(&(option.case, option.itinerary));
            best.is_none_or(|&(most, chosen)| at == chosen || option.value().get() > most)
        });
        if offered.len() == before {
            return offered;
        }
    }
}

fn roomy_slots(week: &Week, options: &Options, offered: &[usize]) -> BTreeSet<usize> {
    let mut cases: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for option in offered.iter().map(|&at| &options.options[at]) {
        if let Notice::Slot(slot) = option.notice {
            cases.entry(slot).or_default().insert(option.case);
        }
    }
    let room = |slot: usize| usize::try_from(week.contact_slots.rows()[slot].capacity).unwrap_or(usize::MAX);
    cases.into_iter().filter(|(slot, cases)| cases.len() <= room(*slot)).map(|(slot, _)| slot).collect()
}

/// One choice for each offered option, in the same order.
pub(super) fn build(
    week: &Week,
    options: &Options,
    offered: &[usize],
    people: &People,
    fixes: &Fixes,
    limits: &mut Limits<'_>,
) -> Vec<Choice> {
    let choice = |&at: &usize| {
        let option = &options.options[at];
        let case = &week.cases.rows()[option.case];
        let team = people.teams[option.itinerary].as_ref();
        let named = fixes.get(option.case).into_iter().flat_map(|fixed| &fixed.escorts);
        let named = named.filter_map(|escort| team.and_then(|team| team.named.get(escort)).copied());
        let switches = team
            .into_iter()
            .flat_map(|team| team.standby.into_iter().chain(team.destinations.get(&case.destination).copied()))
            .chain(named);
        Choice {
            group: option.case,
            value: option.value().get(),
            uses: uses(options, option, case).into_iter().map(|(limit, units)| (limits.id(limit), units)).collect(),
            needs: team.map_or_else(Vec::new, |team| needs(team, case)),
            task: option.ride,
            switches: switches.collect(),
        }
    };
    offered.iter().map(choice).collect()
}

/// What an option takes of the limits (sections 2 to 4).
pub(crate) fn uses(options: &Options, option: &CaseOption, case: &Case) -> Vec<(Limit, f64)> {
    let of_case = &options.cases[option.case];
    let (seats, persons) = (f64::from(of_case.air_seats), f64::from(of_case.persons));
    let mut uses = Vec::new();
    for &leg in &options.itineraries[option.itinerary].legs {
        uses.extend([(Limit::Seats(leg), seats), (Limit::Returnees(leg), seats)]);
        if case.escorts == 0 {
            uses.push((Limit::Unescorted(leg), seats));
        }
    }
    if let Notice::Slot(slot) = option.notice {
        uses.push((Limit::Slot(slot), 1.0));
    }
    uses.extend(option.arrival_day.map(|day| (Limit::ArrivalDay(day), persons)));
    uses
}

/// What a case asks of its team (section 5).
fn needs(team: &Team, case: &Case) -> Vec<(DemandId, f64)> {
    let mut needs = Vec::new();
    if case.escorts > 0 {
        needs.extend(team.escorts.map(|demand| (demand, f64::from(case.escorts))));
    }
    needs.extend(case.escort_sex.and_then(|sex| team.of_sex.get(&sex)).map(|&demand| (demand, 1.0)));
    if let Some(medical) = case.medical_escort {
        needs.extend(team.medics.map(|demand| (demand, 1.0)));
        if medical == Medical::Doctor {
            needs.extend(team.doctors.map(|demand| (demand, 1.0)));
        }
    }
    needs
}
