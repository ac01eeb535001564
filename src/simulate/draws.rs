//! Common random numbers: in one run every case, flight and vehicle has its luck, whatever the plan does with it.

use crate::dice::Dice;
use crate::week::Week;

/// What fate holds for one case.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct CaseDraw {
    /// Hazard that absence, procedure, preparation and other causes bear before they happen; mean 1 each.
    pub(super) bears: [f64; 4],
    /// In [0, 1): whether the carrier refuses on the day.
    pub(super) refusal: f64,
}

/// The draws of one run.
#[derive(Debug)]
pub(super) struct Draws {
    seed: u64,
    /// By position in `Week::cases`.
    pub(super) cases: Vec<CaseDraw>,
    /// In [0, 1), by position in `Week::legs`.
    pub(super) legs: Vec<f64>,
    /// Delay as a multiple of its mean, by position in `Week::shifts`.
    pub(super) shifts: Vec<f64>,
}

impl Draws {
    pub(super) fn new(week: &Week, seed: u64) -> Self {
        Self {
            seed,
            cases: vec![CaseDraw::default(); week.cases.len()],
            legs: vec![0.0; week.legs.len()],
            shifts: vec![0.0; week.shifts.len()],
        }
    }

    /// Draws anew for a run: the same for the same seed and run.
    pub(super) fn next(&mut self, run: usize) {
        let mut dice = Dice::stream(self.seed, run as u64);
        for case in &mut self.cases {
            case.bears = std::array::from_fn(|_| dice.exponential());
            case.refusal = dice.unit();
        }
        self.legs.iter_mut().for_each(|leg| *leg = dice.unit());
        self.shifts.iter_mut().for_each(|shift| *shift = dice.exponential());
    }
}
