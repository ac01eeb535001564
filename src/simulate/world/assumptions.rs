//! The table of assumptions of a world: every parameter with where it comes from.

use super::{Assumption, Calibrated, Level};

impl Calibrated {
    /// The table of assumptions, printed beside every result.
    pub fn assumptions(&self) -> Vec<Assumption> {
        let world = &self.world;
        let line = |what, value, source| Assumption { what, value, source };
        let percent = |share: f64| format!("{:.1}%", 100.0 * share);
        let assumed = ["assumed", "aangenomen"];
        let mut lines = Vec::new();
        let level = match world.level {
            Level::Hazards => None,
            Level::EachWeek(target) => Some((
                target,
                [
                    "set anew for this week so that its plan by hand comes to the above: that it does is no finding (worlds NAME-once are the same in every week)",
                    "voor deze week opnieuw zo gezet dat haar plan met de hand hierop uitkomt: dat het klopt is geen bevinding (werelden NAAM-once zijn elke week gelijk)",
                ],
            )),
            Level::Once(target, _) => Some((
                target,
                [
                    "set once, on the plans by hand of 100 synthetic weeks together; how near this week comes is an outcome",
                    "één keer gezet, op de plannen met de hand van 100 nagemaakte weken samen; hoe dicht deze week erbij komt is een uitkomst",
                ],
            )),
        };
        if let Some((target, level)) = level {
            let published = [
                "published: 30% (2013), 1,225 of 3,165 seats (2015), nearly 3,000 of 6,300 (2017): policy review of return 2011-2017; 3,260 of 6,670 (2018): NRC, 4 July 2019. The counts include voluntary departures, and some who left earlier",
                "gepubliceerd: 30% (2013), 1.225 van 3.165 plaatsen (2015), bijna 3.000 van 6.300 (2017): beleidsdoorlichting terugkeer 2011-2017; 3.260 van 6.670 (2018): NRC, 4 juli 2019. Vrijwillig vertrek telt erin mee, en wie eerder vertrok",
            ];
            lines.push(line(
                ["cancelled, plan by hand", "uitgevallen, plan met de hand"],
                percent(target.cancelled.get()),
                published,
            ));
            let causes = [
                ["of these absent", "waarvan afwezig"],
                ["of these a new procedure", "waarvan een nieuwe procedure"],
                ["of these preparation", "waarvan voorbereiding"],
                ["of these all else", "waarvan al het andere"],
            ];
            let of_2017 = [
                "2017: nearly 2,000 gone, 14% procedures, 5% preparation, read as shares of what was cancelled (the review does not say); other years take the same",
                "2017: bijna 2.000 verdwenen, 14% procedures, 5% voorbereiding, gelezen als deel van wat uitviel (de doorlichting zegt het niet); andere jaren nemen hetzelfde",
            ];
            for (what, share) in causes.into_iter().zip(target.causes) {
                lines.push(line(what, percent(share), of_2017));
            }
            let factors: Vec<String> = self.factors.iter().map(|factor| format!("{factor:.2}")).collect();
            lines.push(line(
                ["factors on the four hazards", "factoren op de vier uitvalrisico's"],
                factors.join(", "),
                level,
            ));
        }
        let unknown =
            ["not known: results are shown over 0 to 100%", "niet bekend: uitkomsten staan er voor 0 tot 100%"];
        lines.push(line(
            ["absence that notice causes", "afwezigheid door de aanzegging"],
            percent(self.notice_share.get()),
            unknown,
        ));
        let days = format!("{:.1}", self.reference_days);
        lines.push(line(
            ["days of notice at which that share changes nothing", "dagen aanzegging waarbij dat deel niets uitmaakt"],
            days,
            ["mean of plans by hand, or the world file", "gemiddelde van plannen met de hand, of het wereldbestand"],
        ));
        for (measure, hazards) in &world.hazards.measures {
            let value = format!("{measure}: {:.3}", hazards.base.get() + hazards.per_day.get() * self.reference_days);
            lines.push(line(["absence before the factor", "afwezigheid vóór de factor"], value, assumed));
        }
        lines.push(line(
            ["carrier refuses on the day", "vervoerder weigert op de dag zelf"],
            percent(world.carrier_refusal.get()),
            assumed,
        ));
        lines.push(line(["leg cancelled", "vlucht vervalt"], percent(world.leg_cancelled.get()), assumed));
        lines.push(line(
            ["mean delay of a ride, of its driving time", "gemiddelde vertraging van een rit, van de rijtijd"],
            percent(world.delay),
            assumed,
        ));
        lines.push(line(
            ["last call, minutes before departure", "laatste oproep, minuten voor vertrek"],
            format!("{:.0}", world.last_call),
            assumed,
        ));
        lines
    }
}
