//! Money by kind (section 7), summed over the parts of the plan itself rather than taken from the solver.

use crate::plan::Money;
use crate::units::Euro;

impl Money {
    /// Value less everything that it costs.
    pub fn objective(&self) -> Euro {
        self.value - self.tickets - self.escorts - self.transport - self.unmet
    }

    /// Every kind rounded to whole cents.
    pub(super) fn to_cents(self) -> Self {
        Self {
            value: self.value.to_cents(),
            tickets: self.tickets.to_cents(),
            escorts: self.escorts.to_cents(),
            transport: self.transport.to_cents(),
            unmet: self.unmet.to_cents(),
        }
    }
}
