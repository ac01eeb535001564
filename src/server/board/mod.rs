//! The planners' board: pages made on the server that work without script, in English and Dutch. Markup is made by maud: it
//! is checked while compiling, and every text in it is escaped unless it says otherwise.

pub(crate) mod accounts;
pub(crate) mod assets;
pub(crate) mod case;
pub(crate) mod choice;
mod departures;
pub(crate) mod escorts;
pub(crate) mod federation;
pub(crate) mod figures;
pub(crate) mod history;
pub(crate) mod journal;
pub(crate) mod life;
pub(crate) mod login;
pub(crate) mod notices;
pub(crate) mod over_time;
mod parts;
pub(crate) mod pin;
pub(crate) mod repair;
pub(crate) mod runs;
mod shell;
pub(crate) mod start;
pub(crate) mod swap;
pub(crate) mod transport;
pub(crate) mod webhooks;
pub(crate) mod week;
pub(crate) mod weeks;
pub(crate) mod work_list;

pub(crate) use shell::problem_page;
