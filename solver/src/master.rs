//! The restricted master problem: choices, switches and shortages from the start, rosters and routes as they are found.
//!
//! Rows: a group at most once; capacities; people wanted on a job (roster columns against choices and switches); a switch on
//! when a choice that names it is taken; exclusions; a task driven when it is asked for; a crew and a vehicle at most once.
//! Cuts are rows over choices only, so that pricing never sees them, or over triples of rides (see `triples.rs`).

use crate::lp::{Col, Lp, LpStatus, Row};
use crate::problem::*;
use crate::schedule::Visit;
use crate::triples::{self, Triple};
use std::collections::BTreeMap;

/// What a column stands for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    Choice(ChoiceId),
    Switch,
    Short(DemandId),
    Undriven(TaskId),
    Roster { crew: CrewId, jobs: Vec<JobId> },
    Route { vehicle: VehicleId, visits: Vec<Visit>, tasks: Vec<TaskId> },
}

/// A column with its entries, kept so that closed models can be built from any part of the pool.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub(crate) kind: Kind,
    pub(crate) cost: f64,
    pub(crate) upper: f64,
    pub(crate) entries: Vec<(Row, f64)>,
}

impl Column {
    /// Whether it must be integral; switches and shortages follow from the rest.
    pub(crate) fn integral(&self) -> bool {
        matches!(self.kind, Kind::Choice(_) | Kind::Roster { .. } | Kind::Route { .. })
    }

    /// Upper limit in the linear program. A roster or route has none of its own: the rows say all, and a limit beside them would
    /// take a part of their duals, so that a column at its limit would seem to be missing.
    fn limit(&self) -> f64 {
        let rows = matches!(self.kind, Kind::Roster { .. } | Kind::Route { .. }) && self.upper > 0.0;
        if rows { f64::INFINITY } else { self.upper }
    }
}

/// The rows of each part of the problem.
#[derive(Clone, Debug, Default)]
struct Rows {
    group: Vec<Row>,
    capacity: Vec<Row>,
    demand: Vec<Row>,
    task: Vec<Row>,
    crew: Vec<Row>,
    vehicle: Vec<Row>,
    /// (crew, job) → exclusion rows.
    exclusion: BTreeMap<(CrewId, JobId), Vec<Row>>,
}

/// The restricted master problem.
#[derive(Debug)]
pub(crate) struct Master<'a> {
    problem: &'a Problem,
    lp: Lp,
    rows: Rows,
    bounds: Vec<(f64, f64)>,
    columns: Vec<Column>,
    /// How many columns are there from the start: all but rosters and routes.
    fixed: usize,
    known_rosters: BTreeMap<(CrewId, Vec<JobId>), Col>,
    known_routes: BTreeMap<(VehicleId, Vec<TaskId>), Col>,
    /// Cuts over three rides.
    triples: BTreeMap<Triple, Row>,
    /// For each crew: its jobs with the demands it counts in.
    demands_of: Vec<Vec<(JobId, Vec<DemandId>)>>,
}

/// Duals of a solved master, by what they price.
#[derive(Clone, Debug)]
pub(crate) struct Duals {
    pub(crate) rows: Vec<f64>,
}

impl Duals {
    /// Dual of a row; rows that came later have none.
    pub(crate) fn of(&self, row: Row) -> f64 {
        self.rows.get(row).copied().unwrap_or(0.0)
    }

    /// `share` of `centre` and the rest of these (Wentges 1997, Int. Trans. Oper. Res. 4(2)).
    pub(crate) fn towards(&self, centre: &Self, share: f64) -> Self {
        let mix = |(at, &dual): (usize, &f64)| share * centre.of(at) + (1.0 - share) * dual;
        Self { rows: self.rows.iter().enumerate().map(mix).collect() }
    }
}

impl<'a> Master<'a> {
    /// The master with every choice and no roster or route; `vehicles` is how many there are of each kind.
    pub(crate) fn new(problem: &'a Problem, vehicles: &[f64]) -> Self {
        let mut master = Self {
            problem,
            lp: Lp::new(),
            rows: Rows::default(),
            bounds: Vec::new(),
            columns: Vec::new(),
            fixed: 0,
            known_rosters: BTreeMap::new(),
            known_routes: BTreeMap::new(),
            triples: BTreeMap::new(),
            demands_of: Vec::new(),
        };
        master.make_rows(vehicles);
        master.make_fixed_columns();
        master.fixed = master.columns.len();
        let mut demands_at: Vec<Vec<DemandId>> = vec![Vec::new(); problem.jobs.len()];
        for (id, demand) in problem.demands.iter().enumerate() {
            demands_at[demand.job].push(id);
        }
        master.demands_of = (0..problem.crews.len())
            .map(|crew| {
                let counts = |&d: &DemandId| problem.demands[d].crews.binary_search(&crew).is_ok();
                let of = |&job: &JobId| (job, demands_at[job].iter().copied().filter(counts).collect());
                problem.crews[crew].jobs.iter().map(of).collect()
            })
            .collect();
        master
    }

    pub(crate) fn problem(&self) -> &'a Problem {
        self.problem
    }

    pub(crate) fn columns(&self) -> &[Column] {
        &self.columns
    }

    pub(crate) fn row_bounds(&self) -> &[(f64, f64)] {
        &self.bounds
    }

    /// The row that says how many columns of a kind may be taken together: of a group, a crew or a vehicle.
    pub(crate) fn block(&self, kind: &Kind) -> Option<Row> {
        match kind {
            Kind::Choice(choice) => Some(self.rows.group[self.problem.choices[*choice].group]),
            Kind::Roster { crew, .. } => Some(self.rows.crew[*crew]),
            Kind::Route { vehicle, .. } => Some(self.rows.vehicle[*vehicle]),
            Kind::Switch | Kind::Short(_) | Kind::Undriven(_) => None,
        }
    }

    pub(crate) fn task_row(&self, task: TaskId) -> Row {
        self.rows.task[task]
    }

    pub(crate) fn lp(&self) -> &Lp {
        &self.lp
    }

    fn row(&mut self, lower: f64, upper: f64) -> Row {
        self.bounds.push((lower, upper));
        self.lp.add_row(lower, upper, &[])
    }

    fn make_rows(&mut self, vehicles: &[f64]) {
        let p = self.problem;
        let most = f64::INFINITY;
        self.rows.group = (0..p.groups).map(|_| self.row(-most, 1.0)).collect();
        self.rows.capacity = p.capacities.iter().map(|c| self.row(-most, c.limit)).collect();
        self.rows.demand = p.demands.iter().map(|d| self.row(d.base, most)).collect();
        self.rows.task = p.tasks.iter().map(|t| self.row(if t.penalty.is_some() { 1.0 } else { 0.0 }, most)).collect();
        self.rows.crew = p.crews.iter().map(|_| self.row(-most, 1.0)).collect();
        self.rows.vehicle = vehicles.iter().map(|&count| self.row(-most, count)).collect();
    }

    /// Choices, switches, shortages and undriven tasks.
    fn make_fixed_columns(&mut self) {
        let p = self.problem;
        let mut switch_entries: Vec<Vec<(Row, f64)>> = vec![Vec::new(); p.switches.len()];
        let mut link: BTreeMap<(GroupId, SwitchId), Row> = BTreeMap::new();
        for (id, switch) in p.switches.iter().enumerate() {
            for &(demand, units) in &switch.needs {
                switch_entries[id].push((self.rows.demand[demand], -units));
            }
            for &(crew, job) in &switch.excludes {
                let row = self.row(f64::NEG_INFINITY, 1.0);
                self.rows.exclusion.entry((crew, job)).or_default().push(row);
                switch_entries[id].push((row, 1.0));
            }
        }
        for choice in &p.choices {
            for &switch in &choice.switches {
                link.entry((choice.group, switch)).or_insert_with(|| {
                    self.bounds.push((f64::NEG_INFINITY, 0.0));
                    let row = self.lp.add_row(f64::NEG_INFINITY, 0.0, &[]);
                    switch_entries[switch].push((row, -1.0));
                    row
                });
            }
        }
        for (id, choice) in p.choices.iter().enumerate() {
            let mut entries = vec![(self.rows.group[choice.group], 1.0)];
            entries.extend(choice.uses.iter().map(|&(c, units)| (self.rows.capacity[c], units)));
            entries.extend(choice.needs.iter().map(|&(d, units)| (self.rows.demand[d], -units)));
            entries.extend(choice.task.map(|t| (self.rows.task[t], -1.0)));
            entries.extend(choice.switches.iter().map(|&s| (link[&(choice.group, s)], 1.0)));
            self.add(Column { kind: Kind::Choice(id), cost: choice.value, upper: 1.0, entries });
        }
        for entries in switch_entries {
            self.add(Column { kind: Kind::Switch, cost: 0.0, upper: 1.0, entries });
        }
        // More than everything that could be asked for is never missing: a finite limit keeps the bound finite.
        let mut most: Vec<f64> = p.demands.iter().map(|d| d.base).collect();
        let needs = p.choices.iter().flat_map(|c| &c.needs).chain(p.switches.iter().flat_map(|s| &s.needs));
        needs.for_each(|&(demand, units)| most[demand] += units);
        for (id, demand) in p.demands.iter().enumerate() {
            if let Some(penalty) = demand.shortage {
                let entries = vec![(self.rows.demand[id], 1.0)];
                self.add(Column { kind: Kind::Short(id), cost: -penalty, upper: most[id], entries });
            }
        }
        for (id, task) in p.tasks.iter().enumerate() {
            if let Some(penalty) = task.penalty {
                let entries = vec![(self.rows.task[id], 1.0)];
                self.add(Column { kind: Kind::Undriven(id), cost: -penalty, upper: 1.0, entries });
            }
        }
    }

    fn add(&mut self, mut column: Column) -> Col {
        merge(&mut column.entries);
        let at = self.lp.add_column(column.cost, 0.0, column.limit(), &column.entries);
        self.columns.push(column);
        at
    }

    /// Adds a roster, or finds it; true when it is new.
    pub(crate) fn add_roster(&mut self, crew: CrewId, jobs: Vec<JobId>) -> (Col, bool) {
        let key = (crew, jobs);
        if let Some(&at) = self.known_rosters.get(&key) {
            return (at, false);
        }
        let p = self.problem;
        let mut entries = vec![(self.rows.crew[crew], 1.0)];
        let mut cost = -p.crews[crew].used;
        for &job in &key.1 {
            cost -= p.job_cost(crew, job);
            entries.extend(p.jobs[job].uses.iter().map(|&(c, units)| (self.rows.capacity[c], units)));
            if let Ok(at) = self.demands_of[crew].binary_search_by_key(&job, |d| d.0) {
                entries.extend(self.demands_of[crew][at].1.iter().map(|&d| (self.rows.demand[d], 1.0)));
            }
            entries.extend(self.rows.exclusion.get(&(crew, job)).into_iter().flatten().map(|&row| (row, 1.0)));
        }
        let kind = Kind::Roster { crew, jobs: key.1.clone() };
        let at = self.add(Column { kind, cost, upper: 1.0, entries });
        self.known_rosters.insert(key, at);
        (at, true)
    }

    /// Adds a route with its cost; when one with the same tasks is there, the cheaper stays. True when the pool changed.
    pub(crate) fn add_route(&mut self, vehicle: VehicleId, visits: Vec<Visit>, cost: f64) -> (Col, bool) {
        let mut tasks: Vec<TaskId> = visits.iter().filter(|v| v.pickup).map(|v| v.task).collect();
        tasks.sort_unstable();
        let key = (vehicle, tasks.clone());
        let mut entries = vec![(self.rows.vehicle[vehicle], 1.0)];
        entries.extend(tasks.iter().map(|&t| (self.rows.task[t], 1.0)));
        let counts = |triple: &Triple| triples::counts(self.problem, triple, tasks.iter().copied());
        entries.extend(self.triples.iter().filter(|(triple, _)| counts(triple)).map(|(_, &row)| (row, 1.0)));
        if let Some(&at) = self.known_routes.get(&key) {
            if self.columns[at].cost >= -cost - 1e-7 {
                return (at, false);
            }
            self.lp.set_bounds(at, 0.0, 0.0);
            self.columns[at].upper = 0.0;
        }
        let kind = Kind::Route { vehicle, visits, tasks };
        let at = self.add(Column { kind, cost: -cost, upper: 1.0, entries });
        self.known_routes.insert(key, at);
        (at, true)
    }

    /// Adds a cut over choices: Σ coefficient × choice ≤ limit.
    pub(crate) fn add_cut(&mut self, terms: &[(Col, f64)], limit: f64) {
        let row = self.lp.add_row(f64::NEG_INFINITY, limit, terms);
        self.bounds.push((f64::NEG_INFINITY, limit));
        for &(column, coefficient) in terms {
            self.columns[column].entries.push((row, coefficient));
        }
    }

    /// Adds the cut of a triple: at most one route that drives two of it.
    pub(crate) fn add_triple(&mut self, triple: Triple) {
        let terms = triples::columns(self, &triple);
        self.triples.insert(triple, self.bounds.len());
        self.add_cut(&terms, 1.0);
    }

    /// Whether there is a cut of this triple.
    pub(crate) fn has_triple(&self, triple: &Triple) -> bool {
        self.triples.contains_key(triple)
    }

    /// What a route that drives two of a triple pays for it at these duals, where that is anything.
    pub(crate) fn triple_prices(&self, duals: &Duals) -> Vec<(Triple, f64)> {
        let priced = self.triples.iter().map(|(&triple, &row)| (triple, duals.of(row).max(0.0)));
        priced.filter(|(_, price)| *price > 0.0).collect()
    }

    /// Lets a choice be taken, or not.
    pub(crate) fn open_choice(&mut self, choice: ChoiceId, open: bool) {
        let upper = f64::from(u8::from(open));
        self.columns[choice].upper = upper;
        self.lp.set_bounds(choice, 0.0, upper);
    }

    /// Makes a choice worth so much more than it is.
    pub(crate) fn favour_choice(&mut self, choice: ChoiceId, premium: f64) {
        let cost = self.problem.choices[choice].value + premium;
        self.columns[choice].cost = cost;
        self.lp.set_cost(choice, cost);
    }

    /// Fixes a column at one in the linear program.
    pub(crate) fn fix(&mut self, column: Col) {
        self.lp.set_bounds(column, 1.0, 1.0);
    }

    /// Fixes a column no longer.
    pub(crate) fn release(&mut self, column: Col) {
        self.lp.set_bounds(column, 0.0, self.columns[column].limit());
    }

    /// Solves the linear program.
    pub(crate) fn solve(&mut self, control: &dyn Control) -> LpStatus {
        self.lp.solve(control)
    }

    /// Duals of the last solve, with a sign that bounds the objective.
    pub(crate) fn duals(&self) -> Duals {
        let mut rows = self.lp.duals().to_vec();
        for (dual, (lower, upper)) in rows.iter_mut().zip(&self.bounds) {
            if *dual > 0.0 && upper.is_infinite() || *dual < 0.0 && lower.is_infinite() {
                *dual = 0.0;
            }
        }
        Duals { rows }
    }

    /// What every solution is worth at most at these duals, rosters and routes aside: Σ dual × limit over the rows, and
    /// what choices, switches and shortages still gain. With the best roster of each crew and the best route of each
    /// vehicle it bounds the objective, whatever the duals (Lagrange).
    pub(crate) fn lagrange(&self, duals: &Duals) -> f64 {
        let at_limit = |(dual, &(lower, upper)): (&f64, &(f64, f64))| {
            if *dual > 0.0 {
                dual * upper
            } else if *dual < 0.0 {
                dual * lower
            } else {
                0.0
            }
        };
        let rows: f64 = duals.rows.iter().zip(&self.bounds).map(at_limit).sum();
        let gain = |column: &Column| {
            let reduced = column.cost - column.entries.iter().map(|&(r, a)| a * duals.of(r)).sum::<f64>();
            if reduced <= 0.0 { 0.0 } else { reduced * column.upper }
        };
        rows + self.columns[..self.fixed].iter().map(gain).sum::<f64>()
    }

    /// The same duals with the gain of driving each task as low as it may be: its choices become worth more by that, up to what
    /// their group is worth. The bound of [`Self::lagrange`] is the same, and there is less for routes to gain.
    pub(crate) fn least_rewards(&self, mut duals: Duals) -> Duals {
        let mut spare = vec![f64::INFINITY; self.problem.tasks.len()];
        for (choice, column) in self.problem.choices.iter().zip(&self.columns) {
            let Some(task) = choice.task else { continue };
            let reduced = column.cost - column.entries.iter().map(|&(r, a)| a * duals.of(r)).sum::<f64>();
            spare[task] = spare[task].min(-reduced);
        }
        for ((task, spare), &row) in self.problem.tasks.iter().zip(spare).zip(&self.rows.task) {
            if task.penalty.is_none() && spare > 0.0 {
                duals.rows[row] = (duals.rows[row] + spare).min(0.0);
            }
        }
        duals
    }

    /// Gain of driving each task at these duals.
    pub(crate) fn task_rewards(&self, duals: &Duals) -> Vec<f64> {
        self.rows.task.iter().map(|&row| -duals.rows[row]).collect()
    }

    /// The same, where a task that nothing asks for costs what taking its cheapest choice would lose: in a solution a task
    /// is driven only when a choice asks for it, so that its row holds with equality and its dual may have either sign.
    pub(crate) fn signed_rewards(&self, duals: &Duals) -> Vec<f64> {
        let mut best = vec![f64::NEG_INFINITY; self.problem.tasks.len()];
        for (choice, column) in self.problem.choices.iter().zip(&self.columns) {
            let Some(task) = choice.task else { continue };
            let reduced = column.cost - column.entries.iter().map(|&(r, a)| a * duals.of(r)).sum::<f64>();
            best[task] = best[task].max(reduced);
        }
        let signed = |(reward, (task, best)): (f64, (&Task, f64))| {
            if reward > 0.0 || task.penalty.is_some() { reward } else { best.min(0.0) }
        };
        self.task_rewards(duals).into_iter().zip(self.problem.tasks.iter().zip(best)).map(signed).collect()
    }

    /// Dual of a vehicle: what one more route of it is worth.
    pub(crate) fn vehicle_dual(&self, duals: &Duals, vehicle: VehicleId) -> f64 {
        duals.rows[self.rows.vehicle[vehicle]].max(0.0)
    }

    /// Dual of a crew.
    pub(crate) fn crew_dual(&self, duals: &Duals, crew: CrewId) -> f64 {
        duals.rows[self.rows.crew[crew]].max(0.0)
    }

    /// What one more unit of each capacity is worth at these duals.
    pub(crate) fn capacity_prices(&self, duals: &Duals) -> Vec<f64> {
        self.rows.capacity.iter().map(|&row| duals.of(row).max(0.0)).collect()
    }

    /// What one person more for each demand is worth at these duals.
    pub(crate) fn demand_prices(&self, duals: &Duals) -> Vec<f64> {
        self.rows.demand.iter().map(|&row| (-duals.of(row)).max(0.0)).collect()
    }

    /// Gain of a crew doing each of its jobs at these duals, net of the job's cost.
    pub(crate) fn job_rewards(&self, duals: &Duals, crew: CrewId) -> Vec<(JobId, f64)> {
        let p = self.problem;
        let reward = |(job, demands): &(JobId, Vec<DemandId>)| {
            let data = &p.jobs[*job];
            let mut sum = -p.job_cost(crew, *job);
            sum -= demands.iter().map(|&d| duals.rows[self.rows.demand[d]]).sum::<f64>();
            sum -= data.uses.iter().map(|&(c, units)| units * duals.rows[self.rows.capacity[c]]).sum::<f64>();
            let rows = self.rows.exclusion.get(&(crew, *job));
            sum -= rows.into_iter().flatten().map(|&row| duals.rows[row]).sum::<f64>();
            (*job, sum)
        };
        self.demands_of[crew].iter().map(reward).collect()
    }

    /// The column of a choice.
    pub(crate) fn find_choice(&self, choice: ChoiceId) -> Option<Col> {
        (choice < self.problem.choices.len()).then_some(choice)
    }

    /// The column of a roster, when it is in the pool.
    pub(crate) fn find_roster(&self, crew: CrewId, jobs: &[JobId]) -> Option<Col> {
        self.known_rosters.get(&(crew, jobs.to_vec())).copied()
    }

    /// The column of a vehicle's route over these tasks, when it is in the pool.
    pub(crate) fn find_route(&self, vehicle: VehicleId, mut tasks: Vec<TaskId>) -> Option<Col> {
        tasks.sort_unstable();
        self.known_routes.get(&(vehicle, tasks)).copied()
    }

    /// The capacity rows as knapsacks over choices: (limit, terms).
    pub(crate) fn knapsacks(&self) -> Vec<(f64, Vec<(Col, f64)>)> {
        let mut sacks: Vec<(f64, Vec<(Col, f64)>)> =
            self.problem.capacities.iter().map(|c| (c.limit, Vec::new())).collect();
        for (at, column) in self.columns.iter().enumerate() {
            if let Kind::Choice(id) = column.kind {
                for &(capacity, units) in &self.problem.choices[id].uses {
                    sacks[capacity].1.push((at, units));
                }
            }
        }
        sacks
    }
}

/// Sums entries of the same row.
fn merge(entries: &mut Vec<(Row, f64)>) {
    entries.sort_by_key(|e| e.0);
    entries.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
    entries.retain(|e| e.1 != 0.0);
}
