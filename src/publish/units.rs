//! What is scarce, and what is known of an amount, in words.

use super::format::{date_long, date_of, date_short, euro, number};
use super::words::role;
use crate::ask::{NewEscort, Range, Unit};
use crate::lang::Lang;
use crate::units::Euro;
use crate::week::{Sex, Week};
use std::collections::BTreeMap;

/// One more of something, or several.
pub(super) fn unit(week: &Week, unit: &Unit, count: usize, lang: Lang) -> String {
    let more = match count {
        1 => lang.pick("one more", "één").to_owned(),
        n => lang.pick(format!("{n} more"), format!("{n}")),
    };
    let (s, en, dienst) = if count == 1 { ("", "", "") } else { ("s", "en", "en") };
    match unit {
        Unit::Seat(leg) => lang.pick(format!("{more} seat{s} on {leg}"), format!("{more} stoel{en} meer op {leg}")),
        Unit::UnescortedSeat(leg) => lang.pick(
            format!("{more} seat{s} for somebody without escorts on {leg}"),
            format!("{more} stoel{en} meer op {leg} voor iemand zonder begeleiding"),
        ),
        Unit::Place(slot) => {
            let row = week.contact_slots.get(slot);
            let at = row
                .map_or(String::new(), |row| format!(" ({}, {})", date_short(lang, date_of(row.starts)), row.location));
            lang.pick(
                format!("{more} place{s} at contact slot {slot}{at}"),
                format!("{more} plaats{en} meer bij contactmoment {slot}{at}"),
            )
        }
        Unit::Arrival(country, kind) => {
            let persons = if count == 1 { ("person", "persoon") } else { ("persons", "personen") };
            let of = kind.map_or(String::new(), |kind| format!(" ({kind})"));
            lang.pick(
                format!("{more} {} a day admitted by {country}{of}", persons.0),
                format!("{more} {} per dag meer toegelaten door {country}{of}", persons.1),
            )
        }
        Unit::Shift(like) => {
            let row = week.shifts.get(like);
            let on = row.map_or(String::new(), |row| format!(" ({})", date_short(lang, date_of(row.span.from()))));
            lang.pick(
                format!("{more} vehicle shift{s} like {like}{on}"),
                format!("{more} voertuigdienst{dienst} meer zoals {like}{on}"),
            )
        }
        Unit::Escort(new) => escort(new, &more, s, lang),
        Unit::Priority(case, thousandths) => {
            let now = week.cases.get(case).map_or(1.0, |case| case.priority.get());
            let (then, now) = (number(lang, f64::from(*thousandths) / 1000.0, 3), number(lang, now, 3));
            lang.pick(format!("priority {then} instead of {now}"), format!("prioriteit {then} in plaats van {now}"))
        }
    }
}

fn escort(new: &NewEscort, more: &str, s: &str, lang: Lang) -> String {
    let sex = match new.sex {
        Some(Sex::F) => lang.pick("female ", "vrouwelijke "),
        Some(Sex::M) => lang.pick("male ", "mannelijke "),
        _ => "",
    };
    let role = role(lang, new.role);
    let visa = new.visa.map_or(String::new(), |country| {
        lang.pick(format!(" with a visa for {country}"), format!(" met een visum voor {country}"))
    });
    let skill = new
        .skill
        .as_ref()
        .map_or(String::new(), |skill| lang.pick(format!(" with skill {skill}"), format!(" met vaardigheid {skill}")));
    let day = date_long(lang, date_of(new.from));
    lang.pick(
        format!("{more} {sex}{role}{s}{visa}{skill} on {day}"),
        format!("{more} {sex}{role}{s} meer{visa}{skill} op {day}"),
    )
}

/// Several units, the same ones counted.
pub(super) fn units(week: &Week, list: &[Unit], lang: Lang) -> String {
    let mut counted: BTreeMap<&Unit, usize> = BTreeMap::new();
    for one in list {
        *counted.entry(one).or_default() += 1;
    }
    let each: Vec<String> = counted.into_iter().map(|(one, count)| unit(week, one, count, lang)).collect();
    each.join(lang.pick(" and ", " en "))
}

/// An amount as far as it is known.
pub(super) fn range(range: &Range, lang: Lang) -> String {
    if range.is_plain() {
        return euro(lang, range.most);
    }
    let (least, most) = (euro(lang, range.least), euro(lang, range.most));
    lang.pick(format!("proven: between {least} and {most}"), format!("bewezen: tussen {least} en {most}"))
}

/// An amount with its sign.
pub(super) fn signed(amount: Euro, lang: Lang) -> String {
    if amount.get() <= -0.5 { format!("−{}", euro(lang, -amount)) } else { format!("+{}", euro(lang, amount)) }
}
