//! The code of every rule that the checker verifies, with the section of the specification it stands in.
//! Codes are stable: programs and people may rely on them.

use crate::lang::Lang;
use serde::{Serialize, Serializer};
use std::fmt;

macro_rules! rules {
    ($($variant:ident = $code:literal, $section:literal, $en:literal, $nl:literal;)+) => {
        /// A rule of sections 1 to 8 and 10 of the specification, or of `pins.csv`, an addition to it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum RuleCode { $(#[doc = $en] $variant),+ }

        impl RuleCode {
            /// Every rule, in the order of the families.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The stable code, for example `G-document`.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }
            /// The section of the specification that states the rule; 0 for rules of pins.
            pub const fn section(self) -> u8 {
                match self { $(Self::$variant => $section),+ }
            }
            /// The rule in one sentence.
            pub const fn sentence(self, lang: Lang) -> &'static str {
                match (self, lang) { $((Self::$variant, Lang::En) => $en, (Self::$variant, Lang::Nl) => $nl),+ }
            }
        }
    };
}

rules! {
    Format = "F-format", 8, "plan.json has the form of section 8", "plan.json heeft de vorm van paragraaf 8";
    Week = "F-week", 8, "the plan is for the week of the folder", "het plan is voor de week van de map";
    Digest = "F-digest", 8, "the plan was made from this very folder", "het plan is uit precies deze map gemaakt";
    Known = "F-known", 8, "every id of the plan is an id of the folder", "elk kenmerk in het plan staat in de map";
    Once = "F-once", 8, "every case is planned or not planned, once", "elke zaak is één keer gepland of niet gepland";
    Reason = "F-reason", 8, "a reason for not planning names a gate that closes and rows that exist",
        "een reden om niet te plannen noemt een poort die dicht is en rijen die er zijn";
    Bound = "F-bound", 8, "the bound is at least the objective", "de grens is minstens de doelwaarde";
    Gap = "F-gap", 8, "the gap is (bound - objective) / max(1, |objective|)",
        "de kloof is (grens - doelwaarde) / max(1, |doelwaarde|)";
    Status = "F-status", 8, "only what is proven to be optimal is called optimal",
        "alleen wat bewezen optimaal is, heet optimaal";
    NoticeHours = "F-notice-hours", 8, "the printed notice length is the time from notice to departure",
        "de vermelde aanzegtermijn is de tijd van aanzegging tot vertrek";
    NoticeSpread = "F-notice-spread", 8, "the printed spread of notice lengths is that of the departures",
        "de vermelde spreiding van aanzegtermijnen is die van de vertrekken";

    Release = "G-release", 2, "a named officer has released the case by now",
        "een functionaris heeft de zaak vrijgegeven voor planning";
    Voluntary = "G-voluntary", 2, "voluntary departure goes first", "zelfstandig vertrek gaat voor";
    Period = "G-period", 2, "departure lies in the period of the case and after its term",
        "het vertrek ligt in de periode van de zaak en na de vertrektermijn";
    Document = "G-document", 2, "every person has a document that admits the journey",
        "iedere persoon heeft een document waarmee de reis kan";
    Procedure = "G-procedure", 2, "no suspensive procedure is open", "er loopt geen schorsende procedure";
    Availability = "G-availability", 2, "one fresh availability row covers the hours before departure",
        "één actuele beschikbaarheid dekt de uren voor vertrek";
    Fitness = "G-fitness", 2, "every person is fit to fly until arrival", "iedere persoon mag vliegen tot aankomst";
    Reception = "G-reception", 2, "reception of an unaccompanied minor is confirmed",
        "de opvang van een alleenstaande minderjarige is bevestigd";
    Arrival = "G-arrival", 2, "the journey meets the receiving state's terms",
        "de reis voldoet aan de voorwaarden van het ontvangende land";
    ArrivalCapacity = "G-arrival-capacity", 2, "no more persons arrive on a date than the receiving state admits",
        "op een dag komen niet meer personen aan dan het ontvangende land toelaat";

    Slot = "N-slot", 3, "a case without an earlier notice for its legs takes one contact slot",
        "een zaak zonder eerdere aanzegging voor haar vluchten krijgt één contactmoment";
    Kept = "N-kept", 3, "an earlier notice for the same legs is kept and takes no slot",
        "een eerdere aanzegging voor dezelfde vluchten blijft staan en kost geen contactmoment";
    NoticeTime = "N-time", 3, "notice is given when the slot starts", "de aanzegging is op het begin van het contactmoment";
    SlotLocation = "N-location", 3, "the slot is at the location of the case",
        "het contactmoment is op de locatie van de zaak";
    SlotPast = "N-past", 3, "the slot starts at or after now", "het contactmoment ligt niet in het verleden";
    NoticeMin = "N-min-hours", 3, "notice is given long enough before departure",
        "de aanzegging is lang genoeg voor vertrek";
    NoticeOffice = "N-office-hours", 3, "enough office hours lie between notice and departure",
        "er liggen genoeg kantooruren tussen aanzegging en vertrek";
    SlotCapacity = "N-capacity", 3, "a slot holds no more cases than its capacity",
        "een contactmoment heeft niet meer zaken dan er plaats is";

    Legs = "I-legs", 4, "an itinerary is one leg, or two legs that meet", "een reis is één vlucht, of twee die aansluiten";
    Horizon = "I-horizon", 1, "the first departure lies in the horizon of the folder",
        "het eerste vertrek ligt in de planperiode van de map";
    Home = "I-home", 4, "the itinerary starts at a home airport", "de reis begint op een thuisluchthaven";
    Entry = "I-entry", 4, "the itinerary ends at an entry point of the case",
        "de reis eindigt op een toegestane luchthaven van de zaak";
    Transit = "I-transit", 4, "a connection is at an airport of transits.csv",
        "een overstap is op een luchthaven van transits.csv";
    Connection = "I-connection", 4, "connection time lies within its limits", "de overstaptijd ligt binnen de grenzen";
    Permit = "I-permit", 4, "the transit permit can be asked in time", "de doorreistoestemming kan op tijd worden gevraagd";
    TransitUnescorted = "I-unescorted", 4, "the transit admits a case without escorts",
        "de doorreis staat een zaak zonder begeleiding toe";
    JointConnection = "I-joint", 4, "a joint or national leg is never part of a connection",
        "een gezamenlijke of nationale vlucht is nooit deel van een overstap";
    Booking = "I-booking", 4, "the leg can be booked in time", "de vlucht kan op tijd worden geboekt";

    Seats = "S-seats", 4, "travellers on a leg fit its seats", "de reizigers passen op de stoelen van de vlucht";
    Returnees = "S-returnees", 4, "returnees on a leg are within its limit",
        "het aantal terugkeerders op de vlucht is binnen de grens";
    Unescorted = "S-unescorted", 4, "returnees without escorts on a leg are within its limit",
        "het aantal terugkeerders zonder begeleiding op de vlucht is binnen de grens";

    Team = "T-team", 5, "an itinerary that needs escorts has exactly one team, and no other has any",
        "een reis die begeleiding nodig heeft, heeft precies één team, en een andere reis geen";
    TeamSize = "T-size", 5, "the team has enough members of role escort", "het team heeft genoeg begeleiders";
    TeamSex = "T-sex", 5, "the team has enough escorts of the sex asked for",
        "het team heeft genoeg begeleiders van het gevraagde geslacht";
    TeamMedical = "T-medical", 5, "the team has the nurses and doctors asked for, one a case",
        "het team heeft de gevraagde verpleegkundigen en artsen, één per zaak";
    TeamTwice = "T-twice", 5, "a member stands in a team once", "een teamlid staat één keer in een team";
    Visa = "T-visa", 5, "every member may enter the destination of every case",
        "ieder teamlid mag het land van elke zaak in";
    Base = "T-base", 5, "every member is based at the airport of departure", "ieder teamlid heeft als standplaats de vertrekluchthaven";
    Return = "T-return", 5, "the way home is the admissible flight that arrives first",
        "de terugreis is de toegestane vlucht die het eerst aankomt";
    Report = "T-report", 5, "the team reports the briefing time before departure",
        "het team meldt zich de briefingtijd voor vertrek";
    End = "T-end", 5, "the duty ends after the debrief", "de dienst eindigt na de nabespreking";
    TeamHours = "T-hours", 5, "the hours of a duty are as section 5 counts them",
        "de uren van een dienst zijn zoals paragraaf 5 ze telt";

    DutyRole = "D-role", 5, "who fills a fixed duty has its role", "wie een vaste dienst doet, heeft de gevraagde rol";
    DutySkill = "D-skill", 5, "who fills a fixed duty has its skill", "wie een vaste dienst doet, kan wat gevraagd is";
    DutyCount = "D-count", 5, "a fixed duty has no more people than it asks for",
        "een vaste dienst heeft niet meer mensen dan gevraagd";
    DutyTwice = "D-twice", 5, "a fixed duty is listed once, and each person once in it",
        "een vaste dienst staat één keer in het plan, en ieder één keer erin";

    Overlap = "E-overlap", 5, "duties of an escort do not overlap", "diensten van een begeleider overlappen niet";
    Rest = "E-rest", 5, "an escort rests between two duties", "een begeleider rust tussen twee diensten";
    Absence = "E-absence", 5, "no duty overlaps an absence", "geen dienst valt in afwezigheid";
    WeekHours = "E-week-hours", 5, "duties that report in one ISO week are within the escort's hours",
        "de diensten die in één ISO-week beginnen, passen in de uren van de begeleider";

    Ride = "R-ride", 6, "a planned case that is not at its airport has a ride",
        "een geplande zaak die niet op de luchthaven is, heeft een rit";
    RideOnce = "R-once", 6, "a ride is one pickup and then one drop-off in one route",
        "een rit is één keer ophalen en daarna één keer afzetten in één route";
    RideNeedless = "R-needless", 6, "only planned cases that need a ride have one",
        "alleen geplande zaken die een rit nodig hebben, krijgen er een";
    Stop = "R-stop", 6, "a stop is a depot, or for one case or one transfer",
        "een stop is een depot, of voor één zaak of één vervoersopdracht";
    Place = "R-place", 6, "a ride goes from where it is asked to where it is asked",
        "een rit gaat van en naar de gevraagde plaats";
    PickupWindow = "R-pickup-window", 6, "the pickup starts in its window", "het ophalen begint in zijn tijdvak";
    DropoffWindow = "R-dropoff-window", 6, "the drop-off starts in its window", "het afzetten begint in zijn tijdvak";
    Detour = "R-detour", 6, "a case is driven by the most direct route", "een zaak wordt langs de meest directe route gereden";
    MaxRide = "R-max-ride", 6, "a transfer takes no longer than it may", "een vervoersopdracht duurt niet langer dan toegestaan";
    Drive = "R-drive", 6, "a stop starts after the service of the one before and the drive",
        "een stop begint na het werk op de vorige en de reistijd";
    Depot = "R-depot", 6, "a route runs from its depot to its depot", "een route loopt van haar depot naar haar depot";
    ShiftOnce = "R-shift-once", 6, "a shift drives at most one route", "een voertuigdienst rijdt hoogstens één route";
    ShiftSpan = "R-shift-span", 6, "a route lies inside its shift", "een route ligt binnen haar voertuigdienst";
    ShiftHours = "R-shift-hours", 6, "a route is not longer than its shift allows",
        "een route duurt niet langer dan de voertuigdienst toestaat";
    VehicleSeats = "R-seats", 6, "persons aboard fit the seats", "de inzittenden passen op de zitplaatsen";
    Wheelchairs = "R-wheelchairs", 6, "wheelchairs aboard fit their places", "de rolstoelen passen op de plaatsen";
    Compartments = "R-compartments", 6, "classes aboard fit the compartments",
        "de groepen aan boord passen in de compartimenten";
    RouteKm = "R-km", 6, "the printed kilometres are those of the stops", "de vermelde kilometers zijn die van de stops";
    RouteHours = "R-hours", 6, "the printed hours are those away from the depot",
        "de vermelde uren zijn die buiten het depot";
    RouteCost = "R-cost", 7, "the printed cost is that of the route", "de vermelde kosten zijn die van de route";

    UnmetTransfers = "U-transfers", 8, "the unmet transfers are exactly those not driven",
        "de niet uitgevoerde vervoersopdrachten zijn precies die zonder rit";
    UnmetDuties = "U-duties", 8, "the missing places of fixed duties are exactly those not filled",
        "de ontbrekende plaatsen van vaste diensten zijn precies de niet gevulde";

    Chance = "P-p", 7, "p is as computed from the state of the process",
        "p is zoals berekend uit de staat van het proces";
    Causes = "P-causes", 7, "the causes share 1 - p as their hazards do",
        "de oorzaken verdelen 1 - p zoals hun risico's";

    Value = "M-value", 7, "the value is that of the departures", "de waarde is die van de vertrekken";
    Tickets = "M-tickets", 7, "the tickets are those of the departures", "de tickets zijn die van de vertrekken";
    Escorts = "M-escorts", 7, "the escort money is that of the duties", "het geld voor begeleiding is dat van de diensten";
    Transport = "M-transport", 7, "the transport money is that of the routes", "het geld voor vervoer is dat van de routes";
    Unmet = "M-unmet", 7, "the unmet money is that of what is not met", "het geld voor wat niet lukt, klopt";
    Objective = "M-objective", 7, "the objective is value less costs", "de doelwaarde is waarde min kosten";

    PinFlight = "K-flight", 0, "a case departs on the legs that it is pinned to", "een zaak vertrekt op de vluchten waar zij aan vastligt";
    PinTeam = "K-team", 0, "an escort who is pinned to a case is in its team",
        "een begeleider die aan een zaak vastligt, is in haar team";
    PinVehicle = "K-vehicle", 0, "a case is driven by the shift that it is pinned to",
        "een zaak rijdt met de voertuigdienst waar zij aan vastligt";
    PinOut = "K-out", 0, "a case that is pinned out does not depart", "een zaak die met een pin uit het plan is gehouden, vertrekt niet";

    ChangeListed = "C-listed", 10, "every change of a repair is listed once", "elke wijziging van een herstel is één keer vermeld";
    ChangeTrue = "C-true", 10, "every change that is listed is one", "elke vermelde wijziging is er een";
    ChangeCost = "C-cost", 10, "a change costs what section 10 says", "een wijziging kost wat paragraaf 10 zegt";
    ChangeCause = "C-cause", 10, "the gate, row or event that is said to force a change does",
        "de poort, rij of gebeurtenis die een wijziging zou afdwingen, doet dat";
    ChangeTotal = "C-total", 10, "change costs add up, and are taken off the objective",
        "de wijzigingskosten tellen op, en gaan van de doelwaarde af";
    Locked = "C-locked", 10, "what is on its way stays exactly as it is, unless a gate closed or its leg, escort or shift is gone",
        "wat onderweg is, blijft precies zoals het is, tenzij een poort dicht is of de vlucht, begeleider of voertuigdienst weg is";
    NewPast = "C-past", 10, "nothing new begins before now", "niets nieuws begint vóór nu";
}

impl fmt::Display for RuleCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl Serialize for RuleCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}
