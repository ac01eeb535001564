//! `events.csv` (section 10 of the specification): what happened since the plan under way was made, applied to the tables
//! in order of time, events of one moment in that of the file.
//!
//! A row that an event changes or adds stands from then on where the event stands, so that a closed gate names the event.
//! Readings where the specification leaves room:
//! - `procedure_opened` adds a suspensive procedure; `procedure_closed` closes every open one of the case;
//! - `released` names the officer in `value`; without one, the event stands in the officer's place;
//! - `availability_lost` cuts [`at`, `until`) out of every stretch of the case, without `until` everything from `at`;
//! - `leg_retimed` shifts `home_at` along with the arrival: the aircraft comes home as much later.

use super::csv_table::{Cells, Row, columns, each};
use super::fields::Domain;
use super::folder::Folder;
use super::grouped;
use super::log::Log;
use crate::units::{Instant, minutes_between, shift};
use crate::week::diagnostic::{Code, Diagnostic};
use crate::week::*;
use std::collections::BTreeMap;

columns! {
    EventCells in "events.csv" {
        event: EventId,
        at: Instant,
        kind: EventKind,
        subject: String,
        until: Option<Instant> = None,
        value: String = String::new(),
    }
}

/// What a kind of event asks of its `until` or `value`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asks {
    Nothing,
    May,
    Must,
}

impl EventKind {
    fn until(self) -> Asks {
        match self {
            Self::AvailabilityConfirmed | Self::Fit | Self::EscortAbsent => Asks::Must,
            Self::AvailabilityLost | Self::Unfit => Asks::May,
            _ => Asks::Nothing,
        }
    }

    fn value(self) -> Asks {
        match self {
            Self::LegRetimed | Self::SeatsChanged => Asks::Must,
            Self::Released => Asks::May,
            _ => Asks::Nothing,
        }
    }
}

/// What an event does, with the ids of its rows resolved.
enum Deed {
    OpenProcedure(CaseId),
    CloseProcedures(CaseId),
    Release(CaseId, Option<OfficerId>),
    WithdrawRelease(CaseId),
    Voluntary(CaseId),
    LoseAvailability(CaseId, Option<Instant>),
    ConfirmAvailability(CaseId, Span),
    Document(DocumentId, DocumentStatus),
    Fitness(PersonId, Option<Instant>),
    CancelLeg(LegId),
    RetimeLeg(LegId, Instant),
    Seats(LegId, u32),
    Absent(EscortId, Span),
    ShiftOut(ShiftId),
    AddTransfer,
    CancelTransfer(TransferId),
}

/// Reads the events and applies them; nothing is applied when anything is wrong with one of them.
pub(super) fn apply(folder: &Folder<'_>, week: &mut Week, log: &mut Log) {
    let mut ids: BTreeMap<EventId, u64> = BTreeMap::new();
    let mut deeds: Vec<(Event, Deed)> = Vec::new();
    each(folder, log, |cells: EventCells, row, log| {
        take_id(&mut ids, &cells, row, log);
        let deed = deed(week, &cells, row, log);
        let event = || {
            Some(Event {
                id: cells.event.value.clone()?,
                at: cells.at.value?,
                kind: cells.kind.value?,
                subject: cells.subject.value.clone()?,
                row: row.reference(),
            })
        };
        deeds.extend(event().zip(deed));
    });
    deeds.sort_by_key(|(event, _)| event.at);
    for (event, deed) in deeds {
        week.happen(&event, deed);
        week.events.push(event);
    }
    week.procedures_of = grouped(week.procedures.rows(), |procedure| &procedure.case);
    week.availability_of = grouped(&week.availability, |stretch| &stretch.case);
}

/// Reads the events for what is wrong with them by themselves.
pub(super) fn read_alone(folder: &Folder<'_>, log: &mut Log) {
    let mut ids = BTreeMap::new();
    each(folder, log, |cells: EventCells, row, log| {
        take_id(&mut ids, &cells, row, log);
        asked(&cells, row, log);
    });
}

fn take_id(ids: &mut BTreeMap<EventId, u64>, cells: &EventCells, row: &Row<'_>, log: &mut Log) {
    let Some(id) = &cells.event.value else { return };
    if let Some(first) = ids.get(id) {
        row.complain(log, &cells.event, Code::DuplicateId, |d| d.other = Some(format!("{}:{first}", row.file)));
    } else {
        ids.insert(id.clone(), row.line);
    }
}

/// Whether `until` and `value` are filled where the kind asks for them and empty where it has none.
fn asked(cells: &EventCells, row: &Row<'_>, log: &mut Log) -> bool {
    let Some(kind) = cells.kind.value else { return false };
    // What could not be read has been reported.
    let until = cells.until.value.as_ref().map(|until| (kind.until(), until.is_some(), cells.until.column));
    let value = cells.value.value.as_ref().map(|value| (kind.value(), !value.is_empty(), cells.value.column));
    let mut sound = until.is_some() && value.is_some();
    for (asks, filled, column) in until.into_iter().chain(value) {
        let code = match (asks, filled) {
            (Asks::Must, false) => Code::Empty,
            (Asks::Nothing, true) => Code::EventFieldUnused,
            _ => continue,
        };
        sound = false;
        log.add(row.file, || Diagnostic { other: Some(kind.word().to_owned()), ..row.at(column, code) });
    }
    sound
}

/// The value of an event in its domain; reported when it is not.
fn valued<T: Domain>(cells: &EventCells, row: &Row<'_>, log: &mut Log) -> Option<T> {
    let text = cells.value.value.as_deref().filter(|text| !text.is_empty())?;
    T::parse_all(text, &mut |fault| {
        row.complain(log, &cells.value, fault.code, |d| {
            d.allowed = fault.allowed.clone();
        });
    })
}

/// The subject of an event as the id of a row; reported when no row has it.
fn subject<T: Keyed<Key: Domain>>(
    table: &Table<T>,
    file: &str,
    cells: &EventCells,
    row: &Row<'_>,
    log: &mut Log,
) -> Option<T::Key> {
    let text = cells.subject.value.as_deref()?;
    let id = T::Key::parse(text).ok().filter(|id| table.get(id).is_some());
    if id.is_none() {
        row.complain(log, &cells.subject, Code::UnknownId, |d| d.other = Some(file.to_owned()));
    }
    id
}

fn deed(week: &Week, cells: &EventCells, row: &Row<'_>, log: &mut Log) -> Option<Deed> {
    let sound = asked(cells, row, log);
    let kind = cells.kind.value?;
    let case = |log: &mut Log| subject(&week.cases, super::cases::CaseCells::FILE, cells, row, log);
    let person = |log: &mut Log| subject(&week.persons, super::cases::PersonCells::FILE, cells, row, log);
    let document = |log: &mut Log| subject(&week.documents, super::cases::DocumentCells::FILE, cells, row, log);
    let leg = |log: &mut Log| subject(&week.legs, super::flights::LegCells::FILE, cells, row, log);
    let transfer = |log: &mut Log| subject(&week.transfers, super::road::TransferCells::FILE, cells, row, log);
    let until = || cells.until.value.flatten();
    let deed = match kind {
        EventKind::ProcedureOpened => Deed::OpenProcedure(case(log)?),
        EventKind::ProcedureClosed => {
            let case = case(log)?;
            let open = |procedure: &Procedure| cells.at.value.is_none_or(|at| is_open(procedure, at));
            if !week.procedures(&case).any(open) {
                let file = super::cases::ProcedureCells::FILE.to_owned();
                row.complain(log, &cells.subject, Code::EventWithoutObject, |d| d.other = Some(file));
                return None;
            }
            Deed::CloseProcedures(case)
        }
        EventKind::Released => {
            let named = cells.value.value.as_deref().is_some_and(|value| !value.is_empty());
            Deed::Release(case(log)?, if named { Some(valued(cells, row, log)?) } else { None })
        }
        EventKind::ReleaseWithdrawn => Deed::WithdrawRelease(case(log)?),
        EventKind::Voluntary => Deed::Voluntary(case(log)?),
        EventKind::AvailabilityLost => {
            row.until_not_before(&cells.at, &cells.until, log);
            Deed::LoseAvailability(case(log)?, until())
        }
        EventKind::AvailabilityConfirmed => Deed::ConfirmAvailability(case(log)?, stretch(cells, row, log)?),
        EventKind::DocumentWithdrawn => Deed::Document(document(log)?, DocumentStatus::Withdrawn),
        EventKind::DocumentIssued => Deed::Document(document(log)?, DocumentStatus::Issued),
        EventKind::Unfit => Deed::Fitness(person(log)?, None),
        EventKind::Fit => Deed::Fitness(person(log)?, Some(until()?)),
        EventKind::LegCancelled => Deed::CancelLeg(leg(log)?),
        EventKind::LegRetimed => Deed::RetimeLeg(leg(log)?, valued(cells, row, log).filter(|_| sound)?),
        EventKind::SeatsChanged => Deed::Seats(leg(log)?, valued(cells, row, log).filter(|_| sound)?),
        EventKind::EscortAbsent => {
            let escort = subject(&week.escorts, super::escorts::EscortCells::FILE, cells, row, log);
            Deed::Absent(escort?, stretch(cells, row, log)?)
        }
        EventKind::ShiftOut => Deed::ShiftOut(subject(&week.shifts, super::road::ShiftCells::FILE, cells, row, log)?),
        EventKind::TransferAdded => transfer(log).map(|_| Deed::AddTransfer)?,
        EventKind::TransferCancelled => Deed::CancelTransfer(transfer(log)?),
    };
    sound.then_some(deed)
}

/// From `at` until `until`; reported when it ends before it starts.
fn stretch(cells: &EventCells, row: &Row<'_>, log: &mut Log) -> Option<Span> {
    row.until_not_before(&cells.at, &cells.until, log);
    Span::new(cells.at.value?, cells.until.value.flatten()?)
}

fn is_open(procedure: &Procedure, at: Instant) -> bool {
    procedure.closed.is_none_or(|closed| closed > at)
}

impl Week {
    fn happen(&mut self, event: &Event, deed: Deed) {
        let (at, here) = (event.at, || event.row.clone());
        match deed {
            Deed::OpenProcedure(case) => self.open_procedure(case, event),
            Deed::CloseProcedures(case) => {
                let of_case = |procedure: &&Procedure| procedure.case == case && is_open(procedure, at);
                let open: Vec<ProcedureId> = self.procedures.iter().filter(of_case).map(|p| p.id.clone()).collect();
                for id in open {
                    self.procedures.change(&id, |procedure| (procedure.closed, procedure.row) = (Some(at), here()));
                }
            }
            Deed::Release(case, officer) => {
                let by = officer.or_else(|| OfficerId::new(event.id.as_str()));
                self.cases.change(&case, |case| (case.release, case.row) = (Release { by, at: Some(at) }, here()));
            }
            Deed::WithdrawRelease(case) => {
                let none = Release { by: None, at: None };
                self.cases.change(&case, |case| (case.release, case.row) = (none, here()));
            }
            Deed::Voluntary(case) => {
                self.cases.change(&case, |case| (case.voluntary_track, case.row) = (true, here()));
            }
            Deed::LoseAvailability(case, until) => self.lose_availability(&case, until, event),
            Deed::ConfirmAvailability(case, span) => {
                let source = event.id.to_string();
                self.availability.push(Availability { case, span, source, confirmed_at: Some(at), row: here() });
            }
            Deed::Document(document, status) => {
                self.documents.change(&document, |document| (document.status, document.row) = (status, here()));
            }
            Deed::Fitness(person, until) => {
                let fit = if until.is_some() { FitToFly::Yes } else { FitToFly::No };
                let change = |person: &mut Person| {
                    (person.fit_to_fly, person.fit_until, person.row) = (fit, until, here());
                };
                self.persons.change(&person, change);
            }
            Deed::CancelLeg(leg) => self.legs.remove(&leg),
            Deed::RetimeLeg(leg, departs) => {
                self.legs.change(&leg, |leg| {
                    let later = minutes_between(leg.departs, departs);
                    leg.departs = departs;
                    leg.arrives = shift(leg.arrives, later);
                    leg.home_at = leg.home_at.map(|home| shift(home, later));
                    leg.row = here();
                });
            }
            Deed::Seats(leg, seats) => {
                self.legs.change(&leg, |leg| (leg.seats, leg.row) = (seats, here()));
            }
            Deed::Absent(escort, span) => {
                self.absences.push(Absence { escort, span, reason: event.id.to_string(), row: here() });
            }
            Deed::ShiftOut(shift) => self.shifts.remove(&shift),
            Deed::AddTransfer => {}
            Deed::CancelTransfer(transfer) => self.transfers.remove(&transfer),
        }
    }

    fn open_procedure(&mut self, case: CaseId, event: &Event) {
        let mut name = event.id.to_string();
        while let Some(id) = ProcedureId::new(&name) {
            if self.procedures.get(&id).is_some() {
                name.push('+');
                continue;
            }
            let (opened, row) = (event.at, event.row.clone());
            let kind = event.kind.word().to_owned();
            let procedure = Procedure { id, case, kind, opened, closed: None, suspensive: true, row };
            let _ = self.procedures.insert(procedure);
            return;
        }
    }

    fn lose_availability(&mut self, case: &CaseId, until: Option<Instant>, event: &Event) {
        let mut left = Vec::with_capacity(self.availability.len());
        for stretch in std::mem::take(&mut self.availability) {
            let (from, to) = (stretch.span.from(), stretch.span.until());
            let touched = stretch.case == *case && to > event.at && until.is_none_or(|until| from < until);
            if !touched {
                left.push(stretch);
                continue;
            }
            let pieces = [Span::new(from, event.at), until.and_then(|until| Span::new(until, to))];
            for span in pieces.into_iter().flatten().filter(|span| span.from() < span.until()) {
                left.push(Availability { span, row: event.row.clone(), ..stretch.clone() });
            }
        }
        self.availability = left;
    }
}
