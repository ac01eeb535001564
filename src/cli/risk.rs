//! `vertrek risk`: fit the cancellation hazards on history; audit them by group.

use super::output::{Kind, OutputFolder};
use super::plan::made_at;
use super::readiness::plan_of;
use super::{Failure, Format, PrintArgs, WeekArgs, json, say};
use serde_json::json;
use std::path::PathBuf;
use std::process::ExitCode;
use vertrek::audit::{Labels, audit};
use vertrek::journal::digest;
use vertrek::lang::Lang;
use vertrek::options::gate;
use vertrek::publish::{Contact, FittedRisk, Use, audit_page, labels_error, record, risk_page, risk_products};
use vertrek::risk::{Observation, Verdict, constant, fit, validate};
use vertrek::week::read::read_history;

#[derive(Debug, clap::Args)]
pub(super) struct Risk {
    #[command(subcommand)]
    command: RiskCommand,
}

#[derive(Debug, clap::Subcommand)]
enum RiskCommand {
    /// Fit the hazards on a history.csv, judge them on its later part, and say what to use.
    Fit(Fit),
    /// For the controller: calibration and planning by group, with labels from a separate file.
    Audit(Audit),
}

#[derive(Debug, clap::Args)]
struct Audit {
    #[command(flatten)]
    week: WeekArgs,
    /// Labels, columns case,group: ids of cases.csv or history.csv. No planning command reads this file.
    #[arg(long, value_name = "GROUPS.csv")]
    groups: PathBuf,
    /// A plan of the week, to compare who is planned.
    #[arg(long, value_name = "PLAN.json")]
    plan: Option<PathBuf>,
}

impl Audit {
    fn run(self) -> Result<ExitCode, Failure> {
        let lang = self.week.print.lang();
        let week = self.week.read()?;
        let bytes = std::fs::read(&self.groups)
            .map_err(|error| Failure::of_path(lang, "read", "lezen", &self.groups, &error))?;
        let labels = Labels::read(&bytes, &week).map_err(|wrong| {
            let lines = wrong.iter().map(|error| labels_error(error, lang));
            let lines: Vec<String> = lines.map(|line| format!("{}: {line}", self.groups.display())).collect();
            Failure::Told(lines.join("\n"))
        })?;
        let plan = self.plan.as_deref().map(|path| plan_of(path, lang)).transpose()?;
        let groups = audit(&week, &week.risk, &gate(&week), plan.as_ref(), &labels);
        match self.week.print.format {
            Format::Json => say(&json(&groups)),
            Format::Text => say(&audit_page(&groups, lang)),
        }
        Ok(ExitCode::SUCCESS)
    }
}

#[derive(Debug, clap::Args)]
struct Fit {
    /// The history: a file with the columns of history.csv.
    history: PathBuf,
    /// Folder to write risk.toml, the model card, plots and tables to; an earlier output there is replaced.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// E-mail address at which your organisation can be asked about the algorithm; with it, DIR also gets
    /// algoritmeregister.json, the entry for the Dutch Algorithm Register.
    #[arg(long, value_name = "ADDRESS", requires = "out")]
    contact: Option<String>,
    #[command(flatten)]
    print: PrintArgs,
}

const OUTPUT: Kind = Kind {
    mark: "risk.toml",
    products: &[
        "risk",
        "risk_fitted",
        "risk_constant",
        "model_card",
        "modelkaart",
        "algoritmeregister",
        "hazards",
        "hazards_absence",
        "hazards_procedure",
        "hazards_by_day",
        "reliability",
        "validation",
        "record",
    ],
};

impl Risk {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        match self.command {
            RiskCommand::Fit(command) => command.run(),
            RiskCommand::Audit(command) => command.run(),
        }
    }
}

impl Fit {
    fn run(self) -> Result<ExitCode, Failure> {
        let lang = self.print.lang();
        let contact = self.contact.as_deref().map(|address| Self::contact(address, lang)).transpose()?;
        let bytes = std::fs::read(&self.history)
            .map_err(|error| Failure::of_path(lang, "read", "lezen", &self.history, &error))?;
        let digest = digest(&bytes);
        let table = read_history(bytes).map_err(|mut diagnostics| {
            // A history may have any name.
            diagnostics.iter_mut().for_each(|found| found.file = self.history.display().to_string());
            self.print.bad_input(&diagnostics)
        })?;
        let out = self.out.as_deref().map(|dir| OutputFolder::claim_for(dir, lang, &OUTPUT)).transpose()?;
        let history: Vec<Observation> = table.iter().map(Observation::of).collect();
        let dates = history.iter().map(|row| row.planned_on);
        let (Some(fit), Some(first), Some(last)) = (fit(&history), dates.clone().min(), dates.max()) else {
            return Err(Failure::Told(lang.pick(
                format!("error: {} holds no departures; there is nothing to fit", self.history.display()),
                format!("fout: {} bevat geen vertrekken; er valt niets te schatten", self.history.display()),
            )));
        };
        let fitted = FittedRisk {
            fit,
            constant: constant(&history),
            validation: validate(&history),
            dates: (first, last),
            digest,
        };
        let answer = answer(&fitted);
        if let Some(out) = &out {
            let name = self.history.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
            let inputs = vec![(name, fitted.digest.clone())];
            let usage = Use { command: "risk fit", made_at: Some(made_at()), inputs, result: answer.clone() };
            let mut files: Vec<(String, Vec<u8>)> = risk_products(&fitted, contact.as_ref(), lang)
                .into_iter()
                .map(|product| (product.name, product.bytes))
                .collect();
            let record = record(&usage, "record.json");
            files.push((record.name, record.bytes));
            out.write(&files, lang)?;
        }
        match self.print.format {
            Format::Json => say(&json(&answer)),
            Format::Text => say(&self.page(&fitted, lang)),
        }
        Ok(ExitCode::SUCCESS)
    }

    fn contact(address: &str, lang: Lang) -> Result<Contact, Failure> {
        Contact::new(address).ok_or_else(|| {
            Failure::Told(lang.pick(
                format!("error: --contact {address}: must be an e-mail address, such as name@organisation.nl"),
                format!("fout: --contact {address}: moet een e-mailadres zijn, zoals naam@organisatie.nl"),
            ))
        })
    }

    fn page(&self, fitted: &FittedRisk, lang: Lang) -> String {
        let page = risk_page(fitted, lang);
        let end = match &self.out {
            Some(dir) => lang.pick(
                format!("Written to {0}; paste {0}/risk.toml into week.toml to use it.", dir.display()),
                format!("Geschreven naar {0}; plak {0}/risk.toml in week.toml om het te gebruiken.", dir.display()),
            ),
            None => lang.pick(
                "Nothing was written; add --out DIR for risk.toml, the model card, plots and tables.".to_owned(),
                "Er is niets geschreven; voeg --out MAP toe voor risk.toml, de modelkaart, grafieken en tabellen."
                    .to_owned(),
            ),
        };
        let register = match (&self.out, &self.contact) {
            (Some(_), None) => lang.pick(
                "\nalgoritmeregister.json is not among it: the Algorithm Register requires an address to ask at. Add --contact ADDRESS.",
                "\nalgoritmeregister.json is er niet bij: het Algoritmeregister vereist een adres voor vragen. Voeg --contact ADRES toe.",
            ),
            _ => "",
        };
        format!("{page}\n{end}{register}")
    }
}

/// What a program is answered.
fn answer(fitted: &FittedRisk) -> serde_json::Value {
    let validation = fitted.validation.as_ref().map(|v| {
        json!({
            "seen_until": v.seen_until,
            "seen_at_first": v.seen,
            "steps": v.steps,
            "judged": v.judged,
            "log_loss": v.log_loss,
            "log_loss_by_cause": v.cause_log_loss,
            "log_loss_constant": v.against_constant.log_loss,
            "log_loss_defaults": v.against_defaults.log_loss,
            "log_loss_less_constant": v.against_constant.difference,
            "log_loss_less_defaults": v.against_defaults.difference,
            "brier": {
                "score": v.brier.score,
                "reliability": v.brier.reliability,
                "resolution": v.brier.resolution,
                "uncertainty": v.brier.uncertainty,
                "within": v.brier.within,
            },
            "calibration_slope": v.calibration.map(|c| c.slope),
            "calibration_intercept": v.calibration.map(|c| c.intercept),
            "calibration_error": v.calibration_error,
            "calibration_error_by_chance": v.error_by_chance,
        })
    });
    json!({
        "departures": fitted.fit.rows,
        "from": fitted.dates.0,
        "until": fitted.dates.1,
        "recommended": match fitted.verdict() {
            Verdict::Fitted => "fitted",
            Verdict::Constant => "constant",
        },
        "validation": validation,
        "hazards": fitted.fit.estimates,
        "preparation_with_complete_file": fitted.fit.moved_to_other,
    })
}
