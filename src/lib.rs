//! `vertrek` turns one week folder into one explained, checkable weekly plan of lawful forced departures.
//!
//! The rooms, in the order the data walks through them; a room may use what stands before it, never what comes after:
//!
//! 1. [`week`] reads a folder into a valid [`week::Week`], or gives every diagnostic at once.
//! 2. [`rules`] holds every parameter with default, unit and source; [`calendar`] working days and local clock time.
//! 3. [`gates`] say which cases may be planned at all, and who can open what is closed.
//! 4. [`itinerary`] finds flights and connections, and the escort duty of each.
//! 5. [`dice`] are seeded draws; [`risk`] gives p, the chance that a departure goes through, and fits it on history.
//! 6. [`options`] prices case × itinerary × contact slot.
//! 7. [`plan`] is the plan as data, with its independent checker.
//! 8. [`planner`] turns options into a solver problem and its solution into a plan.
//! 9. [`replan`] repairs a plan that is under way; [`whatif`] makes scenarios of a week; [`ask`] answers questions about a
//!    plan by planning again; [`journal`] chains what has been approved.
//! 10. [`readiness`] lists what each planned departure still needs; [`simulate`] executes plans against drawn endings;
//!     [`audit`] compares groups, for the controller alone.
//! 11. [`publish`] makes the readable products.
//! 12. [`server`] keeps weeks and plans for an organisation, and answers over HTTP.
//!
//! Beside the walk, [`synth`] makes week folders to try all of it on.

pub mod ask;
pub mod audit;
pub mod calendar;
pub mod dice;
pub mod gates;
pub mod itinerary;
pub mod journal;
pub mod lang;
pub mod options;
pub mod plan;
pub mod planner;
pub mod publish;
pub mod readiness;
pub mod replan;
pub mod risk;
pub mod rules;
pub mod server;
pub mod simulate;
pub mod synth;
pub mod units;
pub mod week;
pub mod whatif;
