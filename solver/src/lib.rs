//! Column generation for choices, crews with rosters and vehicles with routes: pure mathematics, no input or output, no clock.

mod lp;
pub mod problem;
pub mod validate;
pub mod verify;
