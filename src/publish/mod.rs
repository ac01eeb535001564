//! The readable products of a plan: terminal summary, explanation of one case, escort rosters, run sheets and the
//! notice list, each in English and in Dutch.

mod agenda;
mod audit;
mod changes;
mod experiments;
mod explain;
pub(crate) mod facts;
mod feed;
pub(crate) mod format;
mod notices;
mod offers;
mod page;
mod readiness;
mod reasons;
mod record;
mod risk;
mod rosters;
mod runsheets;
mod scarce;
mod scenarios;
mod sheet;
mod simulation;
mod summary;
mod svg;
mod units;
pub(crate) mod words;
mod work_list;

pub(crate) use agenda::{Agenda, file_stem as stem};
pub use audit::{audit_page, labels_error};
pub use changes::changes_page;
pub(crate) use changes::{reason as change_reason, what as change_what};
pub use experiments::{Tried, experiments_section, tried};
pub use explain::explain;
pub(crate) use explain::{Answer, gate_answers};
pub(crate) use feed::{Edition, feed};
pub use offers::offers_page;
pub(crate) use readiness::need;
pub use readiness::readiness_page;
pub use reasons::reasons_section;
pub use record::{Use, record};
pub use risk::{Contact, FittedRisk, LIMITS as REGISTER_LIMITS, algorithm_register, risk_page, risk_products};
pub use scarce::scarcity_page;
pub use scenarios::{Figures, Scenario, scenario_figures, scenarios_page};
pub use simulation::{simulation_page, simulation_products};
pub use summary::summary;
pub use work_list::{work_list, work_list_json};

use self::facts::Facts;
use crate::lang::Lang;
use crate::plan::Plan;
use crate::week::Week;

/// A file of the output folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    /// Path inside the output folder, with `/` between its parts; never leaves the folder.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// The calendars of a plan: of escorts, of shifts, of notices.
pub(crate) fn agendas(week: &Week, plan: &Plan, lang: Lang) -> Vec<Agenda> {
    let facts = Facts::new(week, plan);
    let mut agendas = rosters::agendas(&facts, lang);
    agendas.extend(runsheets::agendas(&facts, lang));
    agendas.push(notices::agenda(&facts, lang));
    agendas
}

/// Every product but `plan.json`, in order of name; the text inside is in `lang`, except that the summary is there in both languages.
pub fn products(week: &Week, plan: &Plan, lang: Lang) -> Vec<Product> {
    let facts = Facts::new(week, plan);
    let text = |name: &str, text: String| Product { name: name.to_owned(), bytes: text.into_bytes() };
    let mut products = vec![
        text("summary.txt", summary(week, plan, Lang::En)),
        text("samenvatting.txt", summary(week, plan, Lang::Nl)),
    ];
    products.extend(rosters::products(&facts, lang));
    products.extend(runsheets::products(&facts, lang));
    products.extend(notices::products(&facts, lang));
    if !week.cases.is_empty() {
        products.push(record::of_plan(week, plan));
        products.push(Product { name: "gates.csv".to_owned(), bytes: work_list::file(week, lang) });
    }
    products.sort_by(|a, b| a.name.cmp(&b.name));
    products
}
