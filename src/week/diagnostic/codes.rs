//! The catalogue: every code with what happened, what is allowed and what to do, in English and Dutch.
//!
//! `{value}`, `{column}`, `{file}`, `{allowed}` and `{other}` stand for the fields of the diagnostic.

use crate::lang::Lang;
use serde::{Serialize, Serializer};

/// The sentences of one code in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentences {
    /// What happened.
    pub what: &'static str,
    /// What is allowed.
    pub allowed: &'static str,
    /// What to do.
    pub remedy: &'static str,
}

macro_rules! catalogue {
    ($($(#[$doc:meta])* $name:ident $id:literal {
        en: $en_what:literal, $en_allowed:literal, $en_remedy:literal;
        nl: $nl_what:literal, $nl_allowed:literal, $nl_remedy:literal;
    })+) => {
        /// What may be wrong with a week folder; the codes are stable.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[$doc])* $name),+ }

        impl Code {
            /// Every code, in order.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The stable name, for example `W201`.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$name => $id),+ }
            }

            /// Its sentences, with places for the fields of a diagnostic.
            pub const fn sentences(self, lang: Lang) -> Sentences {
                match (self, lang) { $(
                    (Self::$name, Lang::En) => Sentences { what: $en_what, allowed: $en_allowed, remedy: $en_remedy },
                    (Self::$name, Lang::Nl) => Sentences { what: $nl_what, allowed: $nl_allowed, remedy: $nl_remedy },
                )+ }
            }
        }
    };
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.id())
    }
}

catalogue! {
    /// The folder cannot be read.
    FolderUnreadable "W001" {
        en: "the week folder cannot be read: {value}", "a folder with a week.toml", "give the path of a week folder that you may read";
        nl: "de weekmap kan niet worden gelezen: {value}", "een map met een week.toml", "geef het pad van een weekmap die u mag lezen";
    }
    /// `week.toml` is not there.
    HeadMissing "W002" {
        en: "{file} is missing", "every week folder has a {file}", "add {file} with week, now, start, end and home_airports";
        nl: "{file} ontbreekt", "elke weekmap heeft een {file}", "voeg {file} toe met week, now, start, end en home_airports";
    }
    /// A CSV file that is no table of the specification.
    UnknownTable "W003" {
        en: "{file} is not a table of a week folder", "{allowed}", "correct the file's name (lower case), or take the file out of the folder";
        nl: "{file} is geen tabel van een weekmap", "{allowed}", "verbeter de bestandsnaam (kleine letters), of haal het bestand uit de map";
    }
    /// A file of the folder cannot be read.
    FileUnreadable "W004" {
        en: "{file} cannot be read: {value}", "a file that can be read", "check that it is a file and that you may read it";
        nl: "{file} kan niet worden gelezen: {value}", "een leesbaar bestand", "controleer of het een bestand is en of u het mag lezen";
    }
    /// A table refers to a table that is not there.
    TableMissing "W005" {
        en: "{column} '{value}' needs {other}, which is not in the folder", "every table that another one refers to", "add {other} to the folder";
        nl: "{column} '{value}' heeft {other} nodig, en dat staat niet in de map", "elke tabel waar een andere naar verwijst", "voeg {other} toe aan de map";
    }
    /// The list of diagnostics was cut off.
    MoreDiagnostics "W009" {
        en: "{value} more problems in {file} are not listed", "at most {allowed} problems of a file are listed at a time", "repair the ones above first, many have the same cause; then read the folder again";
        nl: "nog {value} problemen in {file} zijn niet vermeld", "van een bestand worden hoogstens {allowed} problemen tegelijk vermeld", "verhelp eerst de bovenstaande, veel hebben dezelfde oorzaak; lees de map dan opnieuw";
    }

    /// Bytes that are not UTF-8.
    NotUtf8 "W101" {
        en: "the text is not UTF-8: {value}", "text in UTF-8", "save the file as UTF-8 (in a spreadsheet program: CSV UTF-8)";
        nl: "de tekst is geen UTF-8: {value}", "tekst in UTF-8", "sla het bestand op als UTF-8 (in een rekenblad: CSV UTF-8)";
    }
    /// The first line names no column of the table.
    HeaderMissing "W102" {
        en: "the first line of {file} names none of its columns", "a first line with the columns {allowed}", "add the header row, or correct its names (lower case)";
        nl: "de eerste regel van {file} noemt geen van de kolommen", "een eerste regel met de kolommen {allowed}", "voeg de kopregel toe, of verbeter de namen (kleine letters)";
    }
    /// A column that the table does not have.
    UnknownColumn "W103" {
        en: "{file} has no column '{value}'", "{allowed}", "remove the column, or correct its name; names are in lower case";
        nl: "{file} kent geen kolom '{value}'", "{allowed}", "verwijder de kolom, of verbeter de naam; namen staan in kleine letters";
    }
    /// A column of the table that is not there.
    MissingColumn "W104" {
        en: "column {column} is missing", "all of the columns {allowed}", "add the column; a field may be empty where the specification says so";
        nl: "kolom {column} ontbreekt", "alle kolommen {allowed}", "voeg de kolom toe; een veld mag leeg zijn waar de specificatie dat zegt";
    }
    /// A column that is there twice.
    DuplicateColumn "W105" {
        en: "column {column} is there twice", "every column once", "remove one of the two";
        nl: "kolom {column} komt twee keer voor", "elke kolom één keer", "verwijder een van de twee";
    }
    /// A row with too many or too few fields.
    FieldCount "W106" {
        en: "the row has {value} fields, the header {allowed}", "{allowed} fields in every row", "add or remove commas (a decimal is written 51.95, not 51,95); put a field that holds a comma between double quotes";
        nl: "de rij heeft {value} velden, de kopregel {allowed}", "{allowed} velden in elke rij", "voeg komma's toe of haal ze weg (schrijf 51.95, niet 51,95); zet een veld met een komma tussen dubbele aanhalingstekens";
    }
    /// A quotation mark without its partner.
    OpenQuote "W107" {
        en: "a double quote opens a field in this row, and nothing closes it", "a quoted field begins and ends with a double quote", "close the field with a double quote, or remove the quote; the rows below have not been read";
        nl: "een dubbel aanhalingsteken opent een veld in deze rij, en niets sluit het", "een veld tussen aanhalingstekens begint en eindigt met een dubbel aanhalingsteken", "sluit het veld met een dubbel aanhalingsteken, of haal het weg; de rijen eronder zijn niet gelezen";
    }
    /// A quotation mark that does not enclose its field.
    StrayQuote "W108" {
        en: "a double quote stands in the middle of a field: {value}", "a double quote only around a whole field, from comma to comma; a quote inside it is doubled", "remove the quote, or quote the whole field; look above the line too, for a quote that was not closed";
        nl: "een dubbel aanhalingsteken staat midden in een veld: {value}", "een dubbel aanhalingsteken alleen om een heel veld, van komma tot komma; een aanhalingsteken erin wordt verdubbeld", "haal het aanhalingsteken weg, of zet het hele veld tussen aanhalingstekens; kijk ook boven de regel, naar een aanhalingsteken dat niet is gesloten";
    }
    /// Semicolons or tabs where commas belong.
    NotCommas "W109" {
        en: "the columns of {file} are not separated by commas, but by: {value}", "commas between fields", "save the table as CSV with commas (a spreadsheet program takes the separator from the regional settings of the machine), and decimals with a point";
        nl: "de kolommen van {file} zijn niet gescheiden door komma's, maar door: {value}", "komma's tussen velden", "sla de tabel op als CSV met komma's (een rekenblad neemt het scheidingsteken uit de landinstellingen van de computer), en decimalen met een punt";
    }
    /// A row without any value.
    BlankRow "W110" {
        en: "the row has no values, only commas or spaces", "no rows without values", "remove the row";
        nl: "de rij heeft geen waarden, alleen komma's of spaties", "geen rijen zonder waarden", "verwijder de rij";
    }

    /// A field that must be filled is empty.
    Empty "W201" {
        en: "{column} is empty", "{column} must be filled", "fill it in";
        nl: "{column} is leeg", "{column} moet ingevuld zijn", "vul het in";
    }
    /// A word outside its list.
    NotAWord "W202" {
        en: "{column} '{value}' is not one of its words", "{allowed}", "write one of these words, in lower case";
        nl: "{column} '{value}' is geen van de mogelijke woorden", "{allowed}", "schrijf een van deze woorden, in kleine letters";
    }
    /// Neither `true` nor `false`.
    NotABoolean "W203" {
        en: "{column} '{value}' is not true or false", "true, false", "write true or false";
        nl: "{column} '{value}' is niet true of false", "true, false", "schrijf true of false";
    }
    /// Not a number.
    NotANumber "W204" {
        en: "{column} '{value}' is not a number", "a decimal number with a point, {allowed}", "write the number in digits, without unit or thousands separator";
        nl: "{column} '{value}' is geen getal", "een decimaal getal met een punt, {allowed}", "schrijf het getal in cijfers, zonder eenheid of duizendtalscheiding";
    }
    /// A number below zero.
    Negative "W205" {
        en: "{column} '{value}' is negative", "{allowed}", "correct the number";
        nl: "{column} '{value}' is negatief", "{allowed}", "verbeter het getal";
    }
    /// A count with a fraction.
    NotAWholeNumber "W206" {
        en: "{column} '{value}' is not a whole number", "a whole number, {allowed}", "write the number in digits only";
        nl: "{column} '{value}' is geen geheel getal", "een geheel getal, {allowed}", "schrijf het getal in alleen cijfers";
    }
    /// A number outside its range.
    OutOfRange "W207" {
        en: "{column} '{value}' is out of range", "{allowed}", "correct the number, or its unit";
        nl: "{column} '{value}' valt buiten het bereik", "{allowed}", "verbeter het getal, of de eenheid";
    }
    /// Not a date-time.
    NotATime "W208" {
        en: "{column} '{value}' is not a date and time", "RFC 3339 with offset, such as 2027-01-18T09:30:00+01:00", "write date, time and offset in this form";
        nl: "{column} '{value}' is geen datum met tijd", "RFC 3339 met tijdverschil, zoals 2027-01-18T09:30:00+01:00", "schrijf datum, tijd en tijdverschil in deze vorm";
    }
    /// A date-time without an offset.
    NoOffset "W209" {
        en: "{column} '{value}' has no offset", "a time with its offset, such as 2027-01-18T09:30:00+01:00", "add the offset from UTC: in the Netherlands +01:00 in winter, +02:00 in summer";
        nl: "{column} '{value}' heeft geen tijdverschil", "een tijd met het tijdverschil, zoals 2027-01-18T09:30:00+01:00", "voeg het verschil met UTC toe: in Nederland +01:00 in de winter, +02:00 in de zomer";
    }
    /// Not a clock time.
    NotAClockTime "W210" {
        en: "{column} '{value}' is not a clock time", "HH:MM, from 00:00 to 23:59", "write hours and minutes in two digits each";
        nl: "{column} '{value}' is geen kloktijd", "UU:MM, van 00:00 tot en met 23:59", "schrijf uren en minuten elk in twee cijfers";
    }
    /// Not a date.
    NotADate "W211" {
        en: "{column} '{value}' is not a date", "a date that exists, such as 2027-01-18", "write year, month and day in this form";
        nl: "{column} '{value}' is geen datum", "een bestaande datum, zoals 2027-01-18", "schrijf jaar, maand en dag in deze vorm";
    }
    /// A year that cannot be meant.
    YearOutOfRange "W212" {
        en: "{column} '{value}' lies in a year that cannot be meant", "{allowed}", "correct the year";
        nl: "{column} '{value}' ligt in een jaar dat niet bedoeld kan zijn", "{allowed}", "verbeter het jaar";
    }
    /// White space or a control character in an id.
    NotAnId "W213" {
        en: "{column} '{value}' is not an id", "a pseudonym without spaces, control characters or invisible characters", "correct the id here and where it is referred to";
        nl: "{column} '{value}' is geen id", "een pseudoniem zonder spaties, stuurtekens of onzichtbare tekens", "verbeter het id hier en waar ernaar wordt verwezen";
    }
    /// Not a country code.
    NotACountry "W214" {
        en: "{column} '{value}' is not a country code", "two capital letters of ISO 3166-1, or XK (Kosovo); in a list with single spaces between them", "look the country up in ISO 3166-1";
        nl: "{column} '{value}' is geen landcode", "twee hoofdletters volgens ISO 3166-1, of XK (Kosovo); in een lijst met één spatie ertussen", "zoek het land op in ISO 3166-1";
    }
    /// Not an ISO weekday number.
    NotAWeekday "W215" {
        en: "{column} '{value}' is not a weekday", "1 (Monday) to 7 (Sunday)", "write the ISO numbers, separated by single spaces";
        nl: "{column} '{value}' is geen weekdag", "1 (maandag) tot en met 7 (zondag)", "schrijf de ISO-nummers, gescheiden door één spatie";
    }
    /// Elements of a list not separated by single spaces.
    ListSpacing "W216" {
        en: "the list {column} '{value}' has a space too many", "elements separated by single spaces, none before or after", "remove the spaces";
        nl: "de lijst {column} '{value}' heeft een spatie te veel", "elementen gescheiden door één spatie, zonder spatie ervoor of erna", "haal de spaties weg";
    }
    /// An element that is in a list twice.
    ListRepeats "W217" {
        en: "{value} is in the list {column} twice", "every element once", "remove one of the two";
        nl: "{value} staat twee keer in de lijst {column}", "elk element één keer", "haal een van de twee weg";
    }
    /// `*` next to countries.
    StarNotAlone "W218" {
        en: "{column} '{value}' has * next to countries", "either * alone or countries", "keep * when the escort may enter every country, the countries otherwise";
        nl: "{column} '{value}' heeft * naast landen", "of alleen *, of landen", "houd * als de begeleider elk land in mag, anders de landen";
    }
    /// Spaces before or after a value.
    Padded "W219" {
        en: "{column} '{value}' has a space before or after it", "the value alone, from comma to comma", "remove the space";
        nl: "{column} '{value}' heeft er een spatie voor of achter", "alleen de waarde, van komma tot komma", "haal de spatie weg";
    }

    /// An id that is taken.
    DuplicateId "W301" {
        en: "{column} '{value}' is taken by {other}", "every {column} once", "remove one of the two rows, or give it an id of its own";
        nl: "{column} '{value}' is al gebruikt in {other}", "elke {column} één keer", "verwijder een van de twee rijen, of geef die een eigen id";
    }
    /// An id that no row has.
    UnknownId "W302" {
        en: "{column} '{value}' is not in {other}", "an id of {other}; in a list with single spaces between the ids", "correct the id, or add its row to {other}";
        nl: "{column} '{value}' staat niet in {other}", "een id uit {other}; in een lijst met één spatie tussen de ids", "verbeter het id, of voeg de rij toe aan {other}";
    }
    /// A location that is not an airport.
    NotAnAirport "W303" {
        en: "{column} '{value}' is not an airport: {other} says otherwise", "a location of kind airport", "name an airport, or correct the kind of the location";
        nl: "{column} '{value}' is geen luchthaven: {other} zegt iets anders", "een locatie van kind airport", "noem een luchthaven, of verbeter de kind van de locatie";
    }
    /// A drive that is listed twice.
    DuplicateDrive "W304" {
        en: "the drive {value} is listed already in {other}", "every pair of from and to once", "remove one of the two rows";
        nl: "de rit {value} staat al in {other}", "elk paar van from en to één keer", "verwijder een van de twee rijen";
    }
    /// Terms of a receiving state that are there twice.
    DuplicateTerms "W305" {
        en: "the terms for {value} are given already in {other}", "every pair of destination and kind once, an empty kind too", "remove one of the two rows";
        nl: "de voorwaarden voor {value} staan al in {other}", "elk paar van destination en kind één keer, ook met een lege kind", "verwijder een van de twee rijen";
    }
    /// A case without persons.
    CaseWithoutPersons "W306" {
        en: "{column} '{value}' has no persons", "every case has at least one row in {other}", "add its persons to {other}, or remove the case";
        nl: "{column} '{value}' heeft geen personen", "elke zaak heeft minstens één rij in {other}", "voeg de personen toe aan {other}, of verwijder de zaak";
    }
    /// An end before its start.
    EndsBeforeStart "W307" {
        en: "{column} '{value}' is before {other}", "not before {other}", "correct one of the two";
        nl: "{column} '{value}' ligt vóór {other}", "niet vóór {other}", "verbeter een van de twee";
    }
    /// An arrival before its departure.
    ArrivesBeforeDeparts "W308" {
        en: "{column} '{value}' is before {other}", "an arrival after the departure, each with the offset of its own airport", "correct the time, or its offset";
        nl: "{column} '{value}' ligt vóór {other}", "een aankomst na het vertrek, elk met het tijdverschil van de eigen luchthaven", "verbeter de tijd, of het tijdverschil";
    }
    /// A wish for an escort's sex without escorts.
    EscortSexWithoutEscorts "W309" {
        en: "{column} '{value}' is set, but the case has no escorts", "{column} empty where escorts is 0", "empty {column}, or set escorts";
        nl: "{column} '{value}' is ingevuld, maar de zaak heeft geen begeleiders", "{column} leeg waar escorts 0 is", "maak {column} leeg, of vul escorts in";
    }
    /// Two shifts of one vehicle at the same time.
    ShiftsOverlap "W310" {
        en: "vehicle {value} has another shift at the same time: {other}", "shifts of one vehicle that do not overlap", "shorten one of the shifts, or give it another vehicle";
        nl: "voertuig {value} heeft tegelijk een andere dienst: {other}", "diensten van één voertuig die elkaar niet overlappen", "kort een van de diensten in, of geef die een ander voertuig";
    }
    /// A joint or national leg whose way home is not known.
    HomeAtMissing "W311" {
        en: "{column} is empty on a {value} leg", "{column} filled on joint and national legs", "fill in when the aircraft is home again";
        nl: "{column} is leeg bij een vlucht van kind {value}", "{column} ingevuld bij vluchten van kind joint en national", "vul in wanneer het toestel weer thuis is";
    }
    /// A drop-off that is over before its pickup can begin.
    DropoffBeforePickup "W312" {
        en: "{column} '{value}' is before {other}", "a drop-off window that ends after the pickup window begins", "correct one of the two windows";
        nl: "{column} '{value}' ligt vóór {other}", "een aflevervenster dat eindigt nadat het ophaalvenster begint", "verbeter een van de twee vensters";
    }

    /// A pin that fixes nothing.
    PinOfNothing "W313" {
        en: "pin {value} fixes nothing", "legs, escorts or shift filled, or out = true", "fill in what the case is fixed to, or remove the pin";
        nl: "pin {value} legt niets vast", "legs, escorts of shift ingevuld, of out = true", "vul in waar de zaak aan vastligt, of verwijder de pin";
    }
    /// A pin that keeps a case out and fixes how it departs.
    PinOutAndOn "W314" {
        en: "pin {value} keeps its case out, and fixes {other} too", "{other} empty where out is true", "empty the field, or write false in out";
        nl: "pin {value} houdt de zaak uit het plan, en legt ook {other} vast", "{other} leeg waar out true is", "maak het veld leeg, of schrijf false in out";
    }
    /// Two pins of one case that do not go together.
    PinsClash "W315" {
        en: "pin {value} and {other} disagree on {allowed} of one case", "pins of one case that agree on legs, shift and out", "remove one of the two pins";
        nl: "pin {value} en {other} zijn het niet eens over {allowed} van één zaak", "pins van één zaak die het eens zijn over legs, shift en out", "verwijder een van de twee pins";
    }

    /// Not TOML.
    TomlSyntax "W401" {
        en: "this is not TOML ({value}): {other}", "key = value, and tables in [brackets]", "correct the line";
        nl: "dit is geen TOML ({value}): {other}", "sleutel = waarde, en tabellen tussen [haken]", "verbeter de regel";
    }
    /// A key that does not exist.
    UnknownKey "W402" {
        en: "there is no key {column}", "{allowed}", "remove the key, or correct its name";
        nl: "er is geen sleutel {column}", "{allowed}", "verwijder de sleutel, of verbeter de naam";
    }
    /// A key that must be there.
    MissingKey "W403" {
        en: "the key {column} is missing", "{column} = {allowed}", "add the key above the first [table]";
        nl: "de sleutel {column} ontbreekt", "{column} = {allowed}", "voeg de sleutel toe boven de eerste [tabel]";
    }
    /// A value of another type.
    WrongType "W404" {
        en: "{column} has the wrong type: {value}", "a value of the form {allowed}", "write the value in this form; text stands between quotes, numbers, dates and times do not";
        nl: "{column} heeft het verkeerde type: {value}", "een waarde in de vorm {allowed}", "schrijf de waarde in deze vorm; tekst staat tussen aanhalingstekens, getallen, datums en tijden niet";
    }
    /// Not an ISO week.
    NotAWeek "W405" {
        en: "{column} '{value}' is not an ISO week", "a week that exists, such as 2027-W03", "write year, W and the two-digit week number";
        nl: "{column} '{value}' is geen ISO-week", "een bestaande week, zoals 2027-W03", "schrijf jaar, W en het weeknummer in twee cijfers";
    }
    /// A horizon without a moment in it.
    HorizonEmpty "W406" {
        en: "{column} '{value}' is not after {other}", "an end after the start", "correct start or end";
        nl: "{column} '{value}' ligt niet na {other}", "een eind na het begin", "verbeter start of end";
    }
    /// A horizon of more than six weeks.
    HorizonTooLong "W407" {
        en: "{column} '{value}' is more than six weeks after {other}", "a horizon of at most six weeks", "correct start or end, or plan in two runs";
        nl: "{column} '{value}' ligt meer dan zes weken na {other}", "een horizon van hoogstens zes weken", "verbeter start of end, of plan in twee keer";
    }
    /// No moment is both early and late enough to check in.
    CheckinWindowEmpty "W408" {
        en: "{column} '{value}' and {other} leave no time to check in", "rules.checkin_min_minutes not above rules.checkin_max_minutes", "correct one of the two; a key that the file does not set has its default";
        nl: "{column} '{value}' en {other} laten geen tijd over om in te checken", "rules.checkin_min_minutes niet hoger dan rules.checkin_max_minutes", "verbeter een van de twee; een sleutel die niet in het bestand staat heeft de standaardwaarde";
    }
    /// A key of the run inside a table of parameters.
    MisplacedKey "W409" {
        en: "{column} stands below a [table], and counts as a part of it", "{other} above the first [table]", "move the line up, above the first [table]";
        nl: "{column} staat onder een [tabel], en telt als deel daarvan", "{other} boven de eerste [tabel]", "verplaats de regel naar boven, boven de eerste [tabel]";
    }

    /// A field that events of the kind do not have.
    EventFieldUnused "W501" {
        en: "{column} '{value}' is filled, but an event of kind {other} has none", "{column} empty", "empty the field, or correct the kind of the event";
        nl: "{column} '{value}' is ingevuld, maar een gebeurtenis van kind {other} heeft er geen", "{column} leeg", "maak het veld leeg, of verbeter de kind van de gebeurtenis";
    }
    /// An event that changes nothing that is there.
    EventWithoutObject "W502" {
        en: "case {value} has no open procedure to close", "procedure_closed for a case with a row of {other} that is not closed", "correct the case, or leave the event out";
        nl: "zaak {value} heeft geen lopende procedure om te sluiten", "procedure_closed voor een zaak met een rij in {other} die niet gesloten is", "verbeter de zaak, of laat de gebeurtenis weg";
    }
}
