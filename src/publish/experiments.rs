//! Ready-made experiments as a page: the guess of the policy review beside what was computed, with what each assumes.

use super::format::{number, percent};
use super::page::{heading, wrap};
use super::scenarios::Figures;
use crate::lang::Lang;
use crate::whatif::Experiment;
use serde::Serialize;

/// What an experiment came to.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Tried {
    /// The experiment.
    pub experiment: Experiment,
    /// What the review guessed would be saved, as a share; none: it published no guess.
    pub guessed: Option<f64>,
    /// What is saved of the euro that the experiment is about, as a share: of tickets and escorts for each person expected to
    /// depart, of transport for each ride driven; none where nothing of it was spent.
    pub saved: Option<f64>,
    /// Persons expected to depart, more.
    pub departures: f64,
    /// Objective, more.
    pub objective: crate::units::Euro,
    /// The same at least and at most, by the bounds of both plans.
    pub between: (crate::units::Euro, crate::units::Euro),
    /// Days that a person who departs waits longer, on average.
    pub longer_days: f64,
}

/// An experiment against the folder as it is.
pub fn tried(experiment: Experiment, base: &Figures, with: &Figures) -> Tried {
    let spent = |figures: &Figures| {
        let (euro, of) = match experiment {
            Experiment::Road | Experiment::Vehicle => (figures.money.transport, figures.rides as f64),
            Experiment::Joint | Experiment::Pair => (figures.money.tickets + figures.money.escorts, figures.expected),
        };
        (of > 0.0 && euro.get() > 0.0).then(|| euro.get() / of)
    };
    Tried {
        experiment,
        guessed: experiment.guess(),
        saved: spent(base).zip(spent(with)).map(|(before, after)| 1.0 - after / before),
        departures: with.expected - base.expected,
        objective: (with.objective - base.objective).to_cents(),
        between: ((with.objective - base.bound).to_cents(), (with.bound - base.objective).to_cents()),
        longer_days: with.wait_days - base.wait_days,
    }
}

/// The section of the experiments.
pub fn experiments_section(list: &[Tried], lang: Lang) -> String {
    let mut page = String::new();
    for tried in list {
        page += &heading(tried.experiment.title(lang));
        page += &wrap("  ", &guess(tried.experiment, lang));
        page += &wrap("  ", &computed(tried, lang));
        page += &wrap("  ", assumed(tried.experiment, lang));
    }
    page
}

fn guess(experiment: Experiment, lang: Lang) -> String {
    match experiment {
        Experiment::Joint => lang.pick(
            "The policy review of return 2011-2017 (measure 4) guessed 15% less of the travel costs, about half of 8 million euro: 615,000 euro a year, from the third year on, with people waiting longer.",
            "De beleidsdoorlichting terugkeer 2011-2017 (maatregel 4) schatte 15% minder reiskosten, ongeveer de helft van 8 miljoen euro: 615.000 euro per jaar, vanaf het derde jaar, waarbij mensen langer wachten.",
        ),
        Experiment::Road => lang.pick(
            "The policy review of return 2011-2017 (measure 2) guessed 15% less road transport costs: of 8.4 million, about 1.3 million euro a year, from the third year on. It counted vans with lower quality requirements too, which this experiment does not.",
            "De beleidsdoorlichting terugkeer 2011-2017 (maatregel 2) schatte 15% minder kosten van wegvervoer: van 8,4 miljoen ongeveer 1,3 miljoen euro per jaar, vanaf het derde jaar. Daarin telden ook busjes met minder kwaliteitseisen, en die zitten niet in dit experiment.",
        ),
        Experiment::Pair | Experiment::Vehicle => {
            lang.pick("No guess was published.", "Hiervoor is geen schatting gepubliceerd.")
        }
    }
    .to_owned()
}

fn computed(tried: &Tried, lang: Lang) -> String {
    let euro = |amount: crate::units::Euro| super::units::signed(amount, lang);
    let share = tried.saved.map_or_else(
        || lang.pick("no such costs in this week", "geen zulke kosten in deze week").to_owned(),
        |saved| {
            let (kind, of) = match tried.experiment {
                Experiment::Road | Experiment::Vehicle => {
                    lang.pick(("transport", "for each ride driven"), ("vervoer", "per gereden rit"))
                }
                Experiment::Joint | Experiment::Pair => lang.pick(
                    ("tickets and escorts", "for each person expected to depart"),
                    ("tickets en begeleiding", "per persoon die naar verwachting vertrekt"),
                ),
            };
            let change = percent(lang, -saved, 1);
            let change = if saved <= 0.0 { format!("+{change}") } else { change };
            format!("{kind} {change} {of}")
        },
    );
    let (departures, longer) = (number(lang, tried.departures, 2), number(lang, tried.longer_days, 2));
    let (objective, least, most) = (euro(tried.objective), euro(tried.between.0), euro(tried.between.1));
    lang.pick(
        format!("Computed for this week: {share}; expected departures {departures} more; {longer} days longer until departure on average; objective {objective} (by the bounds of both plans between {least} and {most})."),
        format!("Berekend voor deze week: {share}; {departures} verwachte vertrekken meer; gemiddeld {longer} dagen langer tot vertrek; doelwaarde {objective} (volgens de grenzen van beide plannen tussen {least} en {most})."),
    )
}

fn assumed(experiment: Experiment, lang: Lang) -> &'static str {
    match experiment {
        Experiment::Joint => lang.pick(
            "Assumed: every joint flight of the folder flies once more, a day later, on the same terms; what it costs others is not in it.",
            "Aangenomen: elke gezamenlijke vlucht van de map vliegt nog een keer, een dag later, op dezelfde voorwaarden; wat dat anderen kost, zit er niet in.",
        ),
        Experiment::Road => lang.pick(
            "Assumed: the detour that is allowed is doubled, and every vehicle holds one more class of people apart; seats, costs and hours stay.",
            "Aangenomen: de toegestane omweg wordt verdubbeld, en elk voertuig houdt één groep mensen meer apart; stoelen, kosten en uren blijven.",
        ),
        Experiment::Pair => lang.pick(
            "Assumed: two more escorts like those who may enter the most countries, of either sex where there are both, with the same absences; their employment costs no more than the hours they work.",
            "Aangenomen: twee begeleiders meer zoals die de meeste landen in mogen, van beide geslachten waar die er zijn, met dezelfde afwezigheid; hun aanstelling kost niet meer dan de uren die zij werken.",
        ),
        Experiment::Vehicle => lang.pick(
            "Assumed: one more vehicle like the one with the most shifts, with the same shifts; buying it is not in it.",
            "Aangenomen: één voertuig meer zoals dat met de meeste diensten, met dezelfde diensten; de aanschaf zit er niet in.",
        ),
    }
}
