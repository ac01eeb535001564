//! People of section 5: duties of itineraries and fixed duties become jobs, escorts become crew, what is asked for
//! becomes demands.

use super::Work;
use super::able::Absences;
use super::limits::{Limit, Limits};
use crate::calendar::iso_week;
use crate::itinerary::TeamDuty;
use crate::options::{CaseOption, Options};
use crate::planner::fixed::Fixes;
use crate::units::{Hours, Instant, minutes_between};
use crate::week::*;
use std::collections::{BTreeMap, BTreeSet};
use vertrek_solver::problem::{Crew, CrewId, Demand, DemandId, Job, JobId, Switch, SwitchId};

/// The part of the problem that is about people.
#[derive(Debug, Default)]
pub(super) struct People {
    pub(super) jobs: Vec<Job>,
    pub(super) work: Vec<Work>,
    pub(super) demands: Vec<Demand>,
    pub(super) switches: Vec<Switch>,
    pub(super) crews: Vec<Crew>,
    /// The team of each itinerary of [`Options::itineraries`] that may have one.
    pub(super) teams: Vec<Option<Team>>,
}

/// Demands and switches of the team of one itinerary.
#[derive(Debug, Default)]
pub(super) struct Team {
    pub(super) escorts: Option<DemandId>,
    pub(super) of_sex: BTreeMap<Sex, DemandId>,
    pub(super) medics: Option<DemandId>,
    pub(super) doctors: Option<DemandId>,
    /// On when any case is on the itinerary: standby escorts of a joint or national leg.
    pub(super) standby: Option<SwitchId>,
    /// On when a case for the country is on the itinerary: keeps those without its visa away.
    pub(super) destinations: BTreeMap<Country, SwitchId>,
    /// On when a case is on the itinerary that somebody is fixed to go along with: asks for that escort.
    pub(super) named: BTreeMap<CrewId, SwitchId>,
}

impl People {
    /// Whether everybody who is fixed to go along with an option's case can.
    pub(super) fn admit(&self, fixes: &Fixes, option: &CaseOption) -> bool {
        let named = fixes.get(option.case).into_iter().flat_map(|fixed| &fixed.escorts);
        let team = self.teams[option.itinerary].as_ref();
        named.into_iter().all(|escort| team.is_some_and(|team| team.named.contains_key(escort)))
    }
}

/// Jobs, crew and demands of a week. `offered` are positions of the options that can still be taken.
pub(super) fn build(
    week: &Week,
    options: &Options,
    offered: &[usize],
    fixes: &Fixes,
    limits: &mut Limits<'_>,
) -> People {
    let mut builder = Builder::new(week);
    let mut on_itinerary: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); options.itineraries.len()];
    for option in offered.iter().map(|&at| &options.options[at]) {
        on_itinerary[option.itinerary].insert(option.case);
    }
    for (itinerary, cases) in on_itinerary.iter().enumerate() {
        let named = cases.iter().filter_map(|&case| fixes.get(case)).flat_map(|fixed| fixed.escorts.iter().copied());
        let named: BTreeSet<CrewId> = named.collect();
        let cases: Vec<&Case> = cases.iter().map(|&case| &week.cases.rows()[case]).collect();
        let team = builder.team(options, itinerary, &cases, &named, limits);
        builder.people.teams.push(team);
    }
    for duty in 0..week.duties.len() {
        builder.fixed_duty(duty);
    }
    builder.finish()
}

struct Builder<'a> {
    week: &'a Week,
    absences: Absences<'a>,
    periods: BTreeMap<(i32, u32), usize>,
    /// Jobs of each escort, ascending.
    jobs_of: Vec<Vec<JobId>>,
    people: People,
}

impl<'a> Builder<'a> {
    fn new(week: &'a Week) -> Self {
        let (absences, jobs_of) = (Absences::of(week), vec![Vec::new(); week.escorts.len()]);
        Self { week, absences, periods: BTreeMap::new(), jobs_of, people: People::default() }
    }

    /// The team of an itinerary that carries some of `cases`; none when no case needs anybody and no standby is asked for.
    fn team(
        &mut self,
        options: &Options,
        itinerary: usize,
        cases: &[&Case],
        named: &BTreeSet<CrewId>,
        limits: &mut Limits<'_>,
    ) -> Option<Team> {
        let legs = &options.itineraries[itinerary].legs;
        let first = &self.week.legs.rows()[*legs.first()?];
        let standby = if first.kind == LegKind::Scheduled || cases.is_empty() { 0 } else { first.standby_escorts };
        if standby == 0 && !cases.iter().any(|case| case.needs_team()) {
            return None;
        }
        let duty = options.itineraries[itinerary].duty?;
        let job = self.job(duty.report, duty.end, duty.hours, duty.cost.get(), Work::Team(itinerary));
        self.people.jobs[job].uses = legs.iter().map(|&leg| (limits.id(Limit::Seats(leg)), 1.0)).collect();

        let destinations: BTreeSet<Country> = cases.iter().map(|case| case.destination).collect();
        let able = self.able(&duty, &first.from, &destinations);
        let roles = Roles::asked(cases, standby);
        let able: Vec<CrewId> =
            able.into_iter().filter(|&crew| roles.use_of(self.week.escorts.rows()[crew].role)).collect();
        self.assign(job, &able);
        let mut team = self.demands(job, cases, &roles, &able);
        if standby > 0 {
            let needs = team.escorts.map(|demand| (demand, f64::from(standby))).into_iter().collect();
            team.standby = Some(self.switch(Switch { needs, excludes: Vec::new() }));
        }
        for country in destinations {
            let lacks = |crew: &&CrewId| !self.week.escorts.rows()[**crew].visas.hold(country);
            let excludes: Vec<(CrewId, JobId)> = able.iter().filter(lacks).map(|&crew| (crew, job)).collect();
            if !excludes.is_empty() {
                team.destinations.insert(country, self.switch(Switch { needs: Vec::new(), excludes }));
            }
        }
        for &crew in named.iter().filter(|crew| able.contains(crew)) {
            self.people.demands.push(Demand { job, crews: vec![crew], base: 0.0, shortage: None });
            let needs = vec![(self.people.demands.len() - 1, 1.0)];
            team.named.insert(crew, self.switch(Switch { needs, excludes: Vec::new() }));
        }
        Some(team)
    }

    /// Escorts whose base, visas, absences and hours admit the duty, for at least one of the destinations.
    fn able(&self, duty: &TeamDuty, from: &LocationId, destinations: &BTreeSet<Country>) -> Vec<CrewId> {
        let fits = |escort: &Escort| self.absences.hindrance(escort, duty, from, destinations).is_none();
        (0..self.week.escorts.len()).filter(|&crew| fits(&self.week.escorts.rows()[crew])).collect()
    }

    fn demands(&mut self, job: JobId, cases: &[&Case], roles: &Roles, able: &[CrewId]) -> Team {
        let mut team = Team::default();
        let week = self.week;
        let mut demand = |counts: &dyn Fn(&Escort) -> bool| {
            let crews = able.iter().copied().filter(|&crew| counts(&week.escorts.rows()[crew])).collect();
            self.people.demands.push(Demand { job, crews, base: 0.0, shortage: None });
            self.people.demands.len() - 1
        };
        if roles.escort {
            team.escorts = Some(demand(&|escort| escort.role == Role::Escort));
        }
        for sex in cases.iter().filter_map(|case| case.escort_sex).collect::<BTreeSet<Sex>>() {
            let of_sex = demand(&|escort| escort.role == Role::Escort && escort.sex == sex);
            team.of_sex.insert(sex, of_sex);
        }
        if roles.nurse || roles.doctor {
            team.medics = Some(demand(&|escort| escort.role != Role::Escort));
        }
        if roles.doctor_asked {
            team.doctors = Some(demand(&|escort| escort.role == Role::Doctor));
        }
        team
    }

    fn fixed_duty(&mut self, position: usize) {
        let duty = &self.week.duties.rows()[position];
        let (from, until) = (duty.span.from(), duty.span.until());
        let Some(hours) = Hours::new(minutes_between(from, until) / 60.0) else { return };
        let cost = self.week.costs.escort_hour.get() * hours.get();
        let job = self.job(from, until, hours, cost, Work::Fixed(position));
        let fits = |escort: &Escort| {
            duty.role.is_none_or(|role| role == escort.role)
                && duty.skill.as_ref().is_none_or(|skill| escort.skills.contains(skill))
                && self.absences.of_time(escort, (from, until), hours).is_none()
        };
        let crews: Vec<CrewId> =
            (0..self.week.escorts.len()).filter(|&crew| fits(&self.week.escorts.rows()[crew])).collect();
        self.assign(job, &crews);
        let shortage = Some(self.week.costs.unmet_duty.get());
        self.people.demands.push(Demand { job, crews, base: f64::from(duty.count), shortage });
    }

    fn job(&mut self, from: Instant, until: Instant, hours: Hours, cost: f64, work: Work) -> JobId {
        let minutes = |at| minutes_between(self.week.now, at);
        let next = self.periods.len();
        let period = *self.periods.entry(iso_week(from)).or_insert(next);
        let (start, end) = (minutes(from), minutes(until));
        self.people.jobs.push(Job { start, end, period, load: hours.get(), cost, uses: Vec::new() });
        self.people.work.push(work);
        self.people.jobs.len() - 1
    }

    fn assign(&mut self, job: JobId, crews: &[CrewId]) {
        crews.iter().for_each(|&crew| self.jobs_of[crew].push(job));
    }

    fn switch(&mut self, switch: Switch) -> SwitchId {
        self.people.switches.push(switch);
        self.people.switches.len() - 1
    }

    fn finish(mut self) -> People {
        let used = self.week.costs.escort_used.get();
        for (escort, jobs) in std::iter::zip(&self.week.escorts, self.jobs_of) {
            let most = escort.max_hours.map_or(f64::INFINITY, |hours| hours.get());
            self.people.crews.push(Crew { jobs, max_load: vec![most; self.periods.len()], used, extra: Vec::new() });
        }
        self.people
    }
}

/// Which roles a team may need.
struct Roles {
    escort: bool,
    nurse: bool,
    doctor: bool,
    doctor_asked: bool,
}

impl Roles {
    fn asked(cases: &[&Case], standby: u32) -> Self {
        let medical = |kind: Medical| cases.iter().any(|case| case.medical_escort == Some(kind));
        let doctor_asked = medical(Medical::Doctor);
        Self {
            escort: standby > 0 || cases.iter().any(|case| case.escorts > 0),
            nurse: medical(Medical::Nurse),
            // A doctor may serve as nurse.
            doctor: doctor_asked || medical(Medical::Nurse),
            doctor_asked,
        }
    }

    fn use_of(&self, role: Role) -> bool {
        match role {
            Role::Escort => self.escort,
            Role::Nurse => self.nurse,
            Role::Doctor => self.doctor,
        }
    }
}
