//! Lies about sections 7 and 8: the folder, ids, completeness, reasons, what is not met, p, money, bound and gap.

use crate::draft::{Draft, Lie, escort, legs, lie, more, raw};
use vertrek::plan::{MissingPlaces, Status};
use vertrek::units::{Euro, Hours, Probability};
use vertrek::week::{CaseId, DutyId, LocationId, ReturnId, ShiftId, SlotId, TransferId};

pub(crate) fn lies() -> Vec<Lie> {
    [file(), unknown_ids(), reasons(), unmet(), chances(), money()].into_iter().flatten().collect()
}

fn file() -> Vec<Lie> {
    vec![
        lie("another week", &["F-week"], |d| d.plan.week = "2027-W04".to_owned()),
        lie("another folder", &["F-digest"], |d| d.plan.input_digest = "0".repeat(64)),
        lie("a case forgotten", &["F-once"], |d| {
            d.plan.not_planned.pop();
        }),
        lie("a case planned and not planned", &["F-once"], |d| {
            let mut row = d.plan.not_planned[0].clone();
            row.case = CaseId::new("C5").unwrap();
            d.plan.not_planned.push(row);
        }),
        raw("notice an hour longer than it is", &["F-notice-hours"], |d| {
            d.departure("C3").notice_hours = Hours::new(52.0);
        }),
        raw("median that is none", &["F-notice-spread"], |d| {
            d.plan.notice_by_measure[0].median_hours = Hours::new(74.0).unwrap();
        }),
        raw("a measure left out of the spread", &["F-notice-spread"], |d| {
            d.plan.notice_by_measure.pop();
        }),
    ]
}

fn unknown_ids() -> Vec<Lie> {
    vec![
        lie("unknown case", &["F-known"], |d| {
            let mut row = d.plan.not_planned[0].clone();
            row.case = CaseId::new("nobody").unwrap();
            d.plan.not_planned.push(row);
        }),
        lie("unknown case departs", &["F-known", "F-once"], |d| {
            d.departure("C5").case = CaseId::new("nobody").unwrap()
        }),
        lie("unknown leg", &["F-known"], |d| d.departure("C5").legs = legs(&["L99"])),
        lie("unknown slot", &["F-known"], |d| d.departure("C6").slot = SlotId::new("K99")),
        lie("unknown legs of a team", &["F-known", "T-team"], |d| d.team("L3").legs = legs(&["L99"])),
        lie("unknown escort", &["F-known"], |d| d.team("L4").escorts.push(escort("E99"))),
        lie("unknown flight home", &["F-known", "T-return"], |d| d.team("L3").return_flight = ReturnId::new("R99")),
        lie("unknown duty", &["F-known"], |d| {
            let mut row = d.plan.duties[0].clone();
            row.duty = DutyId::new("D99").unwrap();
            row.escorts = vec![escort("E99")];
            d.plan.duties.push(row);
            d.plan.unmet.duties.push(MissingPlaces { duty: DutyId::new("D98").unwrap(), missing: 3 });
        }),
        lie("unknown shift", &["F-known"], |d| d.route("S3").shift = ShiftId::new("S99").unwrap()),
        lie("unknown place", &["F-known", "R-km", "R-place"], |d| {
            d.stop("S3", 2).location = LocationId::new("nowhere").unwrap();
            d.route("S3").cost = Euro::new(235.0);
        }),
        lie("unknown transfer", &["F-known"], |d| d.plan.unmet.transfers.push(TransferId::new("T99").unwrap())),
        lie("unknown ride", &["F-known", "U-transfers"], |d| {
            d.stop("S1", 1).transfer = TransferId::new("T99");
            d.stop("S1", 2).transfer = TransferId::new("T99");
        }),
    ]
}

/// Names a gate as what keeps O1, an open case, from being planned.
fn blame(draft: &mut Draft, gate: &str) {
    draft.plan.not_planned[0].gate = Some(gate.to_owned());
}

fn reasons() -> Vec<Lie> {
    vec![
        lie("released, but said not to be", &["F-reason"], |d| blame(d, "release")),
        lie("no voluntary track, but said to be on it", &["F-reason"], |d| blame(d, "voluntary")),
        lie("no procedure open, but said to be", &["F-reason"], |d| blame(d, "procedure")),
        lie("no minor, but said to lack reception", &["F-reason"], |d| blame(d, "reception")),
        lie("a gate that does not exist", &["F-reason"], |d| blame(d, "weather")),
        lie("in its period, but said not to be", &["F-reason"], |d| blame(d, "period")),
        lie("documented, but said not to be", &["F-reason"], |d| blame(d, "document")),
        lie("available, but said not to be", &["F-reason"], |d| blame(d, "availability")),
        lie("fit, but said not to be", &["F-reason"], |d| blame(d, "fitness")),
        lie("no terms of arrival, but said to break them", &["F-reason"], |d| blame(d, "arrival")),
        lie("slots in time for every flight, but said to have none", &["F-reason"], |d| blame(d, "notice")).with(&[
            ("contact_slots.csv", "K7,AMS,2027-01-15T16:00:00", "K7,AMS,2027-01-14T09:00:00"),
            ("week.toml", "start = 2027-01-18T00:00:00+01:00", "start = 2027-01-18T10:00:00+01:00"),
        ]),
        lie("not released, and no gate named", &["F-reason"], |d| {
            let row = d.plan.not_planned.iter_mut().find(|row| row.case.as_str() == "X-release").unwrap();
            row.gate = None;
        }),
        lie("a row that is none", &["F-reason"], |d| d.plan.not_planned[0].rows.push("cases.csv".to_owned())),
        lie("a row past the end of its table", &["F-reason"], |d| {
            d.plan.not_planned[0].rows.push("transits.csv:5".to_owned());
        }),
        lie("a row of a table that is none", &["F-reason"], |d| {
            d.plan.not_planned[0].rows.push("weather.csv:2".to_owned());
        }),
    ]
}

fn unmet() -> Vec<Lie> {
    vec![
        lie("an unmet transfer hidden", &["U-transfers"], |d| d.plan.unmet.transfers.clear()),
        lie("a driven transfer listed", &["U-transfers"], |d| {
            d.plan.unmet.transfers.push(TransferId::new("T1").unwrap());
        }),
        lie("a missing place hidden", &["U-duties"], |d| d.plan.unmet.duties.clear()),
        lie("one missing place too many", &["U-duties"], |d| d.plan.unmet.duties[0].missing = 2),
    ]
}

fn chances() -> Vec<Lie> {
    vec![
        lie("p a little better than it is", &["P-p"], |d| d.departure("C1").p = Probability::new(0.8054).unwrap()),
        lie("causes swapped", &["P-causes"], |d| {
            let causes = &mut d.departure("C1").causes;
            std::mem::swap(&mut causes.procedure, &mut causes.other);
        }),
        lie("notice counted in whole days", &["P-causes", "P-p"], |d| {
            // C5 with d = 7 in place of 6.9583: 1.09 for no_show, 0.19 for procedure, 0.04 for other; H = 1.32.
            let departure = d.departure("C5");
            departure.p = Probability::new((-1.32_f64).exp()).unwrap();
            departure.causes.no_show = Probability::new((1.0 - (-1.32_f64).exp()) * 1.09 / 1.32).unwrap();
        }),
    ]
}

fn money() -> Vec<Lie> {
    vec![
        raw("more value", &["M-value"], |d| more(&mut d.plan.money.value, 1.1)),
        raw("cheaper tickets", &["M-tickets"], |d| more(&mut d.plan.money.tickets, -1.1)),
        raw("cheaper escorts", &["M-escorts"], |d| more(&mut d.plan.money.escorts, -1.1)),
        raw("cheaper transport", &["M-transport"], |d| more(&mut d.plan.money.transport, -1.1)),
        raw("unmet for nothing", &["M-unmet"], |d| more(&mut d.plan.money.unmet, -20000.0)),
        raw("a better objective", &["M-objective"], |d| {
            more(&mut d.plan.objective, 1.1);
            more(&mut d.plan.bound, 1.1);
        }),
        raw("a bound under the objective", &["F-bound"], |d| {
            d.plan.bound = Euro::new(4784.0);
            d.plan.gap = (4784.0 - 4785.40) / 4785.40;
        }),
        raw("a smaller gap", &["F-gap"], |d| d.plan.gap = 0.001),
        raw("optimal without a proof", &["F-status"], |d| d.plan.status = Status::Optimal),
    ]
}
