//! What leaving an option costs in a plan under way (section 10 of the specification), so that an option that is worth less
//! than its tickets and team is offered all the same where dropping it would cost more.

use crate::units::Euro;
use std::collections::{BTreeMap, BTreeSet};

/// Costs of change that hang on options.
#[derive(Clone, Debug, Default)]
pub struct Stakes {
    /// What taking a case (position in `Week::cases`) off these legs (positions in `Week::legs`) costs.
    pub off: BTreeMap<(usize, Vec<usize>), Euro>,
    /// What each member costs who leaves the team on these legs.
    pub member: BTreeMap<Vec<usize>, Euro>,
    /// Cases (positions in `Week::cases`) that depart whatever it costs.
    pub departs: BTreeSet<usize>,
}

/// More than any departure costs.
pub(crate) const WHATEVER: Euro = Euro::new(1e12);

impl Stakes {
    /// The most that dropping a case from legs can cost, with so many people in its own team.
    pub(super) fn of(&self, case: usize, legs: &[usize], team: u32) -> Euro {
        if self.departs.contains(&case) {
            return WHATEVER;
        }
        if self.off.is_empty() && self.member.is_empty() {
            return Euro::ZERO;
        }
        let off = self.off.get(&(case, legs.to_vec())).copied().unwrap_or_default();
        off + self.member.get(legs).copied().unwrap_or_default() * f64::from(team)
    }
}
