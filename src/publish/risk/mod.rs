//! The products of a fit: hazards to paste into `week.toml`, the page for people, a model card in both languages, plots,
//! the tables behind them, the entry for the Algorithm Register and the record of the run.

mod card;
mod page;
mod plots;
mod register;
mod settings;
mod tables;
mod words;

pub use page::risk_page;
pub use register::{Contact, LIMITS, algorithm_register};

use super::Product;
use crate::lang::Lang;
use crate::risk::{Fit, Validation, Verdict};
use crate::rules::RiskBelief;
use crate::week::Measure;
use chrono::NaiveDate;

/// A fit with everything that is said of it.
#[derive(Clone, Debug)]
pub struct FittedRisk {
    /// The fit on the whole history.
    pub fit: Fit,
    /// One constant rate on the whole history.
    pub constant: RiskBelief,
    /// How a fit on the earlier part does on the later part; none when there is too little.
    pub validation: Option<Validation>,
    /// First and last date of the history.
    pub dates: (NaiveDate, NaiveDate),
    /// SHA-256 of the file, lower-case hex.
    pub digest: String,
}

impl FittedRisk {
    /// What to use: what the validation says, and without one the constant.
    pub fn verdict(&self) -> Verdict {
        self.validation.as_ref().map_or(Verdict::Constant, |validation| validation.verdict)
    }

    /// Measures under which nobody in the history was to depart.
    fn unseen(&self) -> Vec<Measure> {
        self.fit.rows_of.iter().filter(|(_, rows)| *rows == 0).map(|(measure, _)| *measure).collect()
    }

    /// The belief to use.
    pub fn recommended(&self) -> &RiskBelief {
        match self.verdict() {
            Verdict::Fitted => &self.fit.belief,
            Verdict::Constant => &self.constant,
        }
    }
}

/// Every product of a fit but the record, in order of name; text inside plots and tables is in `lang`. The entry for the
/// Algorithm Register is there when somebody can be asked about it: `contact`.
pub fn risk_products(fitted: &FittedRisk, contact: Option<&Contact>, lang: Lang) -> Vec<Product> {
    let text = |name: &str, text: String| Product { name: name.to_owned(), bytes: text.into_bytes() };
    let mut products = vec![
        text("risk.toml", settings::toml(fitted, fitted.verdict(), true)),
        text("risk_fitted.toml", settings::toml(fitted, Verdict::Fitted, false)),
        text("risk_constant.toml", settings::toml(fitted, Verdict::Constant, false)),
        text("model_card.md", card::card(fitted, Lang::En)),
        text("modelkaart.md", card::card(fitted, Lang::Nl)),
        text("hazards_absence.svg", plots::hazards(fitted, false, lang)),
        text("hazards_procedure.svg", plots::hazards(fitted, true, lang)),
        Product { name: "hazards.csv".to_owned(), bytes: tables::hazards(fitted) },
        Product { name: "hazards_by_day.csv".to_owned(), bytes: tables::by_day(fitted) },
    ];
    if let Some(contact) = contact {
        products.push(text("algoritmeregister.json", algorithm_register(contact)));
    }
    if let Some(validation) = &fitted.validation {
        products.push(text("reliability.svg", plots::reliability(validation, lang)));
        products.push(Product { name: "reliability.csv".to_owned(), bytes: tables::reliability(validation) });
        products.push(Product { name: "validation.csv".to_owned(), bytes: tables::validation(validation) });
    }
    products.sort_by(|a, b| a.name.cmp(&b.name));
    products
}
