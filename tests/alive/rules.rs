//! Rules switched off, or over, one by one.

use crate::run;
use vertrek::planner::plan_week;
use vertrek::units::{Euro, Hazard, Hours, Km, Minutes, Priority, Probability};
use vertrek::week::*;

/// The best objective of a week.
pub(crate) fn best(week: &Week) -> f64 {
    let plan =
        plan_week(week, &run::exact(), &run::Until::seconds(120.0), week.now).expect("a valid week can be planned");
    plan.objective.get()
}

fn each<T: Keyed + Clone>(table: &mut Table<T>, change: impl Fn(&mut T)) {
    let mut changed = Table::default();
    for row in &*table {
        let mut row = row.clone();
        change(&mut row);
        assert!(changed.insert(row).is_ok());
    }
    *table = changed;
}

fn minutes(minutes: f64) -> Minutes {
    Minutes::new(minutes).unwrap()
}

fn hours(hours: f64) -> Hours {
    Hours::new(hours).unwrap()
}

/// A stretch that holds every moment of the tiny weeks.
fn always() -> Span {
    let at = |text: &str| text.parse().unwrap();
    Span::new(at("2026-01-01T00:00:00+01:00"), at("2028-12-31T00:00:00+01:00")).unwrap()
}

/// A name, and what is changed.
pub(crate) type Rule = (&'static str, fn(&mut Week));

/// What is changed, in the order of the specification.
pub(crate) const RULES: &[Rule] = &[
    ("released_by", |w| each(&mut w.cases, |c| c.release.by = OfficerId::new("V1"))),
    ("released_at", |w| {
        let now = w.now;
        each(&mut w.cases, |c| c.release.at = Some(now));
    }),
    ("voluntary_track", |w| each(&mut w.cases, |c| c.voluntary_track = false)),
    ("earliest", |w| each(&mut w.cases, |c| c.earliest = None)),
    ("latest", |w| each(&mut w.cases, |c| c.latest = None)),
    ("term_until", |w| each(&mut w.cases, |c| c.term_until = None)),
    ("document kind", |w| each(&mut w.documents, |d| d.kind = DocumentKind::Passport)),
    ("document status", |w| each(&mut w.documents, |d| d.status = DocumentStatus::Issued)),
    ("document valid_from", |w| each(&mut w.documents, |d| d.valid_from = None)),
    ("document valid_until", |w| each(&mut w.documents, |d| d.valid_until = Some(always().until()))),
    ("document entry_points", |w| each(&mut w.documents, |d| d.entry_points = EntryPoints::Any)),
    ("document_margin_hours", |w| w.rules.document_margin = Hours::ZERO),
    ("suspensive", |w| each(&mut w.procedures, |p| p.suspensive = false)),
    ("a procedure closed before now", |w| each(&mut w.procedures, |p| p.closed = None)),
    ("availability", |w| w.availability.iter_mut().for_each(|a| a.span = always())),
    ("availability_cover_hours", |w| w.rules.availability_cover = Hours::ZERO),
    ("availability_max_age_hours", |w| w.rules.availability_max_age = hours(1000.0)),
    ("confirmed_at", |w| {
        let now = w.now;
        w.availability.iter_mut().for_each(|a| a.confirmed_at = Some(now));
    }),
    ("fit_to_fly", |w| each(&mut w.persons, |p| p.fit_to_fly = FitToFly::NotRequired)),
    ("fit_until", |w| each(&mut w.persons, |p| p.fit_until = Some(always().until()))),
    ("reception_confirmed", |w| each(&mut w.persons, |p| p.reception_confirmed = true)),
    ("unaccompanied_minor", |w| each(&mut w.persons, |p| p.reception_confirmed = false)),
    ("announce_days", |w| w.destinations.iter_mut().for_each(|d| d.announce_days = 0)),
    ("announce_days_special", |w| w.destinations.iter_mut().for_each(|d| d.announce_days_special = 0)),
    ("arrival hours", |w| w.destinations.iter_mut().for_each(|d| d.arrival = ClockWindow::default())),
    ("weekdays", |w| w.destinations.iter_mut().for_each(|d| d.weekdays = None)),
    ("max_per_day", |w| w.destinations.iter_mut().for_each(|d| d.max_per_day = None)),
    ("kind of a destination", |w| w.destinations.iter_mut().for_each(|d| d.kind = None)),
    ("notice_min_hours", |w| w.rules.notice_min = Hours::ZERO),
    ("notice_min_hours_for", |w| w.rules.notice_min_for.clear()),
    ("notice_office_hours", |w| w.rules.notice_office = Hours::ZERO),
    ("holidays", |w| w.holidays.clear()),
    ("capacity of a slot", |w| each(&mut w.contact_slots, |s| s.capacity += 10)),
    ("kept notice", |w| each(&mut w.commitments, |c| c.level = Level::Proposed)),
    ("kept notice holds on its own legs only", |w| {
        let longer = w.legs.iter().last().map(|leg| leg.id.clone());
        each(&mut w.commitments, |c| c.legs.extend(longer.clone().filter(|id| !c.legs.contains(id))));
    }),
    ("lead times of booked legs", |w| {
        each(&mut w.commitments, |c| c.level = c.level.min(Level::Noticed));
    }),
    ("home_airports", |w| w.home_airports.truncate(1)),
    ("entry_points", |w| each(&mut w.cases, |c| c.entry_points = EntryPoints::Any)),
    ("booking_lead_hours", |w| each(&mut w.legs, |l| l.booking_lead = Hours::ZERO)),
    ("permit_lead_hours", |w| each(&mut w.transits, |t| t.permit_lead = Hours::ZERO)),
    ("connection_min_minutes", |w| w.rules.connection_min = Minutes::ZERO),
    ("max_minutes of a transit", |w| each(&mut w.transits, |t| t.max_minutes = minutes(2000.0))),
    ("transit unescorted", |w| each(&mut w.transits, |t| t.unescorted = true)),
    ("joint and national legs", |w| each(&mut w.legs, |l| l.kind = LegKind::Scheduled)),
    ("seats of a leg", |w| each(&mut w.legs, |l| l.seats += 50)),
    ("max_returnees", |w| each(&mut w.legs, |l| l.max_returnees += 50)),
    ("max_unescorted", |w| each(&mut w.legs, |l| l.max_unescorted += 50)),
    ("infants need no seat", |w| {
        each(&mut w.persons, |p| {
            if p.age_group == AgeGroup::Infant {
                p.age_group = AgeGroup::Child;
            }
        });
    }),
    ("escorts", |w| {
        each(&mut w.cases, |c| {
            if c.escorts > 1 {
                c.escorts = 1;
            }
        });
    }),
    ("standby_escorts", |w| each(&mut w.legs, |l| l.standby_escorts = 0)),
    ("escort_sex", |w| each(&mut w.cases, |c| c.escort_sex = None)),
    ("medical_escort", |w| each(&mut w.cases, |c| c.medical_escort = None)),
    ("a nurse is no doctor", |w| {
        each(&mut w.cases, |c| c.medical_escort = c.medical_escort.map(|_| Medical::Nurse));
    }),
    ("a doctor may serve as nurse", |w| {
        each(&mut w.cases, |c| c.medical_escort = c.medical_escort.map(|_| Medical::Doctor));
    }),
    ("visas", |w| each(&mut w.escorts, |e| e.visas = Visas::All)),
    ("base", |w| each(&mut w.escorts, |e| e.base = None)),
    ("briefing_minutes", |w| w.rules.briefing = Minutes::ZERO),
    ("handover_minutes", |w| w.rules.handover = Minutes::ZERO),
    ("return_checkin_minutes", |w| w.rules.return_checkin = Minutes::ZERO),
    ("debrief_minutes", |w| w.rules.debrief = Minutes::ZERO),
    ("turnaround_max_hours", |w| w.rules.turnaround_max = hours(100.0)),
    ("rest_hours", |w| w.rules.rest = Hours::ZERO),
    ("home_at", |w| each(&mut w.legs, |l| l.home_at = l.home_at.map(|_| l.arrives))),
    ("ways home", |w| w.returns = Table::default()),
    ("fixed duties", |w| w.duties = Table::default()),
    ("role of a duty", |w| each(&mut w.duties, |d| d.role = None)),
    ("skill of a duty", |w| each(&mut w.duties, |d| d.skill = None)),
    ("count of a duty", |w| each(&mut w.duties, |d| d.count += 1)),
    ("absences", |w| w.absences.clear()),
    ("max_hours of an escort", |w| each(&mut w.escorts, |e| e.max_hours = None)),
    ("pickup hours", |w| each(&mut w.locations, |l| l.pickup = ClockWindow::default())),
    ("checkin_max_minutes", |w| w.rules.checkin_max = minutes(2000.0)),
    ("checkin_min_minutes", |w| w.rules.checkin_min = Minutes::ZERO),
    ("load_minutes", |w| w.rules.load = Minutes::ZERO),
    ("unload_minutes", |w| w.rules.unload = Minutes::ZERO),
    ("max_detour_minutes", |w| w.rules.max_detour = minutes(2000.0)),
    ("travel.csv", |w| w.travel.clear()),
    ("seats of a shift", |w| each(&mut w.shifts, |s| s.seats += 50)),
    ("wheelchairs of a shift", |w| each(&mut w.shifts, |s| s.wheelchairs += 50)),
    ("compartments", |w| each(&mut w.shifts, |s| s.compartments += 50)),
    ("from and until of a shift", |w| each(&mut w.shifts, |s| s.span = always())),
    ("max_hours of a shift", |w| each(&mut w.shifts, |s| s.max_hours = None)),
    ("sex in the class of a ride", |w| {
        each(&mut w.persons, |p| p.sex = Sex::M);
        each(&mut w.transfers, |t| {
            if t.class != TransferClass::Family {
                t.class = TransferClass::M;
            }
        });
    }),
    ("each family is a class of its own", |w| {
        each(&mut w.transfers, |t| {
            if t.class == TransferClass::Family {
                t.class = TransferClass::M;
            }
        });
    }),
    ("transfers", |w| w.transfers = Table::default()),
    ("pickup window of a transfer", |w| each(&mut w.transfers, |t| t.pickup = always())),
    ("drop-off window of a transfer", |w| each(&mut w.transfers, |t| t.dropoff = always())),
    ("max_ride_minutes", |w| each(&mut w.transfers, |t| t.max_ride = None)),
    ("load_minutes of a transfer", |w| each(&mut w.transfers, |t| t.load = Minutes::ZERO)),
    ("unload_minutes of a transfer", |w| each(&mut w.transfers, |t| t.unload = Minutes::ZERO)),
    ("departure_value", |w| w.costs.departure_value = Euro::new(20_000.0)),
    ("priority", |w| each(&mut w.cases, |c| c.priority = Priority::new(1.0).unwrap())),
    ("fare", |w| each(&mut w.legs, |l| l.fare = Euro::ZERO)),
    ("refund_share", |w| each(&mut w.legs, |l| l.refund_share = Probability::ONE)),
    ("escort_fare", |w| each(&mut w.legs, |l| l.escort_fare = Euro::ZERO)),
    ("fare of a way home", |w| each(&mut w.returns, |r| r.fare = Euro::ZERO)),
    ("escort_hour", |w| w.costs.escort_hour = Euro::ZERO),
    ("escort_used", |w| w.costs.escort_used = Euro::ZERO),
    ("fixed", |w| each(&mut w.shifts, |s| s.fixed = Euro::ZERO)),
    ("per_km", |w| each(&mut w.shifts, |s| s.per_km = Euro::ZERO)),
    ("per_hour", |w| each(&mut w.shifts, |s| s.per_hour = Euro::ZERO)),
    ("listed kilometres", |w| w.travel.values_mut().for_each(|row| row.km = Km::ZERO)),
    ("unmet_transfer", |w| w.costs.unmet_transfer = Euro::ZERO),
    ("unmet_duty", |w| w.costs.unmet_duty = Euro::ZERO),
    ("absence, whatever the notice", |w| w.risk.measures.values_mut().for_each(|m| m.base = Hazard::ZERO)),
    ("absence per day", |w| w.risk.measures.values_mut().for_each(|m| m.per_day = Hazard::ZERO)),
    ("procedure, whatever the notice", |w| {
        w.risk.measures.values_mut().for_each(|m| m.procedure_base = Hazard::ZERO);
    }),
    ("procedure per day", |w| w.risk.measures.values_mut().for_each(|m| m.procedure_per_day = Hazard::ZERO)),
    ("belongings_known", |w| w.risk.belongings = Hazard::ZERO),
    ("physical_known", |w| w.risk.physical = Hazard::ZERO),
    ("medical_known", |w| w.risk.medical = Hazard::ZERO),
    ("other causes with escorts", |w| w.risk.escorted = Hazard::ZERO),
    ("other causes without escorts", |w| w.risk.unescorted = Hazard::ZERO),
    ("use of the hazards", |w| w.risk.usage = vertrek::rules::RiskUse::None),
];
