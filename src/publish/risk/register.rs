//! The entry for the Dutch Algorithm Register (publication standard 1.0), in Dutch as the register asks. Whoever takes the
//! program into use says who can be asked about it, checks it, completes links, and is the one who publishes.

use serde_json::{Value, json};

/// Longest texts of the standard's fields, in characters.
pub const LIMITS: [(&str, usize); 19] = [
    ("name", 100),
    ("description_short", 400),
    ("organization", 100),
    ("begin_date", 7),
    ("end_date", 7),
    ("contact_email", 500),
    ("website", 500),
    ("url", 500),
    ("goal", 2_500),
    ("proportionality", 2_500),
    ("human_intervention", 2_500),
    ("risks", 2_500),
    ("lawful_basis", 2_500),
    ("impacttoetsen", 2_500),
    ("source_data", 2_500),
    ("methods_and_models", 5_000),
    ("provider", 200),
    ("source_id", 100),
    ("tags", 2_500),
];

/// The e-mail address at which the organisation that uses the program can be asked about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact(String);

impl Contact {
    /// An address with one @ between a name and a domain; none when it is not.
    pub fn new(address: &str) -> Option<Self> {
        let (name, domain) = address.split_once('@')?;
        let plain =
            |text: &str| !text.is_empty() && !text.chars().any(|c| c.is_whitespace() || c.is_control() || c == '@');
        let dotted = domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.');
        let fits = address.chars().count() <= 500;
        (plain(name) && plain(domain) && dotted && fits).then(|| Self(address.to_owned()))
    }
}

/// `algoritmeregister.json`.
pub fn algorithm_register(contact: &Contact) -> String {
    serde_json::to_string_pretty(&entry(contact)).unwrap_or_default() + "\n"
}

fn entry(contact: &Contact) -> Value {
    json!({
        "standard_version": "1.0",
        "lang": "nld",
        "name": "Weekplanning van gedwongen vertrek met kansen op uitval (vertrek)",
        "description_short": "Stelt een weekplanning voor van gedwongen vertrekken: vlucht, aanzegging, begeleiding en vervoer, binnen de wet. \
            Weegt mee hoe vaak vertrekken in dezelfde stand van het proces uitvallen. Een planner beslist.",
        "organization": "Dienst Terugkeer en Vertrek",
        "category": ["Migratie en integratie"],
        "status": "In ontwikkeling",
        "publication_category": "Impactvolle algoritmes",
        "contact_email": contact.0,
        "goal": "Minder plaatsen, begeleiding en ritten voor niets, en minder aanzeggingen die nergens toe leiden. Het programma kiest binnen de \
            wettelijke voorwaarden vluchten, aanzegmomenten, begeleiders en ritten. De kans dat een vertrek doorgaat wordt geschat uit de stand van \
            het proces: toezichtmaatregel, dagen tussen aanzegging en vertrek, welke delen van het dossier bekend zijn, en of er begeleiding meegaat. \
            Wie op de planning staat, merkt dat aan de dag en het uur van aanzegging en vertrek. Het programma beslist niet óf iemand moet \
            vertrekken en stelt geen maatregel voor.",
        "proportionality": "Tussen 30% (2013) en 49% (2018) van de geboekte vertrekken ging niet door. Een zaak met een kleinere kans om door te gaan \
            weegt minder zwaar, zodat schaarse plaatsen en begeleiding minder vaak voor niets zijn. Daartegenover staat dat een groep door de stand \
            van haar proces later aan de beurt kan komen. Daarom gebruikt de schatting geen enkel kenmerk van een persoon, kan zij worden uitgezet \
            (use = none), laat een simulatie zien wat zij oplevert of kost, en rekent een aparte controle planning en kalibratie per groep na. Is de \
            schatting niet aantoonbaar beter dan één vast percentage, dan raadt het programma het vaste percentage aan.",
        "human_intervention": "Een aangewezen medewerker geeft elke zaak vrij voordat zij gepland mag worden. Een planner beoordeelt het voorstel, \
            kan het wijzigen en beslist. Het programma boekt niets, zegt niemand iets aan en stuurt niets uit. Per zaak is in te zien waarom zij wel of \
            niet op de planning staat en uit welke delen de kans is opgebouwd. De uitkomst mag geen grond zijn voor bewaring, een zwaardere maatregel, \
            een kortere aanzegging van één persoon of het achterstellen van een groep.",
        "risks": "Indirect onderscheid: maatregelen zijn niet over alle groepen gelijk verdeeld. Beheersing: geslacht, leeftijd, bestemming en \
            nationaliteit bereiken de schatting niet (afgedwongen in het programma en getoetst), en een controleur rekent met een apart bestand de \
            kalibratie en de planning per groep na. Verwisseling van samenhang en oorzaak: uit bewaring vallen minder vertrekken uit, dat toont niet dat \
            bewaring helpt. Beheersing: de modelkaart en elke uitdraai zeggen dit. Verouderde of te kleine historie: toetsing op latere vertrekken, \
            betrouwbaarheidsintervallen, anders een vast percentage. Onbekende werking van de aanzegtermijn: uitkomsten als reeks over aannames, nooit als één \
            getal. Wie het programma in gebruik neemt, toetst vooraf of bijlage III, punt 7, van de AI-verordening erop ziet en past de categorie dan aan.",
        "lawful_basis": "Terugkeer van vreemdelingen zonder rechtmatig verblijf: Vreemdelingenwet 2000, artikelen 62 tot en met 63, en de \
            Terugkeerrichtlijn 2008/115/EG, artikelen 5 tot en met 9; overdracht op grond van de Dublinregels.",
        "lawful_basis_grouping": [
            { "title": "Vreemdelingenwet 2000", "link": "https://wetten.overheid.nl/BWBR0011823" },
            { "title": "Terugkeerrichtlijn 2008/115/EG", "link": "https://eur-lex.europa.eu/eli/dir/2008/115/oj" }
        ],
        "impacttoetsen": "Nog niet uitgevoerd: het programma is in ontwikkeling en niet op echte zaken gebruikt. Vóór ingebruikname: een \
            gegevensbeschermingseffectbeoordeling (DPIA) en een Impact Assessment Mensenrechten en Algoritmes (IAMA).",
        "impacttoetsen_grouping": [],
        "source_data": "Vertrekken uit het verleden zonder persoonskenmerken: datum van planning, maatregel, dagen aanzegging, bekende delen van het \
            dossier, aantal begeleiders en afloop. Voor de planning zelf: zaken, documenten, procedures, vluchten, begeleiders en ritten onder \
            pseudoniem. Namen, geboortedatums en nationaliteiten hebben nergens een veld.",
        "source_data_grouping": [],
        "methods_and_models": "Concurrerende oorzaken: de kans dat een vertrek doorgaat is exp(-H). H is de som van vier uitvalrisico's: afwezigheid \
            (een basis en een deel per dag aanzegging, per maatregel), een nieuwe procedure (idem), onbekende delen van het dossier, en andere oorzaken \
            (met of zonder begeleiding). De risico's worden geschat met de grootste aannemelijkheid, nooit onder nul, waarbij maatregelen met weinig \
            gegevens naar het gemiddelde toe worden getrokken. Elk risico krijgt een 95%-interval. De schatting wordt beoordeeld op vertrekken die later \
            zijn gepland dan wat zij zag: logverlies, Brierscore, kalibratie. De planning zelf is een wiskundige optimalisatie met een bewezen \
            bovengrens; een onafhankelijk deel van het programma controleert elke regel opnieuw. Het model leert niet bij tijdens gebruik.",
        "provider": "",
        "tags": "terugkeer, planning, uitval, transparantie"
    })
}
