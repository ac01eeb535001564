//! Synthetic week folders: realistic in shape and size, with no real person in them, the same for the same seed.

mod airports;
mod calibration;
mod clock;
mod draw;
mod fleet;
mod folder;
mod places;
mod rides;
mod roads;
mod roster;
mod settings;
mod tiny;
mod transfers;
mod whole;

use std::collections::BTreeMap;

pub use calibration::truth;
pub use settings::{CASES, Kind, Refusal, SynthSettings, WEEKS, YEARS};
pub use tiny::tiny;

/// A synthetic folder: file name → content. Settings outside the limits are brought within them; ask
/// [`SynthSettings::refusal`] first to refuse them.
pub fn synthesise(settings: &SynthSettings) -> BTreeMap<String, Vec<u8>> {
    let settings = settings.within_limits();
    match settings.kind {
        Kind::Week => whole::whole(&settings),
        Kind::Rides => rides::rides(&settings),
        Kind::Roster => roster::roster(&settings),
    }
}
