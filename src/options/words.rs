//! The sentences of obstacles, in English and in Dutch.

use super::Obstacle;
use crate::itinerary::NoItinerary;
use crate::lang::Lang;

/// Why an open case has no option, as a sentence without a full stop.
pub fn obstacle(obstacle: Obstacle, lang: Lang) -> &'static str {
    match obstacle {
        Obstacle::Itinerary(NoItinerary::NoFlight) => lang.pick(
            "no itinerary: no flight of the horizon goes to one of its entry points",
            "geen reisweg: geen vlucht in de planperiode gaat naar een van de toegangspunten",
        ),
        Obstacle::Itinerary(NoItinerary::LeadTime) => lang.pick(
            "no itinerary: every flight departs too soon to book it or to get the transit permit",
            "geen reisweg: elke vlucht vertrekt te snel om te boeken of om de doorreisvergunning te krijgen",
        ),
        Obstacle::Itinerary(NoItinerary::UnescortedTransit) => lang.pick(
            "no itinerary: every connection goes through an airport that admits nobody without escorts",
            "geen reisweg: elke verbinding gaat via een luchthaven waar niemand zonder begeleiding door mag",
        ),
        Obstacle::Itinerary(NoItinerary::NoWayHome) => lang
            .pick("no itinerary: no flight home for its escorts", "geen reisweg: geen terugvlucht voor de begeleiders"),
        Obstacle::Seats => lang
            .pick("no flight has room for the case and its team", "geen vlucht heeft plaats voor de zaak en haar team"),
        Obstacle::ArrivalLimit => lang.pick(
            "the case has more persons than the receiving state admits on one day",
            "de zaak telt meer personen dan de ontvangende staat op één dag toelaat",
        ),
        Obstacle::Ride => lang.pick(
            "no shift can bring the case to the airport in time",
            "geen dienst kan de zaak op tijd naar de luchthaven brengen",
        ),
        Obstacle::Gain => lang.pick(
            "tickets and escorts cost at least what the departure is worth",
            "tickets en begeleiding kosten minstens wat het vertrek waard is",
        ),
    }
}
