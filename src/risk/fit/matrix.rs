//! Symmetric positive definite systems of a few dozen unknowns, by Cholesky.

/// A square matrix, row by row.
#[derive(Clone, Debug)]
pub(crate) struct Matrix {
    size: usize,
    cells: Vec<f64>,
}

/// The lower triangle L of A = L·Lᵀ.
#[derive(Clone, Debug)]
pub(crate) struct Cholesky(Matrix);

impl Matrix {
    pub(crate) fn new(size: usize) -> Self {
        Self { size, cells: vec![0.0; size * size] }
    }

    pub(crate) fn get(&self, row: usize, column: usize) -> f64 {
        self.cells[row * self.size + column]
    }

    pub(crate) fn set(&mut self, row: usize, column: usize, value: f64) {
        self.cells[row * self.size + column] = value;
    }

    pub(crate) fn add(&mut self, row: usize, column: usize, value: f64) {
        self.cells[row * self.size + column] += value;
    }

    /// Its rows and columns at these positions.
    pub(crate) fn part(&self, at: &[usize]) -> Self {
        let mut part = Self::new(at.len());
        for (row, &from_row) in at.iter().enumerate() {
            for (column, &from_column) in at.iter().enumerate() {
                part.set(row, column, self.get(from_row, from_column));
            }
        }
        part
    }

    pub(crate) fn times(&self, vector: &[f64]) -> Vec<f64> {
        let row = |row: usize| (0..self.size).map(|column| self.get(row, column) * vector[column]).sum();
        (0..self.size).map(row).collect()
    }

    /// The factor; a pivot that is not positive is lifted to a small one, so that what is not identified gets a wide interval
    /// rather than none.
    pub(crate) fn cholesky(&self) -> Cholesky {
        let mut lower = Self::new(self.size);
        for row in 0..self.size {
            for column in 0..=row {
                let dot: f64 = (0..column).map(|k| lower.get(row, k) * lower.get(column, k)).sum();
                let rest = self.get(row, column) - dot;
                let value = if row == column {
                    rest.max(1e-12 * self.get(row, row).abs().max(1e-6)).sqrt()
                } else {
                    rest / lower.get(column, column)
                };
                lower.set(row, column, value);
            }
        }
        Cholesky(lower)
    }
}

impl Cholesky {
    /// x of A·x = b.
    pub(crate) fn solve(&self, b: &[f64]) -> Vec<f64> {
        let (lower, size) = (&self.0, self.0.size);
        let mut x = b.to_vec();
        for row in 0..size {
            let dot: f64 = (0..row).map(|k| lower.get(row, k) * x[k]).sum();
            x[row] = (x[row] - dot) / lower.get(row, row);
        }
        for row in (0..size).rev() {
            let dot: f64 = (row + 1..size).map(|k| lower.get(k, row) * x[k]).sum();
            x[row] = (x[row] - dot) / lower.get(row, row);
        }
        x
    }

    /// The inverse of A.
    pub(crate) fn inverse(&self) -> Matrix {
        let size = self.0.size;
        let mut inverse = Matrix::new(size);
        for column in 0..size {
            let mut unit = vec![0.0; size];
            unit[column] = 1.0;
            for (row, value) in self.solve(&unit).into_iter().enumerate() {
                inverse.set(row, column, value);
            }
        }
        inverse
    }

    /// log |A|.
    pub(crate) fn log_determinant(&self) -> f64 {
        2.0 * (0..self.0.size).map(|at| self.0.get(at, at).ln()).sum::<f64>()
    }
}
