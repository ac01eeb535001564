//! A small week in which every rule of sections 2 to 8 has something to bite on. Thursday 14 January 2027 is now, the
//! horizon is the week of Monday the 18th; it is winter, so Amsterdam is at +01:00, Istanbul at +03:00 and Accra at +00:00.

use std::collections::BTreeMap;
use vertrek::week::Week;
use vertrek::week::read::read_files;

const WEEK: &str = r#"week = "2027-W03"
now = 2027-01-14T08:30:00+01:00
start = 2027-01-18T00:00:00+01:00
end = 2027-01-25T00:00:00+01:00
home_airports = ["AMS"]
[costs]
escort_used = 10
"#;

const LOCATIONS: &str = "location,name,kind,lat,lon,pickup_from,pickup_until
AMS,Schiphol,airport,52.31,4.76,,
EIN,Eindhoven,airport,51.45,5.37,,
IST,Istanbul,airport,41.26,28.74,,
ACC,Accra,airport,5.6,-0.17,,
TIA,Tirana,airport,41.41,19.72,,
FRA,Frankfurt,airport,50.03,8.56,,
VIE,Wenen,airport,48.11,16.57,,
ZRH,Zurich,airport,47.46,8.55,,
CPH,Kopenhagen,airport,55.62,12.65,,
DCR,Rotterdam,detention,51.95,4.45,05:30,21:00
GLX,Gezinslocatie,family,52.2,6.2,07:00,20:00
PRI,Gevangenis,prison,52.1,5.2,,
DEP,Depot,depot,52.0,5.0,,
DE2,Tweede depot,depot,52.0,5.0,,
";

/// Minutes and kilometres of every drive that a route here makes.
const TRAVEL: &str = "from,to,minutes,km
DEP,PRI,30,30
DEP,DCR,30,30
PRI,DCR,30,25
PRI,GLX,40,35
PRI,AMS,100,90
DCR,AMS,60,60
GLX,AMS,90,80
AMS,DEP,20,20
AMS,EIN,80,110
EIN,DEP,70,90
DEP,AMS,20,20
";

/// C cases are planned. O cases are open and could be. X cases stand behind one closed gate each.
const CASES: &str =
    "case,kind,destination,entry_points,location,measure,earliest,latest,term_until,priority,escorts,escort_sex,medical_escort,voluntary_track,released_by,released_at,belongings_known,physical_known,medical_known
C1,origin,GH,ACC,DCR,detention,,,,,2,f,nurse,false,V1,2027-01-10T09:00:00+01:00,true,true,false
C2,dublin,DE,FRA,GLX,family,2027-01-18T00:00:00+01:00,2027-01-22T00:00:00+01:00,2027-01-12T00:00:00+01:00,2,0,,,false,V1,2027-01-10T09:00:00+01:00,true,true,true
C3,origin,AL,,DCR,detention,,,,1,1,,,false,V1,2027-01-10T09:00:00+01:00,false,true,true
C5,dublin,DE,FRA,AMS,reporting,,,,1,0,,,false,V1,2027-01-10T09:00:00+01:00,true,true,true
C6,dublin,DE,FRA,PRI,detention,,,,1,1,,doctor,false,V1,2027-01-10T09:00:00+01:00,true,false,true
O1,third_country,DE,FRA,AMS,bail,,,,1,0,,,false,V1,2027-01-10T09:00:00+01:00,true,true,true
O2,dublin,DE,FRA,AMS,bail,,,,1,0,,,false,V1,2027-01-10T09:00:00+01:00,true,true,true
O3,dublin,DE,FRA,AMS,bail,,,,1,0,,,false,V1,2027-01-10T09:00:00+01:00,true,true,true
X-release,dublin,DE,FRA,AMS,bail,,,,1,0,,,false,V1,2027-01-14T08:31:00+01:00,true,true,true
X-voluntary,dublin,DE,FRA,AMS,bail,,,,1,0,,,true,V1,2027-01-10T09:00:00+01:00,true,true,true
X-early,dublin,DE,FRA,AMS,bail,2027-01-19T13:31:00+01:00,,,1,0,,,false,V1,2027-01-10T09:00:00+01:00,true,true,true
X-late,dublin,DE,FRA,AMS,bail,,2027-01-19T13:29:00+01:00,,1,0,,,false,V1,2027-01-10T09:00:00+01:00,true,true,true
X-term,dublin,DE,FRA,AMS,bail,,,2027-01-19T13:30:00+01:00,1,0,,,false,V1,2027-01-10T09:00:00+01:00,true,true,true
X-expired,dublin,DE,FRA,AMS,bail,,,,1,0,,,false,V1,2027-01-10T09:00:00+01:00,true,true,true
X-kind,dublin,DE,FRA,AMS,bail,,,,1,0,,,false,V1,2027-01-10T09:00:00+01:00,true,true,true
X-promised,dublin,DE,FRA,AMS,bail,,,,1,0,,,false,V1,2027-01-10T09:00:00+01:00,true,true,true
X-entry,dublin,DE,FRA,AMS,bail,,,,1,0,,,false,V1,2027-01-10T09:00:00+01:00,true,true,true
X-procedure,dublin,DE,FRA,AMS,bail,,,,1,0,,,false,V1,2027-01-10T09:00:00+01:00,true,true,true
X-gap,dublin,DE,FRA,AMS,bail,,,,1,0,,,false,V1,2027-01-10T09:00:00+01:00,true,true,true
X-stale,dublin,DE,FRA,AMS,bail,,,,1,0,,,false,V1,2027-01-10T09:00:00+01:00,true,true,true
X-fit,dublin,DE,FRA,AMS,bail,,,,1,0,,,false,V1,2027-01-10T09:00:00+01:00,true,true,true
X-minor,dublin,DE,FRA,AMS,bail,,,,1,0,,,false,V1,2027-01-10T09:00:00+01:00,true,true,true
";

const PERSONS: &str =
    "person,case,sex,age_group,unaccompanied_minor,reception_confirmed,fit_to_fly,fit_until,wheelchair
P1,C1,f,adult,false,false,yes,2027-01-19T22:00:00+01:00,false
P2a,C2,f,adult,false,false,not_required,,false
P2b,C2,m,child,false,false,not_required,,false
P2c,C2,f,infant,false,false,not_required,,false
P3,C3,m,adult,false,false,not_required,,true
P5,C5,f,adult,false,false,not_required,,false
P6,C6,m,adult,false,false,not_required,,false
PO1,O1,f,adult,false,false,not_required,,false
PO2,O2,m,adult,false,false,not_required,,false
PO3,O3,m,adult,false,false,not_required,,true
PX1,X-release,f,adult,false,false,not_required,,false
PX2,X-voluntary,f,adult,false,false,not_required,,false
PX3,X-early,f,adult,false,false,not_required,,false
PX4,X-late,f,adult,false,false,not_required,,false
PX5,X-term,f,adult,false,false,not_required,,false
PX6,X-expired,f,adult,false,false,not_required,,false
PX7,X-kind,f,adult,false,false,not_required,,false
PX8,X-promised,f,adult,false,false,not_required,,false
PX9,X-entry,f,adult,false,false,not_required,,false
PX10,X-procedure,f,adult,false,false,not_required,,false
PX11,X-gap,f,adult,false,false,not_required,,false
PX12,X-stale,f,adult,false,false,not_required,,false
PX13,X-fit,f,adult,false,false,yes,2027-01-19T14:39:00+01:00,false
PX14,X-minor,f,adult,true,false,not_required,,false
";

/// L6 arrives on the 19th at 14:40, so a document must hold until the 20th at 14:40.
const DOCUMENTS: &str = "document,person,kind,status,valid_from,valid_until,entry_points
Q1,P1,laissez_passer,issued,2027-01-01T00:00:00+01:00,2027-01-20T22:00:00+01:00,ACC
Q2a,P2a,eu_laissez_passer,issued,,2027-03-01T00:00:00+01:00,FRA
Q2b,P2b,passport,issued,,2027-03-01T00:00:00+01:00,
Q2c,P2c,eu_laissez_passer,issued,,2027-03-01T00:00:00+01:00,
Q3,P3,readmission_agreement,issued,,2027-03-01T00:00:00+01:00,
Q5,P5,eu_laissez_passer,issued,,2027-03-01T00:00:00+01:00,
Q6,P6,eu_laissez_passer,issued,,2027-03-01T00:00:00+01:00,
QO1,PO1,passport,issued,,2027-03-01T00:00:00+01:00,
QO2,PO2,passport,issued,,2027-03-01T00:00:00+01:00,
QO3,PO3,passport,issued,,2027-03-01T00:00:00+01:00,
QX1,PX1,passport,issued,,2027-03-01T00:00:00+01:00,
QX2,PX2,passport,issued,,2027-03-01T00:00:00+01:00,
QX3,PX3,passport,issued,,2027-03-01T00:00:00+01:00,
QX4,PX4,passport,issued,,2027-03-01T00:00:00+01:00,
QX5,PX5,passport,issued,,2027-03-01T00:00:00+01:00,
QX6,PX6,passport,issued,,2027-01-20T14:39:00+01:00,
QX7,PX7,laissez_passer,issued,,2027-03-01T00:00:00+01:00,
QX8,PX8,passport,promised,,2027-03-01T00:00:00+01:00,
QX9,PX9,passport,issued,,2027-03-01T00:00:00+01:00,VIE
QX10,PX10,passport,issued,,2027-03-01T00:00:00+01:00,
QX11,PX11,passport,issued,,2027-03-01T00:00:00+01:00,
QX12,PX12,passport,issued,,2027-03-01T00:00:00+01:00,
QX13,PX13,passport,issued,,2027-03-01T00:00:00+01:00,
QX14,PX14,passport,issued,,2027-03-01T00:00:00+01:00,
";

const PROCEDURES: &str = "procedure,case,kind,opened,closed,suspensive
W1,C1,appeal,2026-11-01T09:00:00+01:00,2027-01-05T09:00:00+01:00,true
W2,C2,appeal,2026-11-01T09:00:00+01:00,,false
W3,X-procedure,appeal,2026-11-01T09:00:00+01:00,2027-01-14T09:00:00+01:00,true
";

/// Availability of most cases is one long row; `X-gap` has a hole in the twelve hours before L6 leaves on the 19th at 13:30.
const AVAILABILITY: &str = "case,from,until,source,confirmed_at
X-gap,2027-01-15T00:00:00+01:00,2027-01-19T08:00:00+01:00,dji,2027-01-13T12:00:00+01:00
X-gap,2027-01-19T08:00:00+01:00,2027-01-25T00:00:00+01:00,dji,2027-01-13T12:00:00+01:00
X-stale,2027-01-15T00:00:00+01:00,2027-01-25T00:00:00+01:00,dji,2027-01-07T08:29:00+01:00
";

const SLOTS: &str = "slot,location,starts,capacity
K1,DCR,2027-01-15T10:00:00+01:00,1
K2,DCR,2027-01-18T09:00:00+01:00,1
K3,GLX,2027-01-18T14:00:00+01:00,1
K4,PRI,2027-01-18T10:00:00+01:00,1
K5,AMS,2027-01-15T10:00:00+01:00,1
K6,GLX,2027-01-19T14:00:00+01:00,1
K7,AMS,2027-01-15T16:00:00+01:00,1
K8,AMS,2027-01-14T10:00:00+01:00,1
K9,AMS,2027-01-14T08:00:00+01:00,1
";

/// L3 is full to the last seat, and so is every other limit on it.
const LEGS: &str =
    "leg,kind,carrier,from,to,departs,arrives,seats,max_returnees,max_unescorted,standby_escorts,booking_lead_hours,fare,escort_fare,refund_share,home_at
L1,scheduled,TK,AMS,IST,2027-01-19T11:00:00+01:00,2027-01-19T16:30:00+03:00,5,2,1,0,24,200,250,0.5,
L2,scheduled,TK,IST,ACC,2027-01-19T18:30:00+03:00,2027-01-19T21:00:00+00:00,4,1,0,0,24,300,350,0,
L3,scheduled,LH,AMS,FRA,2027-01-21T13:00:00+01:00,2027-01-21T14:10:00+01:00,5,3,2,0,24,150,180,0.2,
L4,joint,FX,AMS,TIA,2027-01-20T12:00:00+01:00,2027-01-20T14:30:00+01:00,20,10,0,1,24,0,0,0,2027-01-20T19:00:00+01:00
L5,scheduled,LH,AMS,FRA,2027-01-20T09:00:00+01:00,2027-01-20T10:10:00+01:00,1,1,1,0,240,100,0,0,
L6,scheduled,LH,AMS,FRA,2027-01-19T13:30:00+01:00,2027-01-19T14:40:00+01:00,5,5,5,0,24,100,0,0,
L8,scheduled,LH,AMS,FRA,2027-01-18T09:30:00+01:00,2027-01-18T10:40:00+01:00,5,5,5,0,24,100,0,0,
L9,scheduled,LH,AMS,FRA,2027-01-17T12:00:00+01:00,2027-01-17T13:10:00+01:00,5,5,5,0,24,100,0,0,
L10,scheduled,LH,EIN,FRA,2027-01-19T12:00:00+01:00,2027-01-19T13:10:00+01:00,5,5,5,0,24,100,0,0,
L12,scheduled,LH,IST,FRA,2027-01-19T18:30:00+03:00,2027-01-19T20:30:00+01:00,5,5,5,0,24,100,0,0,
L13,scheduled,OS,AMS,VIE,2027-01-19T10:00:00+01:00,2027-01-19T11:45:00+01:00,5,5,5,0,24,100,0,0,
L14,scheduled,OS,VIE,FRA,2027-01-19T12:45:00+01:00,2027-01-19T14:10:00+01:00,5,5,5,0,24,100,0,0,
L15,scheduled,OS,VIE,FRA,2027-01-19T15:30:00+01:00,2027-01-19T16:55:00+01:00,5,5,5,0,24,100,0,0,
L16,scheduled,OS,VIE,FRA,2027-01-19T13:45:00+01:00,2027-01-19T15:10:00+01:00,5,5,5,0,24,100,0,0,
L17,scheduled,LX,AMS,ZRH,2027-01-19T10:00:00+01:00,2027-01-19T11:30:00+01:00,5,5,5,0,24,100,0,0,
L18,scheduled,LX,ZRH,FRA,2027-01-19T13:30:00+01:00,2027-01-19T14:30:00+01:00,5,5,5,0,24,100,0,0,
L19,scheduled,SK,AMS,CPH,2027-01-19T10:00:00+01:00,2027-01-19T11:20:00+01:00,5,5,5,0,24,100,0,0,
L20,scheduled,SK,CPH,FRA,2027-01-19T13:20:00+01:00,2027-01-19T14:45:00+01:00,5,5,5,0,24,100,0,0,
L21,national,NL,AMS,VIE,2027-01-19T10:00:00+01:00,2027-01-19T11:45:00+01:00,5,5,5,0,24,0,0,0,2027-01-19T18:00:00+01:00
L22,scheduled,LH,AMS,FRA,2027-01-19T12:00:00+01:00,2027-01-19T13:10:00+01:00,5,5,5,0,200,100,0,0,
L24,scheduled,LH,AMS,FRA,2027-01-19T12:00:00+01:00,2027-01-19T13:10:00+01:00,5,0,5,0,24,100,0,0,
L25,scheduled,LH,AMS,FRA,2027-01-19T12:00:00+01:00,2027-01-19T13:10:00+01:00,5,5,0,0,24,100,0,0,
L26,scheduled,LH,AMS,FRA,2027-01-21T12:00:00+01:00,2027-01-21T13:10:00+01:00,5,5,5,0,24,100,0,0,
L27,scheduled,LH,AMS,FRA,2027-01-19T14:00:00+01:00,2027-01-19T15:10:00+01:00,5,5,5,0,24,100,0,0,
L28,scheduled,LH,AMS,FRA,2027-01-23T12:00:00+01:00,2027-01-23T13:10:00+01:00,5,5,5,0,24,100,0,0,
L29,scheduled,LH,AMS,FRA,2027-01-18T12:00:00+01:00,2027-01-18T13:10:00+01:00,5,5,5,0,24,100,0,0,
L30,scheduled,LH,AMS,FRA,2027-01-20T12:00:00+01:00,2027-01-20T13:10:00+01:00,5,5,5,0,24,100,0,0,
";

const TRANSITS: &str = "airport,permit_lead_hours,max_minutes,unescorted
IST,72,240,false
VIE,24,180,true
CPH,200,240,true
";

/// C1 arrives in Accra at 21:00 of its own clock, which is 22:00 in Amsterdam.
const DESTINATIONS: &str =
    "destination,kind,announce_days,announce_days_special,arrival_from,arrival_until,weekdays,max_per_day
DE,dublin,5,7,08:00,15:00,1 2 3 4 5,4
GH,,2,5,06:00,21:00,,
";

/// The way home from Accra: R1 leaves before the rest is over, R2 and R4 arrive first and R2 is cheaper, R3 arrives later.
const RETURNS: &str = "return,from,to,departs,arrives,fare
R1,ACC,AMS,2027-01-20T09:00:00+01:00,2027-01-20T15:30:00+01:00,100
R2,ACC,AMS,2027-01-20T11:00:00+01:00,2027-01-20T17:30:00+01:00,300
R3,ACC,AMS,2027-01-20T12:00:00+01:00,2027-01-20T19:00:00+01:00,100
R4,ACC,AMS,2027-01-20T10:30:00+01:00,2027-01-20T17:30:00+01:00,350
R5,FRA,AMS,2027-01-21T17:00:00+01:00,2027-01-21T18:10:00+01:00,120
R6,FRA,AMS,2027-01-21T16:30:00+01:00,2027-01-21T17:40:00+01:00,120
";

const ESCORTS: &str = "escort,organisation,role,base,sex,visas,skills,max_hours
E1,kmar,escort,AMS,f,GH,,24
E2,kmar,escort,AMS,m,*,,40
E3,kmar,escort,AMS,m,AL,,40
E4,kmar,escort,,f,AL DE,,40
E5,kmar,escort,AMS,m,DE,,40
E6,kmar,escort,EIN,m,DE,,40
E7,kmar,escort,AMS,m,DE,,40
E8,kmar,escort,AMS,m,DE,,9
E9,kmar,escort,AMS,m,DE GH AL,,40
N1,medical,nurse,AMS,f,GH,,40
N2,medical,nurse,AMS,m,DE,ic,40
N3,medical,nurse,AMS,m,DE,,40
M1,medical,doctor,AMS,m,DE,,40
M2,medical,doctor,AMS,f,DE GH,ic,40
";

const ABSENCES: &str = "escort,from,until,reason
E7,2027-01-21T18:00:00+01:00,2027-01-22T00:00:00+01:00,leave
E5,2027-01-21T19:10:00+01:00,2027-01-22T00:00:00+01:00,leave
";

const DUTIES: &str = "duty,starts,ends,role,skill,count
D1,2027-01-22T08:00:00+01:00,2027-01-22T16:00:00+01:00,nurse,ic,2
D2,2027-01-21T08:00:00+01:00,2027-01-21T16:00:00+01:00,,,1
D4,2027-01-21T06:00:00+01:00,2027-01-21T07:00:00+01:00,,,1
";

const SHIFTS: &str = "shift,vehicle,depot,seats,wheelchairs,compartments,from,until,max_hours,fixed,per_km,per_hour
S1,B1,DEP,1,0,1,2027-01-19T04:00:00+01:00,2027-01-19T14:00:00+01:00,6,100,1,50
S2,B1,DEP,4,0,2,2027-01-21T05:00:00+01:00,2027-01-21T12:00:00+01:00,4,120,1,40
S3,B1,DEP,2,1,1,2027-01-20T05:00:00+01:00,2027-01-20T14:00:00+01:00,,80,0.5,60
S4,B2,DEP,3,0,2,2027-01-21T05:00:00+01:00,2027-01-21T12:00:00+01:00,4,120,1,40
S5,B3,DEP,4,0,1,2027-01-21T05:00:00+01:00,2027-01-21T12:00:00+01:00,4,120,1,40
S6,B2,DEP,2,0,1,2027-01-20T05:00:00+01:00,2027-01-20T14:00:00+01:00,,80,0.5,60
S7,B4,DEP,4,0,2,2027-01-21T05:00:00+01:00,2027-01-21T12:00:00+01:00,3.9,120,1,40
S8,B5,DEP,4,0,2,2027-01-21T06:01:00+01:00,2027-01-21T12:00:00+01:00,4,120,1,40
S9,B6,DE2,4,0,2,2027-01-21T05:00:00+01:00,2027-01-21T12:00:00+01:00,4,120,1,40
";

const TRANSFERS: &str =
    "transfer,persons,class,wheelchairs,from,to,pickup_from,pickup_until,dropoff_from,dropoff_until,load_minutes,unload_minutes,max_ride_minutes
T1,1,m,0,PRI,DCR,2027-01-19T05:00:00+01:00,2027-01-19T06:00:00+01:00,2027-01-19T05:00:00+01:00,2027-01-19T06:25:00+01:00,10,5,30
T2,2,family,0,DCR,GLX,2027-01-19T05:00:00+01:00,2027-01-19T06:00:00+01:00,2027-01-19T05:00:00+01:00,2027-01-19T09:00:00+01:00,10,5,
";

/// C5 is booked on L5, whose booking closed ten days before departure; C3 was noticed on a flight it no longer takes.
const COMMITMENTS: &str = "case,legs,slot,noticed_at,escorts,shift,pickup_at,level
C5,L5,,2027-01-13T10:00:00+01:00,,,,booked
C3,L6,,2027-01-13T10:00:00+01:00,,,,noticed
";

/// No pin; lies add one.
const PINS: &str = "pin,case,out,legs,escorts,shift,reason,by\n";

/// The folder, file name → content.
pub(crate) fn folder() -> BTreeMap<String, Vec<u8>> {
    let mut availability = AVAILABILITY.to_owned();
    for case in CASES.lines().skip(1).filter_map(|line| line.split(',').next()) {
        if !AVAILABILITY.contains(case) {
            availability +=
                &format!("{case},2027-01-15T00:00:00+01:00,2027-01-25T00:00:00+01:00,coa,2027-01-13T12:00:00+01:00\n");
        }
    }
    [
        ("week.toml", WEEK),
        ("locations.csv", LOCATIONS),
        ("travel.csv", TRAVEL),
        ("cases.csv", CASES),
        ("persons.csv", PERSONS),
        ("documents.csv", DOCUMENTS),
        ("procedures.csv", PROCEDURES),
        ("availability.csv", &availability),
        ("contact_slots.csv", SLOTS),
        ("legs.csv", LEGS),
        ("transits.csv", TRANSITS),
        ("destinations.csv", DESTINATIONS),
        ("returns.csv", RETURNS),
        ("escorts.csv", ESCORTS),
        ("absences.csv", ABSENCES),
        ("duties.csv", DUTIES),
        ("shifts.csv", SHIFTS),
        ("transfers.csv", TRANSFERS),
        ("commitments.csv", COMMITMENTS),
        ("pins.csv", PINS),
    ]
    .map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()))
    .into()
}

/// The week of the folder, after replacing text in its files: (file, what stands there once, what comes instead).
pub(crate) fn week_with(edits: &[(&str, &str, &str)]) -> Week {
    let mut files = folder();
    for (file, old, new) in edits {
        let content = files.get_mut(*file).unwrap_or_else(|| panic!("no {file}"));
        let text = String::from_utf8(content.clone()).unwrap();
        assert_eq!(text.matches(old).count(), 1, "{old} in {file}");
        *content = text.replace(old, new).into_bytes();
    }
    read_files(&files).unwrap_or_else(|errors| panic!("{errors:#?}"))
}
