//! Pricing: the columns that the master problem lacks, found by labelling.

pub(crate) mod rosters;
pub(crate) mod routes;
