//! Why the service does not do what was asked: a status, a stable code, a sentence in both languages, and every field that
//! is wrong (RFC 9457). Made into JSON or a page where the answer leaves the house (`http`).

use crate::lang::Lang;
use crate::plan::check::Text;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// A sentence in both languages.
pub(crate) fn text(en: impl Into<String>, nl: impl Into<String>) -> Text {
    Text { en: en.into(), nl: nl.into() }
}

/// Why something is not done.
#[derive(Clone, Debug)]
pub struct Problem {
    /// HTTP status.
    pub status: u16,
    /// Stable code, in kebab case.
    pub code: &'static str,
    /// What is wrong.
    pub what: Text,
    /// Fields that are wrong, each with what is.
    pub fields: Vec<(String, Text)>,
    /// The version that is newer than the one that was sent.
    pub newer: Option<i64>,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, code: &'static str, en: impl Into<String>, nl: impl Into<String>) -> Self {
        Self { status: status.as_u16(), code, what: text(en, nl), fields: Vec::new(), newer: None }
    }

    /// There is no such thing, or not for this caller.
    pub(crate) fn not_found(en: &str, nl: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", format!("there is no {en}"), format!("er is geen {nl}"))
    }

    /// Not in this state.
    pub(crate) fn conflict(code: &'static str, en: impl Into<String>, nl: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, code, en, nl)
    }

    /// Fields that are wrong, all at once.
    pub(crate) fn fields(fields: Vec<(String, Text)>) -> Self {
        let en = "one or more fields are wrong; correct them and send again";
        let nl = "een of meer velden kloppen niet; verbeter ze en verstuur opnieuw";
        Self { fields, ..Self::new(StatusCode::BAD_REQUEST, "wrong-fields", en, nl) }
    }

    /// One field that is wrong.
    pub(crate) fn field(name: &str, en: impl Into<String>, nl: impl Into<String>) -> Self {
        Self::fields(vec![(name.to_owned(), text(en, nl))])
    }

    /// Something inside that is nobody's doing who asked; what it was goes to the log, not to the caller.
    pub(crate) fn inside(what: impl std::fmt::Display) -> Self {
        crate::server::log::error(&what.to_string());
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "inside",
            "something went wrong inside; nothing was changed. Try again, and tell who runs the service if it stays",
            "er ging binnen iets mis; er is niets gewijzigd. Probeer opnieuw, en meld het aan de beheerder als het blijft",
        )
    }

    fn trouble(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Full => Self::new(
                StatusCode::INSUFFICIENT_STORAGE,
                "storage-full",
                "the store has no room left; nothing was changed. Tell who runs the service, and try again when there is room",
                "de opslag is vol; er is niets gewijzigd. Meld het aan de beheerder, en probeer opnieuw als er weer ruimte is",
            ),
            Trouble::Away => Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "store-away",
                "the store does not answer at the moment; try again shortly, and look first whether it was done after all",
                "de opslag antwoordt op dit moment niet; probeer het zo weer, en kijk eerst of het toch gedaan is",
            ),
        }
    }

    /// Whether the store is the matter, and what was asked may go well when it is tried again.
    pub(crate) fn passes(&self) -> bool {
        matches!(self.status(), StatusCode::INSUFFICIENT_STORAGE | StatusCode::SERVICE_UNAVAILABLE)
    }

    pub(crate) fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// `application/problem+json`.
    pub(crate) fn json(&self, lang: Lang) -> Value {
        let errors: Vec<Value> =
            self.fields.iter().map(|(field, what)| json!({ "field": field, "detail": what.in_lang(lang) })).collect();
        let mut value = json!({
            "type": format!("urn:vertrek:problem:{}", self.code),
            "title": self.status().canonical_reason().unwrap_or("Error"),
            "status": self.status,
            "detail": self.what.in_lang(lang),
        });
        if !errors.is_empty() {
            value["errors"] = Value::Array(errors);
        }
        if let Some(newer) = self.newer {
            value["current-version"] = json!(newer);
        }
        value
    }
}

impl From<sqlx::Error> for Problem {
    fn from(error: sqlx::Error) -> Self {
        match Trouble::of(&error) {
            Some(trouble) => {
                crate::server::log::error(&error.to_string());
                Self::trouble(trouble)
            }
            None => Self::inside(error),
        }
    }
}

/// What may be the matter with the store itself, and passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trouble {
    /// No room to write.
    Full,
    /// It does not answer.
    Away,
}

impl Trouble {
    fn of(error: &sqlx::Error) -> Option<Self> {
        use sqlx::Error;
        match error {
            Error::Database(told) => Self::of_code(&told.code().unwrap_or_default()),
            Error::Io(found) if found.kind() == std::io::ErrorKind::StorageFull => Some(Self::Full),
            Error::Io(_) | Error::PoolTimedOut | Error::PoolClosed | Error::WorkerCrashed | Error::Protocol(_) => {
                Some(Self::Away)
            }
            _ => None,
        }
    }

    /// By SQLSTATE (five characters) or SQLite's extended result code, whose last byte is the kind.
    fn of_code(code: &str) -> Option<Self> {
        if let Some(kind) = code.parse::<u32>().ok().filter(|_| code.len() < 5).map(|code| code & 0xff) {
            return match kind {
                13 => Some(Self::Full),
                // Busy, locked, input or output, cannot open.
                5 | 6 | 10 | 14 => Some(Self::Away),
                _ => None,
            };
        }
        match code {
            "53100" => Some(Self::Full),
            // Resources, operator intervention (a restart), the system's own errors, connections.
            code if ["53", "57", "58", "08"].iter().any(|class| code.starts_with(class)) => Some(Self::Away),
            _ => None,
        }
    }
}

/// The problem travels in the response's extensions to the layer that knows language and form.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}
