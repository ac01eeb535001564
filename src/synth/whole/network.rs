//! Which airports are served from where, and how often a week: an approximation of the timetables of the home airports and
//! of six airports of transit.

/// Services from one airport: airport abroad and flights a week.
pub(super) type Services = &'static [(&'static str, usize)];

/// Home airports, the first ones in use first, with the flights from each. The two across the border are used when
/// there are far more cases than the Dutch airports can take.
#[rustfmt::skip]
pub(super) const HOMES: [(&str, Services); 5] = [
    ("AMS", &[
        ("FRA", 21), ("MUC", 21), ("BER", 14), ("HAM", 14), ("CDG", 21), ("LYS", 14), ("FCO", 14), ("MXP", 14), ("MAD", 14),
        ("BCN", 14), ("LIS", 14), ("VIE", 21), ("ZRH", 21), ("WAW", 14), ("PRG", 14), ("ZAG", 9), ("SOF", 5), ("OTP", 10),
        ("ATH", 12), ("MLA", 5), ("ARN", 14), ("CPH", 14), ("HEL", 12), ("OSL", 14), ("VNO", 9), ("BUD", 14), ("RIX", 8),
        ("LCA", 4), ("TIA", 5), ("TBS", 4), ("CMN", 7), ("NDR", 4), ("TNG", 4), ("ALG", 4), ("TUN", 5), ("CAI", 7),
        ("SAW", 10), ("IST", 21), ("ESB", 2), ("EVN", 2), ("BEG", 8), ("SKP", 4), ("PRN", 3), ("SJJ", 2), ("LOS", 7),
        ("ABV", 2), ("ACC", 7), ("BJL", 2), ("ADD", 4), ("NBO", 7), ("EBB", 4), ("DEL", 7), ("BOM", 4), ("PEK", 7),
        ("PVG", 5), ("MNL", 5), ("PBM", 7), ("BOG", 6), ("SDQ", 3), ("GRU", 7), ("DOH", 12), ("RMO", 2),
    ]),
    ("EIN", &[
        ("TIA", 3), ("KUT", 2), ("NDR", 3), ("TNG", 2), ("BEG", 3), ("SKP", 4), ("SOF", 4), ("OTP", 5), ("WAW", 4),
        ("VNO", 3), ("BUD", 5), ("MLA", 2), ("MXP", 5), ("FCO", 4), ("RIX", 2), ("RMO", 2),
    ]),
    ("RTM", &[("NDR", 2), ("TNG", 2), ("FCO", 3), ("VIE", 3), ("PRN", 2), ("BUD", 2)]),
    ("BRU", &[
        ("FRA", 14), ("MUC", 14), ("BER", 7), ("LYS", 7), ("FCO", 14), ("MXP", 14), ("MAD", 14), ("BCN", 10), ("LIS", 14),
        ("VIE", 14), ("ZRH", 14), ("WAW", 10), ("PRG", 10), ("ZAG", 7), ("SOF", 5), ("OTP", 10), ("ATH", 7), ("ARN", 10),
        ("CPH", 12), ("OSL", 7), ("VNO", 5), ("BUD", 10), ("TIA", 5), ("CMN", 10), ("NDR", 4), ("TNG", 5), ("ALG", 7),
        ("TUN", 5), ("CAI", 4), ("IST", 14), ("EVN", 2), ("BEG", 5), ("PRN", 3), ("BJL", 3), ("DSS", 5), ("FNA", 2),
        ("CKY", 3), ("ADD", 5), ("EBB", 3), ("ACC", 4), ("DOH", 7),
    ]),
    ("DUS", &[
        ("MUC", 21), ("BER", 14), ("HAM", 10), ("CDG", 14), ("FCO", 7), ("MXP", 10), ("MAD", 7), ("BCN", 10), ("VIE", 21),
        ("ZRH", 21), ("WAW", 10), ("PRG", 7), ("ZAG", 7), ("SOF", 4), ("OTP", 5), ("ATH", 10), ("ARN", 10), ("CPH", 14),
        ("VNO", 3), ("BUD", 10), ("TIA", 4), ("NDR", 4), ("TNG", 2), ("TUN", 5), ("CAI", 3), ("SAW", 14), ("IST", 21),
        ("ESB", 10), ("EBL", 4), ("BGW", 2), ("EVN", 2), ("BEG", 10), ("SKP", 4), ("PRN", 7), ("SJJ", 2), ("KUT", 2),
    ]),
];

/// Terms of an airport of transit, and the flights onward.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hub {
    /// The airport.
    pub(super) id: &'static str,
    /// Hours that a permit takes; a request comes at least two days before (Directive 2003/110/EC, article 4).
    pub(super) permit_hours: i64,
    /// Longest stay.
    pub(super) max_minutes: i64,
    /// Whether people pass without escorts.
    pub(super) unescorted: bool,
    /// Flights onward.
    pub(super) onward: Services,
}

/// Airports of transit.
#[rustfmt::skip]
pub(super) const HUBS: [Hub; 6] = [
    Hub { id: "IST", permit_hours: 72, max_minutes: 330, unescorted: true, onward: &[
        ("TIA", 7), ("TBS", 7), ("CMN", 7), ("ALG", 7), ("TUN", 7), ("CAI", 7), ("BGW", 10), ("EBL", 10), ("EVN", 3),
        ("GYD", 14), ("TAS", 7), ("ALA", 7), ("RMO", 7), ("BEG", 7), ("SKP", 7), ("PRN", 7), ("SJJ", 7), ("LOS", 7),
        ("ABV", 4), ("ACC", 7), ("DSS", 7), ("CKY", 4), ("FNA", 2), ("BJL", 2), ("ADD", 7), ("NBO", 7), ("EBB", 7),
        ("ISB", 5), ("LHE", 7), ("DEL", 7), ("BOM", 7), ("DAC", 7), ("CMB", 7), ("PEK", 7), ("HAN", 7), ("MNL", 5),
        ("UBN", 4), ("BOG", 5),
    ] },
    Hub { id: "FRA", permit_hours: 48, max_minutes: 300, unescorted: true, onward: &[
        ("TBS", 4), ("ALG", 5), ("TUN", 7), ("CAI", 7), ("LOS", 7), ("ABV", 5), ("EBL", 3), ("BGW", 2), ("ACC", 3),
        ("ADD", 5), ("DEL", 7), ("HAN", 4), ("UBN", 2), ("ALA", 3), ("SOF", 7), ("OTP", 7), ("ZAG", 7), ("BOG", 5),
    ] },
    Hub { id: "VIE", permit_hours: 48, max_minutes: 300, unescorted: true, onward: &[
        ("TIA", 7), ("EVN", 5), ("BEG", 7), ("SKP", 7), ("PRN", 7), ("SJJ", 7), ("RMO", 6), ("CAI", 7), ("EBL", 2),
        ("SOF", 7), ("OTP", 7), ("ZAG", 7), ("VNO", 5),
    ] },
    Hub { id: "CDG", permit_hours: 48, max_minutes: 270, unescorted: false, onward: &[
        ("ALG", 10), ("ORN", 7), ("TUN", 7), ("CMN", 7), ("DSS", 7), ("CKY", 4), ("FNA", 2), ("LOS", 5), ("DLA", 5),
        ("ABJ", 7), ("HAN", 3), ("BOG", 7), ("SDQ", 4),
    ] },
    Hub { id: "DOH", permit_hours: 96, max_minutes: 480, unescorted: false, onward: &[
        ("BGW", 7), ("EBL", 4), ("ISB", 7), ("LHE", 7), ("KHI", 7), ("DEL", 7), ("BOM", 7), ("DAC", 7), ("CMB", 7),
        ("HAN", 7), ("MNL", 7), ("NBO", 7), ("EBB", 7), ("TAS", 4), ("TBS", 4), ("ALA", 4), ("KTM", 7), ("PEK", 7),
    ] },
    Hub { id: "ADD", permit_hours: 72, max_minutes: 420, unescorted: true, onward: &[
        ("NBO", 7), ("EBB", 7), ("LOS", 7), ("ABV", 4), ("ACC", 5), ("MGQ", 7), ("DLA", 3),
    ] },
];

/// How many home airports so many cases a week call for.
pub(super) fn homes_for(cases_a_week: f64) -> usize {
    match cases_a_week {
        few if few < 20.0 => 1,
        few if few < 80.0 => 2,
        some if some <= 400.0 => 3,
        many if many <= 1_000.0 => 4,
        _ => 5,
    }
}
