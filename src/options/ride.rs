//! The ride to the airport that an option needs (section 6 of the specification).

use crate::calendar::{hours_of_day, local_date};
use crate::units::{Instant, Minutes, shift};
use crate::week::{Case, ClockWindow, Span, TransferClass, Week};

/// A pickup at the case's location and a drop-off at the airport of departure. Itineraries that leave the same airport at
/// the same moment share it.
#[derive(Clone, Debug, PartialEq)]
pub struct Ride {
    /// The case, position in `Week::cases`.
    pub case: usize,
    /// The case's location, position in `Week::locations`.
    pub from: usize,
    /// The airport of departure, position in `Week::locations`.
    pub airport: usize,
    /// Departure of the flight.
    pub departs: Instant,
    /// Loading starts in one of these: the location's pickup hours of each local day, as far as the drop-off can be
    /// reached from them. Disjoint, in order, never empty.
    pub pickup: Vec<Span>,
    /// Unloading starts in here.
    pub dropoff: Span,
    /// Loading.
    pub load: Minutes,
    /// Unloading.
    pub unload: Minutes,
    /// Longest time from end of loading to start of unloading: the direct drive and the detour allowed.
    pub max_ride: Minutes,
    /// Seats on the road: all persons.
    pub persons: u32,
    /// Wheelchair places.
    pub wheelchairs: u32,
    /// Class; each family is a class of its own.
    pub class: TransferClass,
}

impl Ride {
    /// The ride of a case to a flight; none when its location's pickup hours leave no time for it.
    pub(super) fn of(week: &Week, position: usize, case: &Case, airport: usize, departs: Instant) -> Option<Self> {
        let rules = &week.rules;
        let from = week.locations.position(&case.location)?;
        let locations = week.locations.rows();
        let (location, to) = (locations.get(from)?, locations.get(airport)?);
        let direct = week.drive(&location.id, &to.id).minutes.get();
        let max_ride = Minutes::new(direct + rules.max_detour.get())?;
        let dropoff = Span::new(shift(departs, -rules.checkin_max.get()), shift(departs, -rules.checkin_min.get()))?;
        // The end is not brought forward by the direct drive: a listed drive may be longer than the way round.
        let reach = Span::new(
            shift(dropoff.from(), -(max_ride.get() + rules.load.get())),
            shift(dropoff.until(), -rules.load.get()),
        )?;
        let pickup = windows(location.pickup, reach);
        (!pickup.is_empty()).then(|| Self {
            case: position,
            from,
            airport,
            departs,
            pickup,
            dropoff,
            load: rules.load,
            unload: rules.unload,
            max_ride,
            persons: case.persons(week),
            wheelchairs: case.wheelchairs(week),
            class: case.ride_class(week),
        })
    }
}

/// The parts of `reach` that lie within the daily hours, by Amsterdam clock.
fn windows(hours: ClockWindow, reach: Span) -> Vec<Span> {
    if hours.from.is_none() && hours.until.is_none() {
        return vec![reach];
    }
    let last = local_date(reach.until());
    let days = local_date(reach.from()).iter_days().take_while(|&day| day <= last);
    let stretches = days.flat_map(|day| hours_of_day(day, hours.from, hours.until));
    stretches.filter_map(|(opens, closes)| Span::new(opens.max(reach.from()), closes.min(reach.until()))).collect()
}
