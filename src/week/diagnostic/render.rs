//! Sentences from diagnostics: for people on a terminal, as JSON, and the index page of all codes.

use super::{Code, Diagnostic};
use crate::lang::Lang;
use serde::Serialize;
use std::fmt::Write;

/// A diagnostic with its sentences in one language; its JSON form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rendered<'a> {
    /// Stable code.
    pub code: Code,
    /// File inside the week folder.
    pub file: &'a str,
    /// Line, counted from 1.
    pub line: Option<u64>,
    /// Name of the column or key.
    pub column: Option<&'a str>,
    /// Position of the column, counted from 1.
    pub column_number: Option<u64>,
    /// The value as written.
    pub value: Option<&'a str>,
    /// What happened.
    pub message: String,
    /// What is allowed.
    pub allowed: String,
    /// What to do.
    pub remedy: String,
}

impl Diagnostic {
    /// The diagnostic with its sentences.
    pub fn rendered(&self, lang: Lang) -> Rendered<'_> {
        let sentences = self.code.sentences(lang);
        Rendered {
            code: self.code,
            file: &self.file,
            line: self.line,
            column: self.column.as_ref().map(|c| c.name.as_str()).filter(|name| !name.is_empty()),
            column_number: self.column.as_ref().and_then(|c| c.number),
            value: self.value.as_deref(),
            message: self.fill(sentences.what, lang),
            allowed: self.fill(sentences.allowed, lang),
            remedy: self.fill(sentences.remedy, lang),
        }
    }

    /// What happened, as one sentence.
    pub fn message(&self, lang: Lang) -> String {
        self.fill(self.code.sentences(lang).what, lang)
    }

    /// Puts the diagnostic's fields in the places of a sentence, in one pass: a value is never searched for places.
    fn fill(&self, sentence: &str, lang: Lang) -> String {
        let mut filled = String::with_capacity(sentence.len() + 32);
        let mut rest = sentence;
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let Some((place, tail)) = after.split_once('}') else { break };
            filled.push_str(self.field(place, lang));
            rest = tail;
        }
        filled.push_str(rest);
        filled
    }

    fn field(&self, place: &str, lang: Lang) -> &str {
        match place {
            "value" => self.value.as_deref().map(|value| match self.code {
                Code::FolderUnreadable | Code::FileUnreadable => reason_in(value, lang),
                _ => value,
            }),
            "column" => self.column.as_ref().map(|c| c.name.as_str()),
            "file" => Some(self.file.as_str()),
            "allowed" => self.allowed.as_deref(),
            "other" => self.other.as_deref(),
            _ => None,
        }
        .unwrap_or_default()
    }

    /// The row it is in: `cases.csv:3`, or the file alone.
    pub fn row(&self) -> String {
        match self.line {
            Some(line) => format!("{}:{line}", self.file),
            None => self.file.clone(),
        }
    }

    /// Where it is: `cases.csv:3:6`, file, line and number of the column, as much of it as is known.
    pub fn place(&self) -> String {
        let mut place = self.row();
        if let Some(number) = self.column.as_ref().and_then(|c| c.number) {
            let _ = write!(place, ":{number}");
        }
        place
    }
}

/// Why a file or folder cannot be read; a reason that is not known stays as the operating system gives it.
fn reason_in(reason: &str, lang: Lang) -> &str {
    let dutch = match reason {
        "not found" => "niet gevonden",
        "not a folder" => "geen map",
        "a folder, not a file" => "een map, geen bestand",
        "not an ordinary file" => "geen gewoon bestand",
        "no permission" => "geen toestemming",
        other => other,
    };
    lang.pick(reason, dutch)
}

/// All diagnostics for people, one paragraph each, and how many there are.
pub fn render_all(diagnostics: &[Diagnostic], lang: Lang) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics {
        let Rendered { code, message, allowed, remedy, .. } = diagnostic.rendered(lang);
        let place = diagnostic.place();
        let _ = writeln!(text, "{code} {place}: {message}");
        let _ = writeln!(text, "    {}: {allowed}", lang.pick("allowed", "toegestaan"));
        let _ = writeln!(text, "    {}: {remedy}", lang.pick("to do", "te doen"));
    }
    if diagnostics.iter().any(|diagnostic| diagnostic.code != Code::FolderUnreadable) {
        let _ = writeln!(text, "\n{}", total(diagnostics, lang));
    }
    text
}

/// How many problems there are, those that are not listed too, and in how many files.
fn total(diagnostics: &[Diagnostic], lang: Lang) -> String {
    let count = |diagnostic: &Diagnostic| match diagnostic.code {
        Code::MoreDiagnostics => diagnostic.value.as_deref().and_then(|more| more.parse().ok()).unwrap_or(0),
        _ => 1_u64,
    };
    let problems: u64 = diagnostics.iter().map(count).sum();
    let files = diagnostics.chunk_by(|one, next| one.file == next.file).count();
    let noun = |count: bool, one, many| if count { one } else { many };
    lang.pick(
        format!(
            "{problems} {} in {files} {}; nothing has been written.",
            noun(problems == 1, "problem", "problems"),
            noun(files == 1, "file", "files")
        ),
        format!(
            "{problems} {} in {files} {}; er is niets geschreven.",
            noun(problems == 1, "probleem", "problemen"),
            noun(files == 1, "bestand", "bestanden")
        ),
    )
}

/// The index of all codes as a Markdown page.
pub fn index_page() -> String {
    let mut page = String::from(
        "# What may be wrong with a week folder\n\n\
         Generated from `src/week/diagnostic/codes.rs`. A word between braces stands for what was found in the folder.\n\n\
         | code | what happened | what is allowed | what to do |\n| --- | --- | --- | --- |\n",
    );
    for code in Code::ALL {
        for lang in Lang::ALL {
            let s = code.sentences(lang);
            let id = lang.pick(code.id(), "");
            let _ = writeln!(page, "| {id} | {} | {} | {} |", s.what, s.allowed, s.remedy);
        }
    }
    page
}
