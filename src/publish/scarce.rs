//! What is scarce as a page: what one more of each thing would bring, in words.

use super::format::euro;
use super::page::{heading, page_title, wrap};
use super::units::{range, signed, unit};
use crate::ask::{Marginal, Scarcity};
use crate::lang::Lang;
use crate::week::Week;

/// The page of marginal values.
pub fn scarcity_page(week: &Week, scarcity: &Scarcity, lang: Lang) -> String {
    let mut page = page_title(
        &lang.pick(format!("What is scarce in week {}", week.week), format!("Wat schaars is in week {}", week.week)),
    );
    let (objective, bound) = (euro(lang, scarcity.objective), euro(lang, scarcity.bound));
    page += &wrap(
        "  ",
        &lang.pick(
            format!("Compared with a plan worth {objective} (no plan is worth more than {bound}). Each line is the week planned again with one more; what others would have to be asked for, or paid, is not in it."),
            format!("Vergeleken met een plan van {objective} (geen plan is meer waard dan {bound}). Elke regel is de week opnieuw gepland met één meer; wat daarvoor gevraagd of betaald moet worden, zit er niet in."),
        ),
    );
    let chosen = if scarcity.priced {
        lang.pick(
            "Tried first is what the linear program would pay most for (its duals), then what open cases lack and what is full.",
            "Eerst is geprobeerd waar het lineaire programma het meest voor over heeft (zijn duale waarden), dan wat open zaken missen en wat vol is.",
        )
    } else {
        lang.pick(
            "The linear program was not solved in the time, so duals are not known: tried first is what open cases lack, then what is full.",
            "Het lineaire programma is niet op tijd opgelost, dus duale waarden zijn er niet: eerst is geprobeerd wat open zaken missen, dan wat vol is.",
        )
    };
    page += &wrap("  ", chosen);
    let (worth, nothing): (Vec<&Marginal>, Vec<&Marginal>) =
        scarcity.units.iter().partition(|one| one.value.most.get() > 1.0);
    if !worth.is_empty() {
        page += &heading(lang.pick("One more would bring", "Eén meer zou opleveren"));
    }
    for one in worth {
        let what = unit(week, &one.unit, 1, lang);
        page += &wrap("  ", &format!("{what}: {}", value(one, lang)));
        if !one.differ.is_empty() {
            let cases = one.differ.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
            page += &wrap("    ", &lang.pick(format!("cases that differ: {cases}"), format!("andere zaken: {cases}")));
        }
    }
    if !nothing.is_empty() {
        page += &heading(lang.pick("One more would bring nothing, proven", "Eén meer zou niets opleveren, bewezen"));
        let list: Vec<String> = nothing.iter().map(|one| unit(week, &one.unit, 1, lang)).collect();
        page += &wrap("  ", &list.join("; "));
    }
    if scarcity.units.is_empty() {
        page += &wrap("  ", lang.pick("Nothing is used up.", "Niets is opgebruikt."));
    }
    if scarcity.untried > 0 {
        let untried = scarcity.untried;
        page.push('\n');
        page += &wrap(
            "  ",
            &lang.pick(
                format!("{untried} more things that might be scarce were not tried; --top N tries more."),
                format!(
                    "{untried} andere zaken die schaars kunnen zijn, zijn niet geprobeerd; --top N probeert er meer."
                ),
            ),
        );
    }
    page
}

/// What it would bring: departures are those of the plans that were found.
fn value(one: &Marginal, lang: Lang) -> String {
    let departures = match one.departures {
        0 => String::new(),
        n => {
            let noun = match n {
                1 | -1 => lang.pick("departure", "vertrek"),
                _ => lang.pick("departures", "vertrekken"),
            };
            format!("{n:+} {noun}, ")
        }
    };
    if one.value.is_plain() {
        return departures + &signed(one.value.most, lang);
    }
    let (found, range) = (signed(one.found, lang), range(&one.value, lang));
    lang.pick(format!("{range}; found: {departures}{found}"), format!("{range}; gevonden: {departures}{found}"))
}
