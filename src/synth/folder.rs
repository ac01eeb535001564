//! Writing a week folder into memory: the columns of every table (section 1 of the specification), values as fields, rows
//! as CSV.

use crate::units::Instant;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// A table: its file and its columns, in the order of the specification.
#[derive(Debug)]
pub(super) struct Columns<const N: usize>(pub(super) &'static str, pub(super) [&'static str; N]);

/// The columns of every table.
#[rustfmt::skip]
pub(super) mod columns {
    use super::Columns;
    pub(in crate::synth) const LOCATIONS: Columns<7> = Columns("locations.csv",
        ["location", "name", "kind", "lat", "lon", "pickup_from", "pickup_until"]);
    pub(in crate::synth) const TRAVEL: Columns<4> = Columns("travel.csv", ["from", "to", "minutes", "km"]);
    pub(in crate::synth) const CASES: Columns<19> = Columns("cases.csv",
        ["case", "kind", "destination", "entry_points", "location", "measure", "earliest", "latest", "term_until", "priority",
         "escorts", "escort_sex", "medical_escort", "voluntary_track", "released_by", "released_at", "belongings_known",
         "physical_known", "medical_known"]);
    pub(in crate::synth) const PERSONS: Columns<9> = Columns("persons.csv",
        ["person", "case", "sex", "age_group", "unaccompanied_minor", "reception_confirmed", "fit_to_fly", "fit_until",
         "wheelchair"]);
    pub(in crate::synth) const DOCUMENTS: Columns<7> = Columns("documents.csv",
        ["document", "person", "kind", "status", "valid_from", "valid_until", "entry_points"]);
    pub(in crate::synth) const PROCEDURES: Columns<6> = Columns("procedures.csv",
        ["procedure", "case", "kind", "opened", "closed", "suspensive"]);
    pub(in crate::synth) const AVAILABILITY: Columns<5> = Columns("availability.csv",
        ["case", "from", "until", "source", "confirmed_at"]);
    pub(in crate::synth) const CONTACT_SLOTS: Columns<4> = Columns("contact_slots.csv",
        ["slot", "location", "starts", "capacity"]);
    pub(in crate::synth) const LEGS: Columns<16> = Columns("legs.csv",
        ["leg", "kind", "carrier", "from", "to", "departs", "arrives", "seats", "max_returnees", "max_unescorted",
         "standby_escorts", "booking_lead_hours", "fare", "escort_fare", "refund_share", "home_at"]);
    pub(in crate::synth) const TRANSITS: Columns<4> = Columns("transits.csv",
        ["airport", "permit_lead_hours", "max_minutes", "unescorted"]);
    pub(in crate::synth) const DESTINATIONS: Columns<8> = Columns("destinations.csv",
        ["destination", "kind", "announce_days", "announce_days_special", "arrival_from", "arrival_until", "weekdays",
         "max_per_day"]);
    pub(in crate::synth) const RETURNS: Columns<6> = Columns("returns.csv",
        ["return", "from", "to", "departs", "arrives", "fare"]);
    pub(in crate::synth) const ESCORTS: Columns<8> = Columns("escorts.csv",
        ["escort", "organisation", "role", "base", "sex", "visas", "skills", "max_hours"]);
    pub(in crate::synth) const ABSENCES: Columns<4> = Columns("absences.csv", ["escort", "from", "until", "reason"]);
    pub(in crate::synth) const DUTIES: Columns<6> = Columns("duties.csv",
        ["duty", "starts", "ends", "role", "skill", "count"]);
    pub(in crate::synth) const SHIFTS: Columns<12> = Columns("shifts.csv",
        ["shift", "vehicle", "depot", "seats", "wheelchairs", "compartments", "from", "until", "max_hours", "fixed", "per_km",
         "per_hour"]);
    pub(in crate::synth) const TRANSFERS: Columns<13> = Columns("transfers.csv",
        ["transfer", "persons", "class", "wheelchairs", "from", "to", "pickup_from", "pickup_until", "dropoff_from",
         "dropoff_until", "load_minutes", "unload_minutes", "max_ride_minutes"]);
    pub(in crate::synth) const COMMITMENTS: Columns<8> = Columns("commitments.csv",
        ["case", "legs", "slot", "noticed_at", "escorts", "shift", "pickup_at", "level"]);
    pub(in crate::synth) const HISTORY: Columns<10> = Columns("history.csv",
        ["departure", "planned_on", "kind", "measure", "notice_days", "belongings_known", "physical_known", "medical_known",
         "escorts", "outcome"]);
}

/// A value as the text of a field.
pub(super) trait Field {
    /// The text.
    fn field(&self) -> String;
}

macro_rules! shown {
    ($($type:ty),+) => {$(
        impl Field for $type {
            fn field(&self) -> String {
                self.to_string()
            }
        }
    )+};
}
shown!(str, String, bool, usize, i32, i64, f64, NaiveDate);

impl Field for Instant {
    fn field(&self) -> String {
        self.to_rfc3339()
    }
}

impl<T: Field + ?Sized> Field for &T {
    fn field(&self) -> String {
        (**self).field()
    }
}

impl<T: Field> Field for Option<T> {
    fn field(&self) -> String {
        self.as_ref().map_or_else(String::new, Field::field)
    }
}

impl Field for Vec<&str> {
    fn field(&self) -> String {
        self.join(" ")
    }
}

/// The fields of a row, from values of any kind.
macro_rules! fields {
    ($($value:expr),+ $(,)?) => { [$($crate::synth::folder::Field::field(&$value)),+] };
}
pub(super) use fields;

/// A week folder in the making.
#[derive(Debug, Default)]
pub(super) struct Folder {
    week: String,
    tables: BTreeMap<&'static str, Vec<Vec<String>>>,
}

impl Folder {
    /// Sets the text of `week.toml`.
    pub(super) fn week(&mut self, text: String) {
        self.week = text;
    }

    /// Adds a row to a table.
    pub(super) fn row<const N: usize>(&mut self, table: &Columns<N>, fields: [String; N]) {
        let rows = self.tables.entry(table.0).or_insert_with(|| vec![table.1.map(str::to_owned).to_vec()]);
        rows.push(fields.to_vec());
    }

    /// How many rows a table has so far.
    pub(super) fn rows<const N: usize>(&self, table: &Columns<N>) -> usize {
        self.tables.get(table.0).map_or(0, |rows| rows.len().saturating_sub(1))
    }

    /// The finished folder: file name → content. Tables without rows are left out.
    pub(super) fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let tables = self.tables.iter().map(|(file, rows)| ((*file).to_owned(), csv(rows)));
        std::iter::once(("week.toml".to_owned(), self.week.clone().into_bytes())).chain(tables).collect()
    }
}

fn csv(rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        // Writing to memory cannot fail, and every row has the width of its header.
        let _ = writer.write_record(row);
    }
    writer.into_inner().unwrap_or_default()
}
