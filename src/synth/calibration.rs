//! The public figures that synthetic weeks are calibrated to, and the shares that follow from them.
//!
//! "Review" is the policy review of return over 2011-2017 (Beleidsdoorlichting begrotingsartikel 37.3, Ministry of Justice
//! and Security); tables by its own numbers.
//!
//! | what | figure | source |
//! | --- | --- | --- |
//! | planned departures | 6,300 in 2017, so 121 a week: two in five cases of a week of 300 are open | review, section 3.1.2 |
//! | cancelled | 30% in 2013, 39% in 2015 (1,225 of 3,165 seats), 47% in 2017 (nearly 3,000 of 6,300) | review, section 3.1.2 |
//! | cancelled | 49% in 2018 (3,260 of 6,670) | NRC, 4 July 2019 |
//! | causes in 2017 | nearly 2,000 of 3,000 left without supervision; 14% new procedure; 5% preparation | review, section 3.1.2 |
//! | measures, 2014-2017 | placed in detention 11,000, in family locations 5,200, VBL 5,240, GGV 913, under a duty to report 1,712 | review, table 16 |
//! | of these left on their own | family locations 750, VBL 2,070, duty to report 430 | review, table 16 |
//! | bail | about once a month | review, table 16 |
//! | Dublin, 2014-2017 | 2,350 of 5,930 departures from detention; 220 of 620 from the GGV | review, table 16 |
//! | safe countries, 2011-2017 | 14,220 of 38,820 forced departures | review, tables 2 and 3 |
//! | from safe countries | Albania 6,360, Morocco 6,070, Georgia 3,420, Algeria 3,260, Serbia 2,990 and so on | review, table 5 |
//! | escorted | 815 of 2,760 forced departures in 2019 | DT&V, annual letter of 21 May 2021 and departure figures |
//!
//! Of a week folder every case is a forced departure; those who leave on their own are not in it, but for the few cases
//! that took the voluntary track since.
//!
//! The review does not say what the 14% and 5% are shares of. Read as shares of what was cancelled they make 86% with the
//! 2,000 of 3,000, and leave 14% for other causes; so they are read here. Shares by measure are of persons, after those
//! who left on their own: voluntary departure goes first. What the review does not count is assumed: people without
//! a measure, households, destinations within a kind, how often each gate is closed, and the resources. These are sized
//! so that vehicles run out first, then escort hours, long before seats and contact slots.

use crate::rules::{MeasureHazard, RiskBelief};
use crate::units::Hazard;
use crate::week::Measure;

/// Persons by measure, as weights. Without a measure: assumed at one in seven.
pub(super) const PERSONS: [(f64, Measure); 7] = [
    (11_000.0, Measure::Detention),
    (5_200.0 - 750.0, Measure::Family),
    (5_240.0 - 2_070.0, Measure::Restricted),
    (913.0, Measure::FamilyClosed),
    (1_712.0 - 430.0, Measure::Reporting),
    (3_700.0, Measure::None),
    (48.0, Measure::Bail),
];

/// Share of Dublin transfers under each measure: counted in custody, assumed elsewhere. Family locations and VBL are for
/// return to the country of origin; claimants wait in reception.
pub(super) fn dublin(measure: Measure) -> f64 {
    match measure {
        Measure::Detention => 2_350.0 / 5_930.0,
        Measure::FamilyClosed => 220.0 / 620.0,
        Measure::Family | Measure::Restricted => 0.05,
        Measure::Reporting | Measure::Bail | Measure::None => 0.65,
    }
}

/// Share of forced departures to a country of origin that is held to be safe.
pub(super) const SAFE: f64 = 14_220.0 / 38_820.0;
/// Share of departures with escorts.
pub(super) const ESCORTED: f64 = 815.0 / 2_760.0;

/// Safe countries of origin, with the persons who left for them (table 5); the United States and Ukraine are left out.
pub(super) const SAFE_COUNTRIES: [(f64, &str); 8] = [
    (6_360.0, "AL"),
    (6_070.0, "MA"),
    (3_420.0, "GE"),
    (3_260.0, "DZ"),
    (2_990.0, "RS"),
    (2_660.0, "MN"),
    (1_840.0, "IN"),
    (1_710.0, "XK"),
];

/// Other countries of origin. Suriname and Nigeria stand out in forced departures (review, figure 5); the weights are
/// assumed.
pub(super) const OTHER_COUNTRIES: [(f64, &str); 30] = [
    (9.0, "NG"),
    (9.0, "SR"),
    (7.0, "TR"),
    (6.0, "IQ"),
    (6.0, "GH"),
    (5.0, "CN"),
    (5.0, "EG"),
    (5.0, "TN"),
    (5.0, "BR"),
    (4.0, "MD"),
    (4.0, "AM"),
    (4.0, "PK"),
    (3.0, "AZ"),
    (3.0, "MK"),
    (3.0, "BA"),
    (3.0, "CO"),
    (3.0, "DO"),
    (3.0, "GN"),
    (3.0, "BD"),
    (3.0, "VN"),
    (2.0, "GM"),
    (2.0, "SN"),
    (2.0, "SL"),
    (2.0, "LK"),
    (2.0, "KE"),
    (2.0, "UG"),
    (2.0, "UZ"),
    (2.0, "PH"),
    (1.0, "ET"),
    (1.0, "KZ"),
];

/// States that take Dublin transfers; the weights are assumed.
pub(super) const DUBLIN_STATES: [(f64, &str); 22] = [
    (26.0, "DE"),
    (15.0, "IT"),
    (12.0, "FR"),
    (8.0, "ES"),
    (6.0, "AT"),
    (5.0, "CH"),
    (4.0, "SE"),
    (4.0, "HR"),
    (3.0, "PL"),
    (3.0, "BG"),
    (2.0, "RO"),
    (2.0, "PT"),
    (2.0, "MT"),
    (2.0, "LT"),
    (2.0, "CZ"),
    (1.5, "DK"),
    (1.5, "NO"),
    (1.0, "FI"),
    (1.0, "GR"),
    (1.0, "HU"),
    (0.5, "LV"),
    (0.5, "CY"),
];

/// The hazards that the outcomes of a synthetic `history.csv` are drawn from: what a fit on it should find. They are set so
/// that 47% of the departures in it are cancelled, by the causes of 2017. That people outside custody leave beforehand, and
/// more of them after longer notice, is assumed.
pub fn truth() -> RiskBelief {
    let hazard = |[base, per_day, procedure_base, procedure_per_day]: [f64; 4]| MeasureHazard {
        base: Hazard::constant(base),
        per_day: Hazard::constant(per_day),
        procedure_base: Hazard::constant(procedure_base),
        procedure_per_day: Hazard::constant(procedure_per_day),
    };
    let measures = [
        (Measure::Detention, [0.022, 0.001, 0.05, 0.006]),
        (Measure::FamilyClosed, [0.03, 0.002, 0.055, 0.006]),
        (Measure::Restricted, [0.56, 0.07, 0.05, 0.006]),
        (Measure::Family, [0.48, 0.065, 0.065, 0.006]),
        (Measure::Reporting, [0.58, 0.08, 0.05, 0.006]),
        (Measure::Bail, [0.15, 0.03, 0.05, 0.006]),
        (Measure::None, [0.68, 0.085, 0.05, 0.006]),
    ];
    RiskBelief {
        measures: measures.map(|(measure, values)| (measure, hazard(values))).into(),
        belongings: Hazard::constant(0.03),
        physical: Hazard::constant(0.02),
        medical: Hazard::constant(0.06),
        escorted: Hazard::constant(0.065),
        unescorted: Hazard::constant(0.105),
        ..RiskBelief::default()
    }
}
