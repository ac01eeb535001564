//! What the checker found: violations as data, with their sentences, and the figures it recomputed.

use super::codes::RuleCode;
use crate::lang::Lang;
use crate::plan::Money;
use crate::units::Euro;
use crate::week::{CaseId, DutyId, EscortId, LegId, RowRef, ShiftId, SlotId, TransferId};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use std::fmt::{Display, Write};

/// A sentence in every language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Text {
    /// English.
    pub en: String,
    /// Dutch.
    pub nl: String,
}

impl Text {
    /// The sentence in one language.
    pub fn in_lang(&self, lang: Lang) -> &str {
        lang.pick(&self.en, &self.nl)
    }
}

/// A [`Text`] of two formats with the same captured names.
macro_rules! text {
    ($en:literal, $nl:literal $(,)?) => {
        $crate::plan::check::Text { en: format!($en), nl: format!($nl) }
    };
}
pub(super) use text;

/// What a violation is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Subject {
    /// What it is, in a word of the specification: `plan`, `case`, `leg`, `itinerary`, `slot`, `escort`, `duty`, `shift`,
    /// `transfer`, `return`, `location`, `destination` or `measure`.
    pub kind: &'static str,
    /// Its id; empty for the plan itself, legs joined by `+` for an itinerary.
    pub id: String,
}

impl Subject {
    pub(super) fn plan() -> Self {
        Self { kind: "plan", id: String::new() }
    }
    pub(super) fn of(kind: &'static str, id: impl Display) -> Self {
        Self { kind, id: id.to_string() }
    }
    pub(super) fn itinerary(legs: &[LegId]) -> Self {
        Self { kind: "itinerary", id: legs.iter().map(LegId::as_str).collect::<Vec<_>>().join("+") }
    }
    /// Whether it is this case.
    pub(crate) fn is_case(&self, case: &CaseId) -> bool {
        self.kind == "case" && self.id == case.as_str()
    }
    /// The subject as printed.
    pub fn in_lang(&self, lang: Lang) -> String {
        let kind = match (self.kind, lang) {
            (kind, Lang::En) => kind,
            ("case", Lang::Nl) => "zaak",
            ("leg", Lang::Nl) => "vlucht",
            ("itinerary", Lang::Nl) => "reis",
            ("slot", Lang::Nl) => "contactmoment",
            ("escort", Lang::Nl) => "begeleider",
            ("duty", Lang::Nl) => "dienst",
            ("shift", Lang::Nl) => "voertuigdienst",
            ("transfer", Lang::Nl) => "vervoersopdracht",
            ("destination", Lang::Nl) => "bestemming",
            ("return", Lang::Nl) => "terugvlucht",
            ("location", Lang::Nl) => "locatie",
            ("measure", Lang::Nl) => "maatregel",
            (kind, Lang::Nl) => kind,
        };
        format!("{kind} {}", self.id).trim_end().to_owned()
    }
}

macro_rules! subjects {
    ($($id:ident => $kind:literal),+ $(,)?) => {$(
        impl From<&$id> for Subject {
            fn from(id: &$id) -> Self {
                Self::of($kind, id)
            }
        }
    )+};
}

subjects!(
    CaseId => "case",
    LegId => "leg",
    SlotId => "slot",
    EscortId => "escort",
    DutyId => "duty",
    ShiftId => "shift",
    TransferId => "transfer",
);

/// A rule that the plan breaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Violation {
    /// The rule.
    pub rule: RuleCode,
    /// What breaks it.
    pub subject: Subject,
    /// The input rows that say so.
    #[serde(serialize_with = "as_text")]
    pub rows: Vec<RowRef>,
    /// What is wrong, with the figures.
    pub message: Text,
}

fn as_text<S: Serializer>(rows: &[RowRef], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(rows.iter().map(RowRef::to_string))
}

impl Violation {
    /// One line for people: code, subject, what is wrong, rows.
    pub fn in_lang(&self, lang: Lang) -> String {
        let rows = self.rows.iter().map(RowRef::to_string).collect::<Vec<_>>().join(", ");
        let rows = if rows.is_empty() { rows } else { format!(" [{rows}]") };
        format!("{} {}: {}{rows}", self.rule, self.subject.in_lang(lang), self.message.in_lang(lang))
    }
}

/// The figures of section 7, computed by the checker from the folder and the plan's decisions alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Recomputed {
    /// Money by kind, to the cent.
    pub money: Money,
    /// Value less costs, to the cent.
    pub objective: Euro,
}

/// The verdict on a plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Every rule broken, in the order of the families.
    pub violations: Vec<Violation>,
    /// Money and objective as they are.
    pub recomputed: Recomputed,
}

impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut report = serializer.serialize_map(None)?;
        report.serialize_entry("violations", &self.violations)?;
        if self.has_figures() {
            report.serialize_entry("recomputed", &self.recomputed)?;
        }
        report.end()
    }
}

impl Report {
    /// Whether the plan breaks no rule.
    pub fn is_fine(&self) -> bool {
        self.violations.is_empty()
    }

    /// Whether there is a plan of which figures could be computed.
    fn has_figures(&self) -> bool {
        self.violations.iter().all(|violation| violation.rule != RuleCode::Format)
    }

    /// The report for people: a line per violation, then the verdict with the figures.
    pub fn in_lang(&self, lang: Lang) -> String {
        let mut out = String::new();
        for violation in &self.violations {
            let _ = writeln!(out, "{}", violation.in_lang(lang));
        }
        let Recomputed { money, objective } = self.recomputed;
        let count = self.violations.len();
        let verdict = match (count, lang) {
            (0, Lang::En) => "The plan is fine: every rule of sections 2 to 8 holds.".to_owned(),
            (0, Lang::Nl) => "Het plan klopt: aan elke regel van paragraaf 2 tot en met 8 is voldaan.".to_owned(),
            (_, Lang::En) => format!("The plan is refused: {count} violation(s)."),
            (_, Lang::Nl) => format!("Het plan is afgekeurd: {count} overtreding(en)."),
        };
        let _ = writeln!(out, "{verdict}");
        if !self.has_figures() {
            return out;
        }
        let names = match lang {
            Lang::En => ["Recomputed", "objective", "value", "tickets", "escorts", "transport", "unmet"],
            Lang::Nl => ["Nagerekend", "doelwaarde", "waarde", "tickets", "begeleiding", "vervoer", "niet gelukt"],
        };
        let figures = [objective, money.value, money.tickets, money.escorts, money.transport, money.unmet];
        let listed: Vec<_> = names[1..].iter().zip(figures).map(|(name, figure)| format!("{name} {figure}")).collect();
        let _ = writeln!(out, "{} (euro): {}.", names[0], listed.join(", "));
        out
    }
}

/// Collects violations.
#[derive(Debug, Default)]
pub(super) struct Findings(pub(super) Vec<Violation>);

impl Findings {
    pub(super) fn refuse(&mut self, rule: RuleCode, subject: impl Into<Subject>, rows: &[&RowRef], message: Text) {
        let rows = rows.iter().map(|&row| row.clone()).collect();
        self.0.push(Violation { rule, subject: subject.into(), rows, message });
    }
}
