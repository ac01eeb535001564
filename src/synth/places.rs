//! Real places in the Netherlands: where people stay, where they are taken to, where vehicles are kept; and the airports of
//! departure, two of them across the border. Positions are those of the town or the site, to about a kilometre.

use super::folder::{Folder, columns, fields};
use crate::week::LocationKind;

/// A place in the Netherlands, or an airport of departure.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// Its id in the folder.
    pub(super) id: &'static str,
    /// Its name.
    pub(super) name: &'static str,
    /// What it is.
    pub(super) kind: LocationKind,
    /// Latitude.
    pub(super) lat: f64,
    /// Longitude.
    pub(super) lon: f64,
}

const fn place(id: &'static str, name: &'static str, kind: LocationKind, lat: f64, lon: f64) -> Place {
    Place { id, name, kind, lat, lon }
}

use LocationKind::{
    Airport, Consulate, Depot, Detention, Family, FamilyClosed, Other, Police, Prison, Reception, Restricted,
};

/// Every place, most used first within a kind.
#[rustfmt::skip]
pub(super) const PLACES: &[Place] = &[
    place("DC-ROTTERDAM", "Detentiecentrum Rotterdam", Detention, 51.951, 4.446),
    place("JC-SCHIPHOL", "Justitieel Complex Schiphol", Detention, 52.334, 4.745),
    place("DC-ZEIST", "Detentiecentrum Zeist", Detention, 52.118, 5.296),
    place("GGV-ZEIST", "Gesloten Gezinsvoorziening Zeist", FamilyClosed, 52.119, 5.299),
    place("VBL-TERAPEL", "Vrijheidsbeperkende locatie Ter Apel", Restricted, 52.890, 7.090),
    place("GL-KATWIJK", "Gezinslocatie Katwijk", Family, 52.203, 4.411),
    place("GL-EMMEN", "Gezinslocatie Emmen", Family, 52.786, 6.897),
    place("GL-BURGUM", "Gezinslocatie Burgum", Family, 53.191, 5.993),
    place("GL-GOES", "Gezinslocatie Goes", Family, 51.504, 3.889),
    place("GL-GILZE", "Gezinslocatie Gilze", Family, 51.548, 4.936),
    place("GL-AMERSFOORT", "Gezinslocatie Amersfoort", Family, 52.166, 5.406),
    place("AZC-TERAPEL", "AZC Ter Apel", Reception, 52.892, 7.086),
    place("AZC-BUDEL", "AZC Budel-Cranendonck", Reception, 51.272, 5.610),
    place("AZC-ALMERE", "AZC Almere", Reception, 52.371, 5.222),
    place("AZC-DRONTEN", "AZC Dronten", Reception, 52.533, 5.712),
    place("AZC-ARNHEM", "AZC Arnhem", Reception, 52.012, 5.875),
    place("AZC-UTRECHT", "AZC Utrecht", Reception, 52.076, 5.100),
    place("AZC-DELFZIJL", "AZC Delfzijl", Reception, 53.325, 6.918),
    place("AZC-DRACHTEN", "AZC Drachten", Reception, 53.112, 6.099),
    place("AZC-ECHT", "AZC Echt", Reception, 51.104, 5.872),
    place("AZC-HEERLEN", "AZC Heerlen", Reception, 50.888, 5.979),
    place("AZC-LUTTELGEEST", "AZC Luttelgeest", Reception, 52.756, 5.853),
    place("AZC-MIDDELBURG", "AZC Middelburg", Reception, 51.499, 3.612),
    place("AZC-OISTERWIJK", "AZC Oisterwijk", Reception, 51.580, 5.192),
    place("AZC-RIJSWIJK", "AZC Rijswijk", Reception, 52.036, 4.325),
    place("AZC-SCHALKHAAR", "AZC Schalkhaar", Reception, 52.268, 6.193),
    place("AZC-WAGENINGEN", "AZC Wageningen", Reception, 51.968, 5.665),
    place("AZC-WINTERSWIJK", "AZC Winterswijk", Reception, 51.972, 6.720),
    place("AZC-ZUTPHEN", "AZC Zutphen", Reception, 52.139, 6.196),
    place("PI-TERAPEL", "Penitentiaire Inrichting Ter Apel", Prison, 52.879, 7.076),
    place("PI-VEENHUIZEN", "Penitentiaire Inrichting Veenhuizen", Prison, 53.036, 6.377),
    place("PI-ALPHEN", "Penitentiaire Inrichting Alphen aan den Rijn", Prison, 52.108, 4.650),
    place("PI-ZWOLLE", "Penitentiaire Inrichting Zwolle", Prison, 52.501, 6.118),
    place("PI-VUGHT", "Penitentiaire Inrichting Vught", Prison, 51.653, 5.282),
    place("PI-DORDRECHT", "Penitentiaire Inrichting Dordrecht", Prison, 51.795, 4.664),
    place("PI-SITTARD", "Penitentiaire Inrichting Zuid-Oost, Sittard", Prison, 51.011, 5.850),
    place("PI-ZAANSTAD", "Justitieel Complex Zaanstad", Prison, 52.471, 4.797),
    place("PI-KRIMPEN", "Penitentiaire Inrichting Krimpen aan den IJssel", Prison, 51.912, 4.597),
    place("PI-NIEUWEGEIN", "Penitentiaire Inrichting Nieuwegein", Prison, 52.033, 5.100),
    place("PI-ALMERE", "Penitentiaire Inrichting Almere", Prison, 52.394, 5.263),
    place("PI-LEEUWARDEN", "Penitentiaire Inrichting Leeuwarden", Prison, 53.193, 5.787),
    place("PI-GRAVE", "Penitentiaire Inrichting Grave", Prison, 51.760, 5.750),
    place("POL-DENHAAG", "AVIM Den Haag", Police, 52.064, 4.309),
    place("POL-AMSTERDAM", "AVIM Amsterdam", Police, 52.345, 4.857),
    place("POL-ROTTERDAM", "AVIM Rotterdam", Police, 51.908, 4.493),
    place("POL-GRONINGEN", "AVIM Groningen", Police, 53.215, 6.582),
    place("POL-DENBOSCH", "AVIM 's-Hertogenbosch", Police, 51.697, 5.304),
    place("CON-MAROKKO", "Consulaat van Marokko, Den Haag", Consulate, 52.078, 4.310),
    place("CON-ALGERIJE", "Ambassade van Algerije, Den Haag", Consulate, 52.094, 4.283),
    place("CON-NIGERIA", "Ambassade van Nigeria, Den Haag", Consulate, 52.087, 4.300),
    place("CON-IRAK", "Ambassade van Irak, Den Haag", Consulate, 52.090, 4.296),
    place("CON-INDIA", "Ambassade van India, Den Haag", Consulate, 52.092, 4.287),
    place("RB-DENHAAG", "Rechtbank Den Haag", Other, 52.082, 4.342),
    place("RB-SCHIPHOL", "Rechtbank Noord-Holland, locatie Schiphol", Other, 52.334, 4.746),
    place("RB-ROERMOND", "Rechtbank Roermond", Other, 51.194, 5.987),
    place("RB-ZWOLLE", "Rechtbank Zwolle", Other, 52.507, 6.089),
    place("RB-AMSTERDAM", "Rechtbank Amsterdam", Other, 52.339, 4.868),
    place("RB-ROTTERDAM", "Rechtbank Rotterdam", Other, 51.905, 4.489),
    place("RB-UTRECHT", "Rechtbank Midden-Nederland, Utrecht", Other, 52.084, 5.119),
    place("RB-ARNHEM", "Rechtbank Gelderland, Arnhem", Other, 51.983, 5.909),
    place("RB-DENBOSCH", "Rechtbank Oost-Brabant, 's-Hertogenbosch", Other, 51.689, 5.314),
    place("RB-GRONINGEN", "Rechtbank Noord-Nederland, Groningen", Other, 53.217, 6.570),
    place("JCZ-SCHEVENINGEN", "Justitieel Centrum voor Somatische Zorg", Other, 52.117, 4.299),
    place("CTP-BALKBRUG", "CTP Veldzicht", Other, 52.591, 6.398),
    place("IND-DENBOSCH", "IND-loket 's-Hertogenbosch", Other, 51.690, 5.290),
    place("DVO-SCHIPHOL", "DV&O Schiphol", Depot, 52.318, 4.762),
    place("DVO-ROTTERDAM", "DV&O Rotterdam", Depot, 51.920, 4.430),
    place("DVO-NIEUWEGEIN", "DV&O Nieuwegein", Depot, 52.030, 5.090),
    place("DVO-ASSEN", "DV&O Assen", Depot, 52.990, 6.560),
    place("DVO-VUGHT", "DV&O Vught", Depot, 51.654, 5.286),
    place("DVO-ARNHEM", "DV&O Arnhem", Depot, 51.985, 5.900),
    place("AMS", "Schiphol", Airport, 52.309, 4.764),
    place("EIN", "Eindhoven Airport", Airport, 51.450, 5.375),
    place("RTM", "Rotterdam The Hague Airport", Airport, 51.957, 4.437),
    place("BRU", "Brussels Airport", Airport, 50.901, 4.484),
    place("DUS", "Flughafen Düsseldorf", Airport, 51.289, 6.767),
];

/// The places of a kind, most used first.
pub(super) fn of_kind(kind: LocationKind) -> Vec<&'static Place> {
    PLACES.iter().filter(|place| place.kind == kind).collect()
}

/// The place with this id.
pub(super) fn find(id: &str) -> Option<&'static Place> {
    PLACES.iter().find(|place| place.id == id)
}

/// Hours of the day at which a pickup may start, as clock times; none for places where nobody is picked up.
pub(super) fn pickup_hours(kind: LocationKind) -> (Option<&'static str>, Option<&'static str>) {
    let (from, until) = match kind {
        Detention => ("05:00", "22:00"),
        FamilyClosed => ("06:00", "20:30"),
        Restricted | Family => ("05:30", "20:00"),
        Reception => ("06:00", "20:00"),
        Prison => ("06:30", "21:00"),
        Consulate => ("08:30", "17:30"),
        Other => ("08:00", "18:00"),
        Police | Airport | Depot => return (None, None),
    };
    (Some(from), Some(until))
}

/// Writes the row of a place with the pickup hours of its kind.
pub(super) fn write(folder: &mut Folder, place: &Place) {
    let (from, until) = pickup_hours(place.kind);
    write_with_hours(folder, place, from, until);
}

/// Writes the row of a place with given pickup hours.
pub(super) fn write_with_hours(folder: &mut Folder, place: &Place, from: Option<&str>, until: Option<&str>) {
    let row = fields![place.id, place.name, place.kind.word(), place.lat, place.lon, from, until];
    folder.row(&columns::LOCATIONS, row);
}

/// Kilometres as the crow flies (haversine).
pub(super) fn kilometres((lat_a, lon_a): (f64, f64), (lat_b, lon_b): (f64, f64)) -> f64 {
    let half = |degrees: f64| (degrees.to_radians() / 2.0).sin().powi(2);
    let h = half(lat_b - lat_a) + lat_a.to_radians().cos() * lat_b.to_radians().cos() * half(lon_b - lon_a);
    2.0 * 6371.0 * h.sqrt().min(1.0).asin()
}
