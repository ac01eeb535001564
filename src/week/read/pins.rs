//! `pins.csv`: what planners have fixed by hand. An addition to the specification; a folder without it is as the
//! specification says.

use super::csv_table::{Row, columns, each};
use super::fields::List;
use super::folder::Folder;
use super::keep;
use super::log::Log;
use super::references::{Ids, Known};
use crate::week::diagnostic::Code;
use crate::week::*;
use std::collections::BTreeMap;

columns! {
    PinCells in "pins.csv" {
        pin: PinId,
        case: CaseId,
        out: bool,
        legs: List<LegId> = List::default(),
        escorts: List<EscortId> = List::default(),
        shift: Option<ShiftId> = None,
        reason: String,
        by: OfficerId,
    }
}

pub(super) fn pins(folder: &Folder<'_>, known: &mut Known, log: &mut Log) -> Table<Pin> {
    let (mut table, mut ids) = (Table::default(), Ids::of::<PinCells>(folder));
    let mut of_case: BTreeMap<CaseId, Vec<Pin>> = BTreeMap::new();
    each(folder, log, |mut cells: PinCells, row, log| {
        ids.take(row, &cells.pin, log);
        known.cases.refer(row, &mut cells.case, log);
        known.legs.refer(row, &mut cells.legs, log);
        known.escorts.refer(row, &mut cells.escorts, log);
        known.shifts.refer(row, &mut cells.shift, log);
        one_thing(&cells, row, log);
        let pin = || {
            Some(Pin {
                id: cells.pin.value.clone()?,
                case: cells.case.value.clone()?,
                out: cells.out.value?,
                legs: cells.legs.value.as_ref()?.0.clone(),
                escorts: cells.escorts.value.as_ref()?.0.clone(),
                shift: cells.shift.value.clone()?,
                reason: cells.reason.value.clone()?,
                by: cells.by.value.clone()?,
                row: row.reference(),
            })
        };
        let Some(pin) = pin() else { return };
        let others = of_case.entry(pin.case.clone()).or_default();
        if let Some((other, what)) = others.iter().find_map(|other| Some((other, clash(&pin, other)?))) {
            row.complain(log, &cells.pin, Code::PinsClash, |d| {
                (d.other, d.allowed) = (Some(other.row.to_string()), Some(what.to_owned()));
            });
        }
        others.push(pin.clone());
        keep(&mut table, Some(pin));
    });
    table
}

/// A pin keeps its case out, or fixes how it departs.
fn one_thing(cells: &PinCells, row: &Row<'_>, log: &mut Log) {
    let (Some(out), Some(legs), Some(escorts), Some(shift)) =
        (cells.out.value, &cells.legs.value, &cells.escorts.value, &cells.shift.value)
    else {
        return;
    };
    let filled = [("legs", !legs.0.is_empty()), ("escorts", !escorts.0.is_empty()), ("shift", shift.is_some())];
    let fixed = filled.iter().find(|(_, filled)| *filled);
    match (out, fixed) {
        (false, None) => row.complain(log, &cells.pin, Code::PinOfNothing, |_| ()),
        (true, Some((column, _))) => {
            row.complain(log, &cells.pin, Code::PinOutAndOn, |d| d.other = Some((*column).to_owned()));
        }
        _ => {}
    }
}

/// What two pins of one case do not agree on.
fn clash(one: &Pin, other: &Pin) -> Option<&'static str> {
    if one.out != other.out {
        return Some("out");
    }
    if !one.legs.is_empty() && !other.legs.is_empty() && one.legs != other.legs {
        return Some("legs");
    }
    (one.shift.is_some() && other.shift.is_some() && one.shift != other.shift).then_some("shift")
}
