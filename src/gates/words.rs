//! The sentences of closed gates, in English and in Dutch; everything before this is data.

use super::{Closed, GateName, Owner, Remedy, Why};
use crate::calendar::in_amsterdam;
use crate::lang::Lang;
use crate::units::Instant;
use chrono::NaiveTime;

/// The name of a gate for people.
pub fn gate(gate: GateName, lang: Lang) -> &'static str {
    match gate {
        GateName::Release => lang.pick("release", "vrijgave"),
        GateName::Voluntary => lang.pick("voluntary departure", "zelfstandig vertrek"),
        GateName::Period => lang.pick("period", "periode"),
        GateName::Document => lang.pick("travel document", "reisdocument"),
        GateName::Procedure => lang.pick("procedure", "procedure"),
        GateName::Availability => lang.pick("availability", "beschikbaarheid"),
        GateName::Fitness => lang.pick("fitness to fly", "reisgeschiktheid"),
        GateName::Reception => lang.pick("reception", "opvang"),
        GateName::Arrival => lang.pick("arrival terms", "aankomstvoorwaarden"),
        GateName::Notice => lang.pick("notice", "aanzegging"),
    }
}

/// Where the rule of a gate comes from: law or guideline, and the section of the specification.
pub fn source(gate: GateName, lang: Lang) -> &'static str {
    match gate {
        GateName::Release => lang.pick(
            "Directive 2008/115/EC art. 5, art. 8(3); specification, section 2",
            "Richtlijn 2008/115/EG art. 5, art. 8 lid 3; specificatie, paragraaf 2",
        ),
        GateName::Voluntary => lang.pick(
            "Directive 2008/115/EC art. 7; Vw 2000 art. 62; specification, section 2",
            "Richtlijn 2008/115/EG art. 7; Vw 2000 art. 62; specificatie, paragraaf 2",
        ),
        GateName::Period => lang.pick(
            "Directive 2008/115/EC art. 7, art. 8; Regulation (EU) 2024/1351 art. 46; specification, section 2",
            "Richtlijn 2008/115/EG art. 7, art. 8; Verordening (EU) 2024/1351 art. 46; specificatie, paragraaf 2",
        ),
        GateName::Document => lang.pick(
            "Vc 2000 A3; Regulation (EU) 2025/2055 annex IX (Dublin); specification, section 2",
            "Vc 2000 A3; Verordening (EU) 2025/2055 bijlage IX (Dublin); specificatie, paragraaf 2",
        ),
        GateName::Procedure => lang.pick(
            "Directive 2008/115/EC art. 9(1); Vw 2000 art. 73, art. 82; specification, section 2",
            "Richtlijn 2008/115/EG art. 9 lid 1; Vw 2000 art. 73, art. 82; specificatie, paragraaf 2",
        ),
        GateName::Availability => lang.pick(
            "DT&V readiness check; specification, section 2",
            "gereedheidscontrole van de DT&V; specificatie, paragraaf 2",
        ),
        GateName::Fitness => lang.pick(
            "Vw 2000 art. 64; Directive 2008/115/EC art. 5, art. 9(2)(a); specification, section 2",
            "Vw 2000 art. 64; Richtlijn 2008/115/EG art. 5, art. 9 lid 2 onder a; specificatie, paragraaf 2",
        ),
        GateName::Reception => lang.pick(
            "Directive 2008/115/EC art. 10(2); CJEU C-441/19; specification, section 2",
            "Richtlijn 2008/115/EG art. 10 lid 2; HvJ EU C-441/19; specificatie, paragraaf 2",
        ),
        GateName::Arrival => lang.pick(
            "Regulation (EU) 2025/2055 art. 23, 25, 26; terms of the receiving state; specification, section 2",
            "Verordening (EU) 2025/2055 art. 23, 25, 26; voorwaarden van de ontvangende staat; specificatie, paragraaf 2",
        ),
        GateName::Notice => lang.pick(
            "Vc 2000 A3 (notice to person and lawyer); specification, section 3",
            "Vc 2000 A3 (aanzegging aan persoon en advocaat); specificatie, paragraaf 3",
        ),
    }
}

/// Who can open it, for people.
pub fn owner(owner: Owner, lang: Lang) -> &'static str {
    match owner {
        Owner::DtV => "DT&V",
        Owner::Ind => "IND",
        Owner::Court => lang.pick("court", "rechtbank"),
        Owner::Embassy => lang.pick("embassy", "ambassade"),
        Owner::Dji => "DJI",
        Owner::Coa => "COA",
        Owner::Avim => lang.pick("aliens police (AVIM)", "vreemdelingenpolitie (AVIM)"),
        Owner::MedicalAdvisers => lang.pick("medical advisers", "medisch adviseurs"),
        Owner::ReceivingState => lang.pick("receiving state", "ontvangende staat"),
    }
}

/// Why the gate is closed, as a sentence without a full stop.
pub fn why(closed: &Closed, lang: Lang) -> String {
    let sentence = reason(&closed.why, lang);
    match &closed.person {
        Some(person) => format!("{person}: {sentence}"),
        None => sentence,
    }
}

fn reason(why: &Why, lang: Lang) -> String {
    match why {
        Why::NotReleased
        | Why::ReleasedLater { .. }
        | Why::VoluntaryTrack
        | Why::BeforeEarliest { .. }
        | Why::AfterLatest { .. }
        | Why::TermRuns { .. }
        | Why::SuspensiveProcedure { .. } => of_decision(why, lang),
        Why::NoDocument
        | Why::DocumentKind { .. }
        | Why::DocumentPromised
        | Why::DocumentWithdrawn
        | Why::DocumentNotYetValid { .. }
        | Why::DocumentEndUnknown
        | Why::DocumentExpires { .. }
        | Why::DocumentEntryPoint { .. } => of_document(why, lang),
        _ => of_journey(why, lang),
    }
}

fn of_decision(why: &Why, lang: Lang) -> String {
    match why {
        Why::ReleasedLater { at } => match lang {
            Lang::En => format!("released for planning only from {}", moment(*at)),
            Lang::Nl => format!("pas vrijgegeven voor planning vanaf {}", moment(*at)),
        },
        Why::VoluntaryTrack => lang
            .pick("voluntary departure is under way and goes first", "zelfstandig vertrek loopt en gaat voor")
            .into(),
        Why::BeforeEarliest { earliest } => match lang {
            Lang::En => format!("every flight departs before the earliest date, {}", moment(*earliest)),
            Lang::Nl => format!("elke vlucht vertrekt vóór de eerste datum, {}", moment(*earliest)),
        },
        Why::AfterLatest { latest } => match lang {
            Lang::En => format!("the period for departure ended on {}", moment(*latest)),
            Lang::Nl => format!("de periode voor vertrek eindigde op {}", moment(*latest)),
        },
        Why::TermRuns { until } => match lang {
            Lang::En => format!("the term for leaving by oneself runs until {}", moment(*until)),
            Lang::Nl => format!("de termijn om zelf te vertrekken loopt tot {}", moment(*until)),
        },
        Why::SuspensiveProcedure { kind, closes: None } => match lang {
            Lang::En => format!("a procedure that suspends departure is open ({kind})"),
            Lang::Nl => format!("een procedure die vertrek opschort staat open ({kind})"),
        },
        Why::SuspensiveProcedure { kind, closes: Some(closes) } => match lang {
            Lang::En => format!("a procedure that suspends departure is open ({kind}) until {}", moment(*closes)),
            Lang::Nl => format!("een procedure die vertrek opschort staat open ({kind}) tot {}", moment(*closes)),
        },
        _ => lang
            .pick("no named officer has released the case", "geen bevoegd ambtenaar heeft de zaak vrijgegeven")
            .into(),
    }
}

fn of_document(why: &Why, lang: Lang) -> String {
    match why {
        Why::DocumentKind { .. } => lang
            .pick(
                "no document of a kind that is accepted for this case",
                "geen document van een soort die voor deze zaak telt",
            )
            .into(),
        Why::DocumentPromised => {
            lang.pick("the document is promised, not issued", "het document is toegezegd, niet afgegeven").into()
        }
        Why::DocumentWithdrawn => lang.pick("the document is withdrawn", "het document is ingetrokken").into(),
        Why::DocumentNotYetValid { from } => match lang {
            Lang::En => format!("the document is valid only from {}", moment(*from)),
            Lang::Nl => format!("het document is pas geldig vanaf {}", moment(*from)),
        },
        Why::DocumentEndUnknown => lang
            .pick(
                "it is not known until when the document is valid",
                "niet bekend is tot wanneer het document geldig is",
            )
            .into(),
        Why::DocumentExpires { until, needed } => match lang {
            Lang::En => format!("the document ends on {}, needed until {}", moment(*until), moment(*needed)),
            Lang::Nl => format!("het document loopt af op {}, nodig tot {}", moment(*until), moment(*needed)),
        },
        Why::DocumentEntryPoint { airport } => match lang {
            Lang::En => format!("the document does not admit entry at {airport}"),
            Lang::Nl => format!("het document geeft geen toegang via {airport}"),
        },
        _ => lang.pick("there is no travel document", "er is geen reisdocument").into(),
    }
}

fn of_journey(why: &Why, lang: Lang) -> String {
    match why {
        Why::NotAvailable { from, until } => match lang {
            Lang::En => format!("no row covers {} to {}", moment(*from), moment(*until)),
            Lang::Nl => format!("geen regel dekt {} tot {}", moment(*from), moment(*until)),
        },
        Why::AvailabilityUnconfirmed => {
            lang.pick("availability is not confirmed", "beschikbaarheid is niet bevestigd").into()
        }
        Why::AvailabilityStale { confirmed, max_age } => match lang {
            Lang::En => {
                format!("availability was confirmed on {}, longer than {max_age} hours ago", moment(*confirmed))
            }
            Lang::Nl => {
                format!("beschikbaarheid is bevestigd op {}, langer dan {max_age} uur geleden", moment(*confirmed))
            }
        },
        Why::Unfit => lang.pick("declared unfit to fly", "ongeschikt verklaard om te vliegen").into(),
        Why::FitnessPending => {
            lang.pick("not yet declared fit to fly", "nog niet geschikt verklaard om te vliegen").into()
        }
        Why::FitnessEndUnknown => lang
            .pick(
                "it is not known until when the declaration of fitness holds",
                "niet bekend is tot wanneer de geschiktverklaring geldt",
            )
            .into(),
        Why::FitnessExpires { until, arrives } => match lang {
            Lang::En => format!("declared fit until {}, before arrival on {}", moment(*until), moment(*arrives)),
            Lang::Nl => format!("geschikt verklaard tot {}, vóór aankomst op {}", moment(*until), moment(*arrives)),
        },
        Why::ReceptionUnconfirmed => lang
            .pick(
                "unaccompanied minor whose reception is not confirmed",
                "alleenstaande minderjarige zonder bevestigde opvang",
            )
            .into(),
        Why::AnnouncedTooLate { days, first_date } => match lang {
            Lang::En => format!("must be announced {days} days ahead, so departure from {first_date}"),
            Lang::Nl => format!("moet {days} dagen vooraf worden aangekondigd, dus vertrek vanaf {first_date}"),
        },
        Why::ArrivalClock { at, from, until } => {
            let window = format!("{}-{}", clock(*from), clock(*until));
            match lang {
                Lang::En => format!("arrives at {}, received {window}", clock(Some(*at))),
                Lang::Nl => format!("komt aan om {}, ontvangst {window}", clock(Some(*at))),
            }
        }
        Why::ArrivalWeekday { day, admitted } => {
            let admitted = admitted.iter().map(|&day| weekday(day, lang)).collect::<Vec<_>>().join(" ");
            match lang {
                Lang::En => format!("arrives on {}, received on {admitted}", weekday(*day, lang)),
                Lang::Nl => format!("komt aan op {}, ontvangst op {admitted}", weekday(*day, lang)),
            }
        }
        Why::NoContactSlot { location } => match lang {
            Lang::En => format!("there is no contact slot at {location} from now on"),
            Lang::Nl => format!("er is vanaf nu geen contactmoment op {location}"),
        },
        Why::NoticeTooShort { hours, office, first_slot } => match lang {
            Lang::En => format!(
                "the first contact slot, {}, leaves less than {hours} hours or {office} office hours of notice",
                moment(*first_slot)
            ),
            Lang::Nl => format!(
                "het eerste contactmoment, {}, laat minder dan {hours} uur of {office} kantooruren aanzegtijd",
                moment(*first_slot)
            ),
        },
        _ => lang.pick("nobody says when the case is available", "niemand zegt wanneer de zaak beschikbaar is").into(),
    }
}

/// What would open the gate, as a sentence without a full stop.
pub fn remedy(closed: &Closed, lang: Lang) -> String {
    let what = action(closed.remedy, lang);
    match closed.opens_at {
        Some(at) => format!("{what} ({} {})", lang.pick("from", "vanaf"), moment(at)),
        None => what.to_owned(),
    }
}

fn action(remedy: Remedy, lang: Lang) -> &'static str {
    match remedy {
        Remedy::Release => {
            lang.pick("an officer releases the case for planning", "een ambtenaar geeft de zaak vrij voor planning")
        }
        Remedy::Wait => lang.pick("opens by itself", "gaat vanzelf open"),
        Remedy::EndVoluntaryTrack => {
            lang.pick("the voluntary track ends", "het traject voor zelfstandig vertrek eindigt")
        }
        Remedy::DepartLater => lang.pick("a later departure", "een later vertrek"),
        Remedy::ReviewPeriod => lang.pick("the period is reviewed", "de periode wordt herzien"),
        Remedy::IssueDocument => lang.pick("an accepted document is issued", "een document dat telt wordt afgegeven"),
        Remedy::IssuePromised => {
            lang.pick("the promised document is issued", "het toegezegde document wordt afgegeven")
        }
        Remedy::ExtendDocument => {
            lang.pick("a document that is valid long enough", "een document dat lang genoeg geldig is")
        }
        Remedy::DocumentForAirport => lang.pick(
            "a document for this airport, or a flight to another",
            "een document voor deze luchthaven, of een vlucht naar een andere",
        ),
        Remedy::DecideProcedure => {
            lang.pick("the procedure is decided or withdrawn", "op de procedure wordt beslist, of ze wordt ingetrokken")
        }
        Remedy::StateAvailability => lang.pick(
            "availability is stated for the hours before departure",
            "beschikbaarheid wordt opgegeven voor de uren vóór vertrek",
        ),
        Remedy::ConfirmAvailability => {
            lang.pick("availability is confirmed anew", "beschikbaarheid wordt opnieuw bevestigd")
        }
        Remedy::MedicalReview => {
            lang.pick("a new medical advice; no departure before", "een nieuw medisch advies; eerder geen vertrek")
        }
        Remedy::DeclareFitness => lang.pick("a declaration of fitness to fly", "een geschiktverklaring om te vliegen"),
        Remedy::ExtendFitness => lang
            .pick("a declaration of fitness that holds until arrival", "een geschiktverklaring die tot aankomst geldt"),
        Remedy::ConfirmReception => {
            lang.pick("adequate reception is arranged and confirmed", "adequate opvang wordt geregeld en bevestigd")
        }
        Remedy::AnnounceAndDepartLater => {
            lang.pick("announce now and depart later", "nu aankondigen en later vertrekken")
        }
        Remedy::ArriveInHours => lang.pick(
            "a flight that arrives within those hours, or consent",
            "een vlucht die binnen die uren aankomt, of instemming",
        ),
        Remedy::ArriveOnWeekday => lang.pick(
            "a flight that arrives on such a day, or consent",
            "een vlucht die op zo'n dag aankomt, of instemming",
        ),
        Remedy::AddContactSlot => {
            lang.pick("an earlier contact slot, or a later flight", "een eerder contactmoment, of een latere vlucht")
        }
    }
}

/// Amsterdam date and clock time.
fn moment(at: Instant) -> String {
    in_amsterdam(at).format("%Y-%m-%d %H:%M").to_string()
}

fn clock(at: Option<NaiveTime>) -> String {
    at.map_or_else(|| "..".to_owned(), |at| at.format("%H:%M").to_string())
}

fn weekday(day: u8, lang: Lang) -> &'static str {
    let names = match lang {
        Lang::En => ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
        Lang::Nl => ["ma", "di", "wo", "do", "vr", "za", "zo"],
    };
    names.get(usize::from(day.saturating_sub(1))).copied().unwrap_or("?")
}
