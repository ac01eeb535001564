//! Lies about sections 2, 3 and 4: gates, notice, itineraries, seats.

use crate::draft::{Lie, at, escort, lie};
use vertrek::week::SlotId;

pub(crate) fn lies() -> Vec<Lie> {
    [gates(), arrivals(), notice(), itineraries(), seats()].into_iter().flatten().collect()
}

fn gates() -> Vec<Lie> {
    vec![
        lie("released after now", &["G-release"], |d| d.depart("X-release", &["L6"], "K5")),
        lie("voluntary departure goes first", &["G-voluntary"], |d| d.depart("X-voluntary", &["L6"], "K5")),
        lie("a minute before earliest", &["G-period"], |d| d.depart("X-early", &["L6"], "K5")),
        lie("a minute after latest", &["G-period"], |d| d.depart("X-late", &["L6"], "K5")),
        lie("at the very end of the term", &["G-period"], |d| d.depart("X-term", &["L6"], "K5")),
        lie("document short of its margin by a minute", &["G-document"], |d| d.depart("X-expired", &["L6"], "K5")),
        lie("national laissez-passer on a Dublin transfer", &["G-document"], |d| d.depart("X-kind", &["L6"], "K5")),
        lie("document only promised", &["G-document"], |d| d.depart("X-promised", &["L6"], "K5")),
        lie("document for another airport", &["G-document"], |d| d.depart("X-entry", &["L6"], "K5")),
        lie("one person of a family without document", &["G-document"], |_| ()).with(&[(
            "documents.csv",
            "Q2c,P2c,eu_laissez_passer,issued",
            "Q2c,P2c,eu_laissez_passer,withdrawn",
        )]),
        lie("document not yet valid", &["G-document"], |_| ()).with(&[(
            "documents.csv",
            "Q6,P6,eu_laissez_passer,issued,",
            "Q6,P6,eu_laissez_passer,issued,2027-01-21T13:01:00+01:00",
        )]),
        lie("European laissez-passer to a country of origin", &["G-document"], |_| ()).with(&[(
            "documents.csv",
            "Q3,P3,readmission_agreement",
            "Q3,P3,eu_laissez_passer",
        )]),
        lie("suspensive procedure closes only after now", &["G-procedure"], |d| d.depart("X-procedure", &["L6"], "K5")),
        lie("two rows cover the hours, no single one", &["G-availability"], |d| d.depart("X-gap", &["L6"], "K5")),
        lie("confirmed a minute too long ago", &["G-availability"], |d| d.depart("X-stale", &["L6"], "K5")),
        lie("declared fit until a minute before arrival", &["G-fitness"], |d| d.depart("X-fit", &["L6"], "K5")),
        lie("fitness pending", &["G-fitness"], |_| ()).with(&[(
            "persons.csv",
            "P3,C3,m,adult,false,false,not_required",
            "P3,C3,m,adult,false,false,pending",
        )]),
        lie("minor without confirmed reception", &["G-reception"], |d| d.depart("X-minor", &["L6"], "K5")),
    ]
}

fn arrivals() -> Vec<Lie> {
    vec![
        lie("arrival ten minutes after the receiving state closes", &["G-arrival"], |d| d.depart("O2", &["L27"], "K5")),
        lie("arrival on a Saturday", &["G-arrival"], |d| d.depart("O2", &["L28"], "K5")),
        lie("announced four days ahead instead of five", &["G-arrival"], |d| d.depart("O2", &["L29"], "K5")),
        lie("a wheelchair is announced seven days ahead, not six", &["G-arrival"], |d| d.depart("O3", &["L30"], "K5")),
        lie("the arrival's own clock counts: 21:00 in Accra is after 20:59", &["G-arrival"], |_| ()).with(&[(
            "destinations.csv",
            "06:00,21:00",
            "06:00,20:59",
        )]),
        lie("a fifth person on a day for four", &["G-arrival-capacity"], |d| d.depart("O2", &["L26"], "K5")),
    ]
}

fn notice() -> Vec<Lie> {
    vec![
        lie("no slot at all", &["N-slot"], |d| d.departure("C6").slot = None),
        lie("a notice for other legs is not kept", &["N-slot"], |d| d.departure("C3").slot = None),
        lie("a kept notice takes a slot", &["N-kept"], |d| d.departure("C5").slot = SlotId::new("K5")),
        lie("a kept notice is moved", &["N-kept"], |d| d.departure("C5").noticed_at = at("13T09:00")),
        lie("notice before the slot starts", &["N-time"], |d| d.departure("C6").noticed_at = at("18T09:00")),
        lie("slot at another location", &["N-location"], |d| d.tell("C6", "K5")),
        lie("slot before now", &["N-past"], |d| d.depart("O1", &["L6"], "K9")),
        lie("47 hours of 48", &["N-min-hours"], |d| d.tell("C2", "K6")),
        lie("longer notice for a measure", &["N-min-hours"], |_| ()).with(&[(
            "week.toml",
            "[costs]",
            "[rules.notice_min_hours_for]\nfamily = 71.5\n[costs]",
        )]),
        lie("one and a half office hours over the weekend", &["N-office-hours"], |d| d.depart("O1", &["L8"], "K7")),
        lie("a listed holiday has no office hours", &["N-office-hours"], |_| ()).with(&[
            ("week.toml", "[costs]", "[rules]\nnotice_office_hours = 12\n[costs]"),
            ("week.toml", "home_airports", "holidays = [2027-01-19]\nhome_airports"),
        ]),
        lie("two cases in a slot for one", &["N-capacity"], |d| {
            d.depart("O1", &["L6"], "K5");
            d.depart("O2", &["L6"], "K5");
        }),
    ]
}

fn itineraries() -> Vec<Lie> {
    vec![
        lie("no leg", &["I-legs"], |d| d.departure("C5").legs.clear()),
        lie("three legs", &["I-legs"], |d| d.depart("O1", &["L13", "L16", "L6"], "K5")),
        lie("legs that do not meet", &["I-legs"], |d| d.depart("O1", &["L13", "L18"], "K5")),
        lie("departure before the horizon", &["I-horizon"], |d| d.depart("O1", &["L9"], "K8")),
        lie("departure at the very end of the horizon", &["I-horizon"], |_| ()).with(&[(
            "week.toml",
            "end = 2027-01-25T00:00:00+01:00",
            "end = 2027-01-21T13:00:00+01:00",
        )]),
        lie("from an airport that is not home", &["I-home", "R-ride"], |d| d.depart("O1", &["L10"], "K5")),
        lie("to an airport that is no entry point", &["I-entry"], |d| d.depart("O1", &["L13"], "K5")),
        lie("through an airport without transit terms", &["I-transit"], |d| d.depart("O1", &["L17", "L18"], "K5")),
        lie("60 minutes for a connection", &["I-connection"], |d| d.depart("O1", &["L13", "L14"], "K5")),
        lie("225 minutes where 180 are allowed", &["I-connection"], |d| d.depart("O1", &["L13", "L15"], "K5")),
        lie("too late to ask for the permit", &["I-permit"], |d| d.depart("O1", &["L19", "L20"], "K5")),
        lie("transit without escorts", &["I-unescorted"], |d| d.depart("O1", &["L1", "L12"], "K5")),
        lie("national leg in a connection", &["I-joint"], |d| d.depart("O1", &["L21", "L16"], "K5")),
        lie("booking has closed", &["I-booking"], |d| d.depart("O1", &["L22"], "K5")),
        lie("lead times are waived for booked legs only", &["I-booking"], |_| ()).with(&[(
            "commitments.csv",
            "C5,L5,,2027-01-13T10:00:00+01:00,,,,booked",
            "C5,L5,,2027-01-13T10:00:00+01:00,,,,noticed",
        )]),
    ]
}

fn seats() -> Vec<Lie> {
    vec![
        lie("an escort too many for the seats", &["S-seats"], |d| d.team("L3").escorts.push(escort("E9"))),
        lie("a returnee where none may be", &["S-returnees"], |d| d.depart("O1", &["L24"], "K5")),
        lie("without escorts where none may be", &["S-unescorted"], |d| d.depart("O1", &["L25"], "K5")),
        lie("escorts of another itinerary take seats of a shared leg", &["S-seats"], |d| d.depart("O1", &["L1"], "K5"))
            .with(&[
                ("legs.csv", "+03:00,5,2,1,0,24,200", "+03:00,4,2,1,0,24,200"),
                ("cases.csv", "O1,third_country,DE,FRA", "O1,third_country,DE,IST FRA"),
            ]),
        lie("an infant needs no seat, a child does", &["S-returnees"], |_| ()).with(&[(
            "legs.csv",
            "+01:00,5,3,2,0,24,150",
            "+01:00,5,2,2,0,24,150",
        )]),
        lie("a departure listed twice", &["F-once", "S-returnees", "S-seats", "S-unescorted"], |d| {
            let again = d.departure("C5").clone();
            d.plan.departures.push(again);
        }),
    ]
}
