//! Real airports abroad, with position, country and clock.

use super::clock::{abroad, is_summer};
use super::folder::{Folder, columns, fields};
use super::places::{Place, kilometres};
use crate::units::Instant;

/// An airport abroad.
#[derive(Clone, Copy, Debug)]
pub(super) struct Airport {
    /// IATA code, its id in the folder.
    pub(super) id: &'static str,
    /// Name of the city or the field.
    pub(super) name: &'static str,
    /// Country code.
    pub(super) country: &'static str,
    /// Latitude and longitude.
    pub(super) at: (f64, f64),
    /// Minutes east of UTC in winter.
    winter: i64,
    /// Whether it keeps the summer time of the European Union, or one close to it.
    summer: bool,
}

const fn airport(
    id: &'static str,
    name: &'static str,
    country: &'static str,
    at: (f64, f64),
    winter: i64,
    summer: bool,
) -> Airport {
    Airport { id, name, country, at, winter, summer }
}

/// Every airport abroad that cases, transits or charters use.
#[rustfmt::skip]
pub(super) const AIRPORTS: &[Airport] = &[
    airport("TIA", "Tirana", "AL", (41.415, 19.721), 60, true),
    airport("TBS", "Tbilisi", "GE", (41.669, 44.955), 240, false),
    airport("KUT", "Kutaisi", "GE", (42.177, 42.483), 240, false),
    airport("CMN", "Casablanca", "MA", (33.368, -7.590), 60, false),
    airport("NDR", "Nador", "MA", (34.989, -3.028), 60, false),
    airport("TNG", "Tanger", "MA", (35.727, -5.917), 60, false),
    airport("ALG", "Algiers", "DZ", (36.691, 3.215), 60, false),
    airport("ORN", "Oran", "DZ", (35.624, -0.621), 60, false),
    airport("TUN", "Tunis", "TN", (36.851, 10.227), 60, false),
    airport("CAI", "Cairo", "EG", (30.122, 31.406), 120, true),
    airport("SAW", "Istanbul Sabiha Gökçen", "TR", (40.899, 29.309), 180, false),
    airport("IST", "Istanbul", "TR", (41.262, 28.742), 180, false),
    airport("ESB", "Ankara", "TR", (40.128, 32.995), 180, false),
    airport("BGW", "Baghdad", "IQ", (33.263, 44.235), 180, false),
    airport("EBL", "Erbil", "IQ", (36.238, 43.963), 180, false),
    airport("EVN", "Yerevan", "AM", (40.147, 44.396), 240, false),
    airport("GYD", "Baku", "AZ", (40.467, 50.047), 240, false),
    airport("TAS", "Tashkent", "UZ", (41.258, 69.281), 300, false),
    airport("ALA", "Almaty", "KZ", (43.352, 77.041), 300, false),
    airport("RMO", "Chișinău", "MD", (46.928, 28.931), 120, true),
    airport("BEG", "Belgrade", "RS", (44.818, 20.309), 60, true),
    airport("SKP", "Skopje", "MK", (41.962, 21.621), 60, true),
    airport("PRN", "Pristina", "XK", (42.573, 21.036), 60, true),
    airport("SJJ", "Sarajevo", "BA", (43.825, 18.331), 60, true),
    airport("LOS", "Lagos", "NG", (6.577, 3.321), 60, false),
    airport("ABV", "Abuja", "NG", (9.007, 7.263), 60, false),
    airport("ACC", "Accra", "GH", (5.605, -0.167), 0, false),
    airport("BJL", "Banjul", "GM", (13.338, -16.652), 0, false),
    airport("DSS", "Dakar", "SN", (14.671, -17.073), 0, false),
    airport("FNA", "Freetown", "SL", (8.616, -13.196), 0, false),
    airport("CKY", "Conakry", "GN", (9.577, -13.612), 0, false),
    airport("ADD", "Addis Ababa", "ET", (8.978, 38.799), 180, false),
    airport("NBO", "Nairobi", "KE", (-1.319, 36.928), 180, false),
    airport("EBB", "Entebbe", "UG", (0.042, 32.443), 180, false),
    airport("ISB", "Islamabad", "PK", (33.549, 72.826), 300, false),
    airport("LHE", "Lahore", "PK", (31.521, 74.404), 300, false),
    airport("DEL", "Delhi", "IN", (28.556, 77.100), 330, false),
    airport("BOM", "Mumbai", "IN", (19.089, 72.868), 330, false),
    airport("DAC", "Dhaka", "BD", (23.843, 90.398), 360, false),
    airport("CMB", "Colombo", "LK", (7.181, 79.884), 330, false),
    airport("PEK", "Beijing", "CN", (40.080, 116.585), 480, false),
    airport("PVG", "Shanghai", "CN", (31.144, 121.805), 480, false),
    airport("HAN", "Hanoi", "VN", (21.221, 105.807), 420, false),
    airport("MNL", "Manila", "PH", (14.509, 121.020), 480, false),
    airport("PBM", "Paramaribo", "SR", (5.453, -55.188), -180, false),
    airport("BOG", "Bogotá", "CO", (4.702, -74.147), -300, false),
    airport("SDQ", "Santo Domingo", "DO", (18.430, -69.669), -240, false),
    airport("GRU", "São Paulo", "BR", (-23.436, -46.473), -180, false),
    airport("UBN", "Ulaanbaatar", "MN", (47.647, 106.820), 480, false),
    airport("MGQ", "Mogadishu", "SO", (2.014, 45.305), 180, false),
    airport("ABJ", "Abidjan", "CI", (5.261, -3.926), 0, false),
    airport("DLA", "Douala", "CM", (4.006, 9.719), 60, false),
    airport("KHI", "Karachi", "PK", (24.907, 67.161), 300, false),
    airport("KTM", "Kathmandu", "NP", (27.697, 85.359), 345, false),
    airport("DOH", "Doha", "QA", (25.273, 51.608), 180, false),
    airport("FRA", "Frankfurt", "DE", (50.033, 8.571), 60, true),
    airport("MUC", "Munich", "DE", (48.354, 11.786), 60, true),
    airport("BER", "Berlin", "DE", (52.367, 13.503), 60, true),
    airport("HAM", "Hamburg", "DE", (53.630, 9.988), 60, true),
    airport("CDG", "Paris Charles de Gaulle", "FR", (49.010, 2.548), 60, true),
    airport("LYS", "Lyon", "FR", (45.726, 5.091), 60, true),
    airport("FCO", "Rome Fiumicino", "IT", (41.800, 12.239), 60, true),
    airport("MXP", "Milan Malpensa", "IT", (45.630, 8.723), 60, true),
    airport("MAD", "Madrid", "ES", (40.472, -3.561), 60, true),
    airport("BCN", "Barcelona", "ES", (41.297, 2.078), 60, true),
    airport("LIS", "Lisbon", "PT", (38.774, -9.134), 0, true),
    airport("VIE", "Vienna", "AT", (48.110, 16.570), 60, true),
    airport("ZRH", "Zurich", "CH", (47.465, 8.549), 60, true),
    airport("WAW", "Warsaw", "PL", (52.166, 20.967), 60, true),
    airport("PRG", "Prague", "CZ", (50.101, 14.260), 60, true),
    airport("ZAG", "Zagreb", "HR", (45.743, 16.069), 60, true),
    airport("SOF", "Sofia", "BG", (42.695, 23.406), 120, true),
    airport("OTP", "Bucharest", "RO", (44.571, 26.085), 120, true),
    airport("ATH", "Athens", "GR", (37.936, 23.944), 120, true),
    airport("MLA", "Malta", "MT", (35.857, 14.478), 60, true),
    airport("ARN", "Stockholm Arlanda", "SE", (59.652, 17.919), 60, true),
    airport("CPH", "Copenhagen", "DK", (55.618, 12.656), 60, true),
    airport("HEL", "Helsinki", "FI", (60.317, 24.963), 120, true),
    airport("OSL", "Oslo", "NO", (60.194, 11.100), 60, true),
    airport("BUD", "Budapest", "HU", (47.437, 19.256), 60, true),
    airport("RIX", "Riga", "LV", (56.924, 23.971), 120, true),
    airport("LCA", "Larnaca", "CY", (34.875, 33.625), 120, true),
    airport("VNO", "Vilnius", "LT", (54.634, 25.286), 120, true),
];

/// The airport with this code.
pub(super) fn find(id: &str) -> Option<&'static Airport> {
    AIRPORTS.iter().find(|airport| airport.id == id)
}

/// The airports of a country.
pub(super) fn of_country(country: &str) -> impl Iterator<Item = &'static Airport> {
    AIRPORTS.iter().filter(move |airport| airport.country == country)
}

/// Position of an airport at home or abroad.
pub(super) fn position(id: &str) -> (f64, f64) {
    let home = || super::places::find(id).map(|Place { lat, lon, .. }| (*lat, *lon));
    find(id).map(|airport| airport.at).or_else(home).unwrap_or_default()
}

/// An instant written on the clock of an airport; home airports keep Amsterdam's.
pub(super) fn on_clock_of(id: &str, at: Instant) -> Instant {
    match find(id) {
        Some(airport) => abroad(at, airport.winter + if airport.summer && is_summer(at) { 60 } else { 0 }),
        None => crate::calendar::in_amsterdam(at),
    }
}

/// Block time in minutes, to five: 800 km/h and half an hour for taxi, climb and approach.
pub(super) fn flight_minutes(from: &str, to: &str) -> i64 {
    let minutes = 30.0 + kilometres(position(from), position(to)) / 800.0 * 60.0;
    (minutes / 5.0).round() as i64 * 5
}

/// Writes the row of an airport abroad.
pub(super) fn write(folder: &mut Folder, airport: &Airport) {
    let (lat, lon) = airport.at;
    folder.row(&columns::LOCATIONS, fields![airport.id, airport.name, "airport", lat, lon, "", ""]);
}
