//! Rides that are not worth driving: a better-paid one could take their place, or they bring nothing and do not shorten the way.

use super::{Effort, Label, Mode, Open, ROOT, SLACK, Search, UNTRACKED};

impl<const W: usize> Search<'_, W> {
    /// Whether a ride that brings nothing could have shortened the way: at its pickup or at its delivery, for some next stop.
    /// Kilometres alone count only as far as they could be worth what the ride costs.
    pub(super) fn shortens(&self, at: u32, label: &Label<W>, mode: u32) -> bool {
        let m = &self.modes[mode as usize];
        if -m.reward <= self.space.least_lure || self.space.shortcuts.at(label.place, m.delivery) {
            return true;
        }
        let mut walk = at;
        while self.labels[walk as usize].parent != ROOT {
            let l = &self.labels[walk as usize];
            walk = l.parent;
            if l.visit == (mode, true) {
                return self.space.shortcuts.at(self.labels[walk as usize].place, m.pickup);
            }
        }
        true
    }

    /// Whether mode `i` could ride instead of `j` that is picked up at `from` or later, whatever the schedule.
    pub(super) fn could_replace(&self, i: &Mode, j: &Mode, from: f64) -> bool {
        let drive = self.space.roads.minutes(j.pickup, j.delivery);
        i.pickup_from <= from && i.delivery_from <= j.delivery_from.max(from + j.load + drive)
    }

    /// The exchange, at the end of a ride: some better-paid ride could have taken its place, and was not aboard with it.
    pub(super) fn outpaid(&self, at: u32, label: &Label<W>, mode: u32) -> bool {
        let mut with: Vec<usize> = Vec::new();
        let mut walk = at;
        let from = loop {
            let l = &self.labels[walk as usize];
            if l.parent == ROOT {
                return false;
            }
            if l.visit.1 {
                with.push(self.modes[l.visit.0 as usize].element);
            }
            if l.visit == (mode, true) {
                let opens = &self.opens[l.open.0 as usize..][..l.open.1 as usize];
                with.extend(opens.iter().map(|o| self.modes[o.mode as usize].element));
                break l.ready - self.modes[mode as usize].load;
            }
            walk = l.parent;
        };
        let j = &self.modes[mode as usize];
        self.covers[mode as usize].iter().any(|&i| {
            let i = &self.modes[i as usize];
            self.free_to_replace(label, i, j) && !with.contains(&i.element) && self.could_replace(i, j, from)
        })
    }

    /// Whether taking `i` for `j` could never serve a critical element twice. For the quick efforts, whether `i` is left.
    pub(super) fn free_to_replace(&self, label: &Label<W>, i: &Mode, j: &Mode) -> bool {
        match self.request.effort {
            Effort::Exact | Effort::All => i.bits[0] == UNTRACKED,
            Effort::Coarse { .. } => i.element != j.element && !label.has(i.bits[0]),
        }
    }

    /// The exchange, at the start of a ride: more better-paid rides would have to come along than there is room for.
    pub(super) fn hopelessly_outpaid(
        &self,
        label: &Label<W>,
        open: &[Open],
        j: &Mode,
        covers: &[u32],
        start: f64,
        seats: u32,
    ) -> bool {
        let v = &self.problem.vehicles[self.request.vehicle];
        let room = v.seats - seats;
        let spare = j.reach - j.load - self.request.drives.minutes(j.pickup, j.delivery);
        let mut missing: Vec<usize> = Vec::new();
        let mut loads = 0.0;
        for &i in covers {
            let i = &self.modes[i as usize];
            if i.element == j.element {
                // Another ride of the same: it can never come along, and replaces this one whatever is critical.
                if self.request.effort == Effort::Exact && self.could_replace(i, j, start) {
                    return true;
                }
                continue;
            }
            if !self.free_to_replace(label, i, j)
                || missing.contains(&i.element)
                || open.iter().any(|o| self.modes[o.mode as usize].element == i.element)
                || !self.could_replace(i, j, start)
            {
                continue;
            }
            missing.push(i.element);
            // Coming along after it costs its ride at least this one's loading.
            loads += i.load;
            if missing.len() > room as usize || loads > spare + SLACK {
                return true;
            }
        }
        false
    }
}
