//! The one door to HiGHS (Huangfu & Hall 2018, Math. Prog. Comp. 10): linear programs that grow by rows and columns and keep
//! their basis, and closed integer programs with a start, a bound and interruption.
//!
//! All `unsafe` of the project stands here. The reasons are the same everywhere: the C interface takes an opaque
//! pointer, which [`Lp`] owns from `Highs_create` to `Highs_destroy` and never shares, and arrays with their lengths,
//! which are passed from live slices of exactly that length. Every instance runs on one thread, because HiGHS demands
//! one thread count for all instances of a process.
#![expect(unsafe_code, reason = "the C interface of HiGHS; see the header of this file")]

use crate::problem::Control;
use highs_sys::*;
use std::ffi::{CStr, c_char, c_void};
use std::ptr::{null, null_mut};

/// Index of a column of an [`Lp`].
pub(crate) type Col = usize;
/// HiGHS's word for a feasible primal solution.
const SOLUTION_STATUS_FEASIBLE: HighsInt = 2;

/// Index of a row of an [`Lp`].
pub(crate) type Row = usize;

/// How a solve ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LpStatus {
    /// Solved to optimality.
    Optimal,
    /// There is no feasible point.
    Infeasible,
    /// Stopped by the control, or given up by HiGHS.
    Stopped,
}

/// What an integer solve found.
#[derive(Clone, Debug)]
pub(crate) struct MipResult {
    /// Values of all columns, when a feasible point was found.
    pub(crate) values: Option<Vec<f64>>,
    /// Upper bound on the objective over the columns given (infinite when unknown).
    pub(crate) bound: f64,
    /// The gap asked for is closed (or infeasibility is proven).
    pub(crate) proven: bool,
}

/// A maximisation problem inside HiGHS.
#[derive(Debug)]
pub(crate) struct Lp {
    raw: *mut c_void,
    costs: Vec<f64>,
    rows: usize,
    values: Vec<f64>,
    duals: Vec<f64>,
    reduced: Vec<f64>,
    objective: f64,
}

/// What the interrupt callback looks at.
struct Watch<'a> {
    control: &'a dyn Control,
}

/// Asks HiGHS to stop when the control says so.
extern "C" fn interrupt(
    _kind: std::ffi::c_int,
    _message: *const c_char,
    _out: *const HighsCallbackDataOut,
    input: *mut HighsCallbackDataIn,
    user: *mut c_void,
) {
    // SAFETY: `user` is the address of a `Watch` that outlives the run in `Lp::run`, and `input` is either null or
    // points to HiGHS's own live record during the call.
    unsafe {
        let watch = &*(user as *const Watch<'_>);
        if let Some(input) = input.as_mut()
            && watch.control.seconds_left() <= 0.0
        {
            input.user_interrupt = 1;
        }
    }
}

fn int(n: usize) -> HighsInt {
    HighsInt::try_from(n).unwrap_or(HighsInt::MAX)
}

fn split(entries: &[(usize, f64)]) -> (Vec<HighsInt>, Vec<f64>) {
    entries.iter().map(|&(i, v)| (int(i), v)).unzip()
}

impl Lp {
    /// An empty maximisation problem.
    pub(crate) fn new() -> Self {
        // SAFETY: creates an instance that `self` owns until `drop`.
        let raw = unsafe { Highs_create() };
        let mut lp = Self {
            raw,
            costs: Vec::new(),
            rows: 0,
            values: Vec::new(),
            duals: Vec::new(),
            reduced: Vec::new(),
            objective: 0.0,
        };
        lp.set_flag(c"output_flag", false);
        lp.set_int(c"threads", 1);
        lp.set_text(c"parallel", c"off");
        // SAFETY: `raw` is live.
        unsafe { Highs_changeObjectiveSense(lp.raw, OBJECTIVE_SENSE_MAXIMIZE) };
        lp
    }

    fn set_flag(&mut self, name: &CStr, on: bool) {
        // SAFETY: live instance, NUL-terminated name.
        unsafe { Highs_setBoolOptionValue(self.raw, name.as_ptr(), HighsInt::from(on)) };
    }

    /// Sets an integer option of HiGHS.
    pub(crate) fn set_int(&mut self, name: &CStr, value: usize) {
        // SAFETY: live instance, NUL-terminated name.
        unsafe { Highs_setIntOptionValue(self.raw, name.as_ptr(), int(value)) };
    }

    /// Sets a real option of HiGHS.
    pub(crate) fn set_real(&mut self, name: &CStr, value: f64) {
        // SAFETY: live instance, NUL-terminated name.
        unsafe { Highs_setDoubleOptionValue(self.raw, name.as_ptr(), value) };
    }

    /// Sets a text option of HiGHS.
    pub(crate) fn set_text(&mut self, name: &CStr, value: &CStr) {
        // SAFETY: live instance, NUL-terminated name and value.
        unsafe { Highs_setStringOptionValue(self.raw, name.as_ptr(), value.as_ptr()) };
    }

    /// Adds a row over existing columns.
    pub(crate) fn add_row(&mut self, lower: f64, upper: f64, entries: &[(Col, f64)]) -> Row {
        let (index, value) = split(entries);
        // SAFETY: the arrays hold `index.len()` entries.
        unsafe { Highs_addRow(self.raw, lower, upper, int(index.len()), index.as_ptr(), value.as_ptr()) };
        self.rows += 1;
        self.rows - 1
    }

    /// Adds a column over existing rows.
    pub(crate) fn add_column(&mut self, cost: f64, lower: f64, upper: f64, entries: &[(Row, f64)]) -> Col {
        let (index, value) = split(entries);
        // SAFETY: the arrays hold `index.len()` entries.
        unsafe { Highs_addCol(self.raw, cost, lower, upper, int(index.len()), index.as_ptr(), value.as_ptr()) };
        self.costs.push(cost);
        self.costs.len() - 1
    }

    /// Changes the cost of a column.
    pub(crate) fn set_cost(&mut self, column: Col, cost: f64) {
        // SAFETY: live instance; HiGHS refuses an index out of range.
        unsafe { Highs_changeColCost(self.raw, int(column), cost) };
        if let Some(old) = self.costs.get_mut(column) {
            *old = cost;
        }
    }

    /// Changes the bounds of a column.
    pub(crate) fn set_bounds(&mut self, column: Col, lower: f64, upper: f64) {
        // SAFETY: live instance; HiGHS refuses an index out of range.
        unsafe { Highs_changeColBounds(self.raw, int(column), lower, upper) };
    }

    /// Runs HiGHS until done, or until the control says stop.
    fn run(&mut self, control: &dyn Control) -> HighsInt {
        // HiGHS presolves without asking the callback.
        self.set_real(c"time_limit", control.seconds_left().max(0.0));
        let mut watch = Watch { control };
        let user = (&raw mut watch).cast::<c_void>();
        // SAFETY: `watch` lives until the end of this function, the callbacks are stopped before it ends.
        unsafe {
            Highs_setCallback(self.raw, Some(interrupt), user);
            for kind in [kHighsCallbackSimplexInterrupt, kHighsCallbackMipInterrupt, kHighsCallbackIpmInterrupt] {
                Highs_startCallback(self.raw, kind);
            }
            Highs_zeroAllClocks(self.raw);
            Highs_run(self.raw);
            for kind in [kHighsCallbackSimplexInterrupt, kHighsCallbackMipInterrupt, kHighsCallbackIpmInterrupt] {
                Highs_stopCallback(self.raw, kind);
            }
            Highs_getModelStatus(self.raw)
        }
    }

    fn read_solution(&mut self) {
        self.values.resize(self.costs.len(), 0.0);
        self.reduced.resize(self.costs.len(), 0.0);
        self.duals.resize(self.rows, 0.0);
        // SAFETY: live instance.
        self.objective = unsafe { Highs_getObjectiveValue(self.raw) };
        // SAFETY: the arrays have one entry a column and a row; null asks for nothing.
        unsafe {
            Highs_getSolution(
                self.raw,
                self.values.as_mut_ptr(),
                self.reduced.as_mut_ptr(),
                null_mut(),
                self.duals.as_mut_ptr(),
            )
        };
    }

    /// Solves the linear program, from the basis of the last solve where there is one.
    pub(crate) fn solve(&mut self, control: &dyn Control) -> LpStatus {
        if control.seconds_left() <= 0.0 {
            return LpStatus::Stopped;
        }
        match self.run(control) {
            MODEL_STATUS_OPTIMAL | MODEL_STATUS_MODEL_EMPTY => {
                self.read_solution();
                LpStatus::Optimal
            }
            MODEL_STATUS_INFEASIBLE | MODEL_STATUS_UNBOUNDED_OR_INFEASIBLE => LpStatus::Infeasible,
            _ => LpStatus::Stopped,
        }
    }

    /// Values of the columns in the last optimal solution.
    pub(crate) fn values(&self) -> &[f64] {
        &self.values
    }

    /// Duals of the rows in the last optimal solution: the objective gained per unit of right-hand side.
    pub(crate) fn duals(&self) -> &[f64] {
        &self.duals
    }

    /// Reduced costs of the columns in the last optimal solution.
    pub(crate) fn reduced(&self) -> &[f64] {
        &self.reduced
    }

    /// Objective of the last solve, also when columns have come since.
    pub(crate) fn objective(&self) -> f64 {
        self.objective
    }

    /// Solves with `integer` columns integral, from `start` when given, to within `gap` relative.
    pub(crate) fn solve_integer(
        &mut self,
        integer: &[Col],
        start: Option<&[f64]>,
        gap: f64,
        control: &dyn Control,
    ) -> MipResult {
        self.set_real(c"mip_rel_gap", gap);
        self.set_real(c"mip_abs_gap", 1e-7);
        self.set_real(c"mip_feasibility_tolerance", 1e-9);
        self.set_real(c"primal_feasibility_tolerance", 1e-9);
        for &column in integer {
            // SAFETY: live instance; HiGHS refuses an index out of range.
            unsafe { Highs_changeColIntegrality(self.raw, int(column), VAR_TYPE_INTEGER) };
        }
        if let Some(start) = start.filter(|s| s.len() == self.costs.len()) {
            // SAFETY: `start` has one entry a column; the null arrays are optional.
            unsafe { Highs_setSolution(self.raw, start.as_ptr(), null(), null(), null()) };
        }
        let mut status = self.run(control);
        let mut feasible = self.read_integer();
        let stated: f64 = self.costs.iter().zip(&self.values).map(|(c, v)| c * v).sum();
        if feasible && start.is_some() && (stated - self.objective()).abs() > 1e-6 * stated.abs().max(1.0) {
            // HiGHS 1.16 gives the start back as its solution when presolve alone solves the program.
            // SAFETY: live instance.
            unsafe { Highs_clearSolver(self.raw) };
            status = self.run(control);
            feasible = self.read_integer();
        }
        let mut bound = f64::INFINITY;
        // SAFETY: live instance, NUL-terminated name, a place for one value.
        unsafe { Highs_getDoubleInfoValue(self.raw, c"mip_dual_bound".as_ptr(), &raw mut bound) };
        let proven = matches!(status, MODEL_STATUS_OPTIMAL | MODEL_STATUS_INFEASIBLE | MODEL_STATUS_MODEL_EMPTY);
        if status == MODEL_STATUS_INFEASIBLE {
            bound = f64::NEG_INFINITY;
        } else if integer.is_empty() && status == MODEL_STATUS_OPTIMAL {
            // HiGHS has solved a linear program and knows no bound of an integer one.
            bound = self.objective();
        }
        MipResult { values: feasible.then(|| self.values.clone()), bound, proven }
    }

    /// Reads the solution of an integer run; false when it found none.
    fn read_integer(&mut self) -> bool {
        let mut primal: HighsInt = 0;
        // SAFETY: live instance, NUL-terminated name, a place for one value.
        unsafe { Highs_getIntInfoValue(self.raw, c"primal_solution_status".as_ptr(), &raw mut primal) };
        let feasible = primal == SOLUTION_STATUS_FEASIBLE;
        if feasible {
            self.read_solution();
        }
        feasible
    }
}

impl Drop for Lp {
    fn drop(&mut self) {
        // SAFETY: `raw` came from `Highs_create` and is destroyed once.
        unsafe { Highs_destroy(self.raw) }
    }
}
