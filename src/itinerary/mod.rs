//! Flights and connections of section 4 of the specification, each with the escort duty of section 5.
//!
//! [`Network`] is the graph that is searched; [`Itineraries`] what is found, once for the whole week, and picked from for
//! each case.

mod duty;
mod network;
mod search;

pub use duty::{TeamDuty, WayHome, WaysHome};
pub use network::Network;
pub use search::{Itineraries, Itinerary, NoItinerary};
