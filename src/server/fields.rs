//! The fields of a write, from a form or from JSON: the same names and rules for board and API. What is wrong with them is
//! told all at once.

use super::problem::{Problem, text};
use crate::plan::check::Text;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, Form, FromRequest, Multipart, Request};
use axum::http::header;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// Longest text of a field.
const LONGEST: usize = 2000;

/// Fields by name.
#[derive(Debug, Default)]
pub(crate) struct Fields {
    values: BTreeMap<String, String>,
    /// Uploaded files, by name.
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    wrong: Vec<(String, Text)>,
}

impl Fields {
    /// Fields that the service itself fills in.
    pub(crate) fn of(pairs: &[(&str, &str)]) -> Self {
        let values = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Self { values, ..Self::default() }
    }

    /// Files that the service itself takes in.
    pub(crate) fn of_files(files: BTreeMap<String, Vec<u8>>) -> Self {
        Self { files, ..Self::default() }
    }

    /// A field's text; empty when it is not there. Control characters but line ends are refused, and very long texts.
    pub(crate) fn text(&mut self, name: &str) -> String {
        let value = self.values.get(name).map_or("", |value| value.trim()).to_owned();
        if value.chars().count() > LONGEST {
            self.complain(name, "is longer than 2000 characters", "is langer dan 2000 tekens");
        }
        if value.chars().any(|c| c.is_control() && c != '\n' && c != '\r' && c != '\t') {
            self.complain(name, "holds a control character", "bevat een stuurteken");
        }
        value
    }

    /// What somebody typed or chose: neither what pages carry by themselves nor a password.
    pub(super) fn typed(&self) -> Vec<(String, String)> {
        let own = ["form_token", "version", "password", "code"];
        let typed = |(name, value): &(&String, &String)| !own.contains(&name.as_str()) && !value.trim().is_empty();
        self.values.iter().filter(typed).map(|(name, value)| (name.clone(), value.clone())).collect()
    }

    /// Whether a field was sent, be it empty.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.values.contains_key(name)
    }

    /// A text that must be there.
    pub(crate) fn needed(&mut self, name: &str) -> String {
        let value = self.text(name);
        if value.is_empty() {
            self.complain(name, "must be filled in", "moet worden ingevuld");
        }
        value
    }

    /// A whole number that must be there.
    pub(crate) fn number(&mut self, name: &str) -> i64 {
        let value = self.needed(name);
        if value.is_empty() {
            return 0;
        }
        value.parse().unwrap_or_else(|_| {
            self.complain(name, format!("'{value}' is not a whole number"), format!("'{value}' is geen geheel getal"));
            0
        })
    }

    /// A number between two others; `usual` when it is not there.
    pub(crate) fn decimal(&mut self, name: &str, usual: f64, least: f64, most: f64) -> f64 {
        let value = self.text(name).replace(',', ".");
        if value.is_empty() {
            return usual;
        }
        match value.parse::<f64>() {
            Ok(number) if (least..=most).contains(&number) => number,
            _ => {
                self.complain(
                    name,
                    format!("'{value}' is not a number from {least} to {most}"),
                    format!("'{value}' is geen getal van {least} tot en met {most}"),
                );
                usual
            }
        }
    }

    /// Says that something is wrong with a field.
    pub(crate) fn complain(&mut self, name: &str, en: impl Into<String>, nl: impl Into<String>) {
        self.wrong.push((name.to_owned(), text(en, nl)));
    }

    /// Everything that is wrong, if anything is.
    pub(crate) fn sound(&self) -> Result<(), Problem> {
        if self.wrong.is_empty() { Ok(()) } else { Err(Problem::fields(self.wrong.clone())) }
    }

    /// The fields of a body that has been read already.
    pub(crate) async fn of_body(kind: &str, body: Bytes) -> Result<Self, Problem> {
        if kind.starts_with("multipart/form-data") {
            return Self::of_multipart(kind, body).await;
        }
        let mut fields = Self::default();
        if kind.starts_with("application/json") {
            fields.take_json(&body)?;
        } else if kind.starts_with("application/x-www-form-urlencoded") {
            let pairs = Form::<Vec<(String, String)>>::from_request(again(kind, body)?, &()).await;
            for (name, value) in pairs.map_err(|_| unreadable())?.0 {
                fields.add(name, value);
            }
        } else if !body.is_empty() {
            let en = "send application/json, application/x-www-form-urlencoded or multipart/form-data";
            let nl = "stuur application/json, application/x-www-form-urlencoded of multipart/form-data";
            return Err(Problem::new(axum::http::StatusCode::UNSUPPORTED_MEDIA_TYPE, "unknown-media-type", en, nl));
        }
        Ok(fields)
    }

    /// A name that is sent more than once is a list: its values with spaces between.
    fn add(&mut self, name: String, value: String) {
        let kept = self.values.entry(name).or_default();
        if !kept.is_empty() {
            kept.push(' ');
        }
        kept.push_str(&value);
    }

    fn take_json(&mut self, body: &Bytes) -> Result<(), Problem> {
        let value: Value = if body.is_empty() {
            Value::Object(serde_json::Map::new())
        } else {
            serde_json::from_slice(body).map_err(|_| unreadable())?
        };
        let Value::Object(object) = value else { return Err(unreadable()) };
        for (name, value) in object {
            match value {
                Value::Null => {}
                Value::String(text) => self.add(name, text),
                Value::Bool(_) | Value::Number(_) => self.add(name, value.to_string()),
                Value::Array(items) => {
                    self.values.entry(name.clone()).or_default();
                    for item in items {
                        match item {
                            Value::String(text) => self.add(name.clone(), text),
                            _ => self.complain(&name, "is not a list of texts", "is geen lijst van teksten"),
                        }
                    }
                }
                Value::Object(entries) if name == "files" => {
                    for (file, content) in entries {
                        match content {
                            Value::String(text) => {
                                self.files.insert(file, text.into_bytes());
                            }
                            _ => self.complain(&file, "is not a text", "is geen tekst"),
                        }
                    }
                }
                Value::Object(_) => self.complain(&name, "is not a text or a number", "is geen tekst of getal"),
            }
        }
        Ok(())
    }

    async fn of_multipart(kind: &str, body: Bytes) -> Result<Self, Problem> {
        let mut parts = Multipart::from_request(again(kind, body)?, &()).await.map_err(|_| unreadable())?;
        let mut fields = Self::default();
        while let Some(part) = parts.next_field().await.map_err(|_| unreadable())? {
            let name = part.name().unwrap_or_default().to_owned();
            let file = part.file_name().map(str::to_owned);
            let bytes = part.bytes().await.map_err(|_| unreadable())?;
            match file {
                // A browser that sends a whole folder sends paths; only the last part is a name here.
                Some(file) => {
                    let last = file.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
                    if !last.is_empty() {
                        fields.files.insert(last, bytes.to_vec());
                    }
                }
                None => fields.add(name, String::from_utf8(bytes.to_vec()).map_err(|_| unreadable())?),
            }
        }
        Ok(fields)
    }

    /// The field that shows a form is one of ours.
    pub(crate) fn form_token(&self) -> &str {
        self.values.get("form_token").map_or("", String::as_str)
    }
}

/// A request for a body that has been read, and measured, already.
fn again(kind: &str, body: Bytes) -> Result<Request, Problem> {
    let request = Request::post("/").header(header::CONTENT_TYPE, kind).body(Body::from(body));
    let mut request = request.map_err(|_| unreadable())?;
    DefaultBodyLimit::disable().apply(&mut request);
    Ok(request)
}

fn unreadable() -> Problem {
    Problem::new(
        axum::http::StatusCode::BAD_REQUEST,
        "unreadable",
        "what was sent cannot be read as what it says it is",
        "wat is verstuurd kan niet worden gelezen als wat het zegt te zijn",
    )
}

/// Fields on their way from the guard, which has read them, to who asked for them.
#[derive(Clone, Debug)]
pub(crate) struct Read(Arc<Mutex<Option<Fields>>>);

impl Read {
    pub(crate) fn new(fields: Fields) -> Self {
        Self(Arc::new(Mutex::new(Some(fields))))
    }
}

impl<S: Sync> FromRequest<S> for Fields {
    type Rejection = Problem;
    async fn from_request(mut request: Request, _: &S) -> Result<Self, Problem> {
        let read = request.extensions_mut().remove::<Read>();
        let fields = read.and_then(|read| read.0.lock().ok().and_then(|mut fields| fields.take()));
        fields.ok_or_else(|| Problem::inside("a write without its guard"))
    }
}
