//! The likelihood of competing risks with a known ending: a departure goes through with chance exp(−H) and is cancelled by
//! cause k with chance (1 − exp(−H))·H_k / H. Every H_k is linear in the coefficients.

use super::cells::Cell;
use super::coefficient::{COUNT, Row};
use super::matrix::Matrix;

/// Hazards below this count as this: the logarithm stays finite.
const LEAST: f64 = 1e-12;

/// The gradient of the log likelihood, and the information that is expected of such states.
pub(crate) struct Slope {
    pub(crate) score: Row,
    pub(crate) information: Matrix,
}

fn hazards(cell: &Cell, row: &Row) -> [f64; 4] {
    let mut hazards = [0.0; 4];
    for &(at, cause, exposure) in &cell.acting[..cell.acts] {
        hazards[cause] += row[at] * exposure;
    }
    hazards
}

/// log((1 − exp(−H)) / H) and its derivative.
fn cancelled(total: f64) -> (f64, f64) {
    if total < 1e-6 {
        return (-total / 2.0, -0.5 + total / 12.0);
    }
    ((-(-total).exp_m1() / total).ln(), 1.0 / total.exp_m1() - 1.0 / total)
}

/// The log likelihood of cells.
pub(crate) fn log_likelihood(cells: &[Cell], row: &Row) -> f64 {
    cells.iter().map(|cell| of_cell(cell, row)).sum()
}

fn of_cell(cell: &Cell, row: &Row) -> f64 {
    let hazards = hazards(cell, row);
    let total: f64 = hazards.iter().sum();
    let gone: f64 = cell.counts[1..].iter().sum();
    let through = -total * cell.counts[0];
    if gone == 0.0 {
        return through;
    }
    let causes = hazards.iter().zip(&cell.counts[1..]).filter(|(_, count)| **count > 0.0);
    through + gone * cancelled(total).0 + causes.map(|(hazard, count)| count * hazard.max(LEAST).ln()).sum::<f64>()
}

/// Gradient at a row and expected information at another, `steady`: where nothing was seen of a hazard the information would
/// be without end, so a row with half an event in it stands in.
pub(crate) fn slope(cells: &[Cell], row: &Row, steady: &Row) -> Slope {
    let mut slope = Slope { score: [0.0; COUNT], information: Matrix::new(COUNT) };
    for cell in cells {
        let at_row = hazards(cell, row);
        let (_, rate) = cancelled(at_row.iter().sum());
        let gone: f64 = cell.counts[1..].iter().sum();
        let mut score = [-cell.counts[0] + gone * rate; 4];
        for (cause, hazard) in at_row.iter().enumerate() {
            score[cause] += cell.counts[cause + 1] / hazard.max(LEAST);
        }
        let expected = hazards(cell, steady);
        let total: f64 = expected.iter().sum();
        let (_, rate) = cancelled(total);
        let through = (-total).exp();
        let weight = (1.0 - through) / total;
        let all = cell.total();
        let common = all * (through + (1.0 - through) * rate * rate + 2.0 * rate * weight);
        for &(at, cause, exposure) in &cell.acting[..cell.acts] {
            slope.score[at] += score[cause] * exposure;
            for &(other, other_cause, other_exposure) in &cell.acting[..cell.acts] {
                let own = if cause == other_cause { all * weight / expected[cause] } else { 0.0 };
                slope.information.add(at, other, (common + own) * exposure * other_exposure);
            }
        }
    }
    slope
}

/// What each coefficient has been exposed to: departures, or departures times days.
pub(crate) fn exposures(cells: &[Cell]) -> Row {
    let mut exposures = [0.0; COUNT];
    for cell in cells {
        for &(at, _, exposure) in &cell.acting[..cell.acts] {
            exposures[at] += exposure * cell.total();
        }
    }
    exposures
}
