//! A week folder in memory that tests change cell by cell. As it stands, every gate of its one case is open for its one
//! flight: AMS to TIA on Wednesday 20 January 2027, 10:00 to 12:30.
#![allow(dead_code, reason = "each test binary uses a part of it")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot set up its folder has to stop")]

use std::collections::BTreeMap;
use std::fmt::Write;
use vertrek::week::Week;
use vertrek::week::read::read_files;

/// Rows of every table, by file name.
#[derive(Clone, Debug)]
pub(crate) struct Folder {
    toml: String,
    tables: BTreeMap<String, Vec<Vec<String>>>,
}

const TABLES: &[(&str, &str)] = &[
    (
        "locations.csv",
        "location,name,kind,lat,lon,pickup_from,pickup_until\n\
         DCR,Rotterdam,detention,51.95,4.45,,\n\
         AMS,Schiphol,airport,52.31,4.76,,\n\
         EIN,Eindhoven,airport,51.45,5.37,,\n\
         IST,Istanbul,airport,41.26,28.74,,\n\
         TIA,Tirana,airport,41.41,19.72,,\n\
         PRN,Pristina,airport,42.57,21.04,,\n\
         DEP,Depot,depot,52.00,4.50,,\n",
    ),
    (
        "cases.csv",
        "case,kind,destination,entry_points,location,measure,earliest,latest,term_until,priority,escorts,escort_sex,medical_escort,voluntary_track,released_by,released_at,belongings_known,physical_known,medical_known\n\
         C1,origin,AL,TIA,DCR,detention,,,,1,0,,,false,V1,2027-01-14T08:30:00+01:00,true,true,true\n",
    ),
    (
        "persons.csv",
        "person,case,sex,age_group,unaccompanied_minor,reception_confirmed,fit_to_fly,fit_until,wheelchair\n\
         P1,C1,m,adult,false,false,not_required,,false\n",
    ),
    (
        "documents.csv",
        "document,person,kind,status,valid_from,valid_until,entry_points\n\
         D1,P1,passport,issued,,2030-01-01T00:00:00+01:00,\n",
    ),
    ("procedures.csv", "procedure,case,kind,opened,closed,suspensive\n"),
    (
        "availability.csv",
        "case,from,until,source,confirmed_at\n\
         C1,2027-01-14T00:00:00+01:00,2027-01-31T00:00:00+01:00,dji,2027-01-13T12:00:00+01:00\n",
    ),
    ("contact_slots.csv", "slot,location,starts,capacity\nS1,DCR,2027-01-15T09:00:00+01:00,2\n"),
    (
        "legs.csv",
        "leg,kind,carrier,from,to,departs,arrives,seats,max_returnees,max_unescorted,standby_escorts,booking_lead_hours,fare,escort_fare,refund_share,home_at\n\
         L1,scheduled,KL,AMS,TIA,2027-01-20T10:00:00+01:00,2027-01-20T12:30:00+01:00,10,4,4,0,24,300,400,0.5,\n",
    ),
    ("transits.csv", "airport,permit_lead_hours,max_minutes,unescorted\n"),
    (
        "destinations.csv",
        "destination,kind,announce_days,announce_days_special,arrival_from,arrival_until,weekdays,max_per_day\n",
    ),
    ("returns.csv", "return,from,to,departs,arrives,fare\n"),
    (
        "shifts.csv",
        "shift,vehicle,depot,seats,wheelchairs,compartments,from,until,max_hours,fixed,per_km,per_hour\n\
         V1,BUS1,DEP,6,1,2,2027-01-20T00:00:00+01:00,2027-01-20T23:00:00+01:00,,100,1,30\n",
    ),
    ("commitments.csv", "case,legs,slot,noticed_at,escorts,shift,pickup_at,level\n"),
    ("travel.csv", "from,to,minutes,km\n"),
];

const TOML: &str = "week = \"2027-W03\"\n\
    now = 2027-01-14T08:30:00+01:00\n\
    start = 2027-01-18T00:00:00+01:00\n\
    end = 2027-01-25T00:00:00+01:00\n\
    home_airports = [\"AMS\", \"EIN\"]\n";

impl Default for Folder {
    fn default() -> Self {
        let split = |text: &str| text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect();
        Self {
            toml: TOML.to_owned(),
            tables: TABLES.iter().map(|(file, text)| ((*file).to_owned(), split(text))).collect(),
        }
    }
}

impl Folder {
    /// Adds lines to `week.toml`.
    pub(crate) fn toml(mut self, lines: &str) -> Self {
        writeln!(self.toml, "{lines}").unwrap();
        self
    }

    /// Replaces lines of `week.toml`, by key.
    pub(crate) fn replace_toml(mut self, lines: &[(&str, &str)]) -> Self {
        let new = |line: &str| {
            let key = line.split(' ').next().unwrap_or_default();
            lines.iter().find(|(name, _)| *name == key).map_or(line, |(_, line)| line).to_owned() + "\n"
        };
        self.toml = self.toml.lines().map(new).collect();
        self
    }

    /// Adds a row.
    pub(crate) fn row(mut self, file: &str, row: &str) -> Self {
        let cells = row.split(',').map(str::to_owned).collect();
        self.tables.get_mut(file).unwrap().push(cells);
        self
    }

    /// Removes all rows of a table.
    pub(crate) fn clear(mut self, file: &str) -> Self {
        self.tables.get_mut(file).unwrap().truncate(1);
        self
    }

    /// Sets a cell of the row whose first cell is `id`.
    pub(crate) fn set(mut self, file: &str, id: &str, column: &str, value: &str) -> Self {
        let table = self.tables.get_mut(file).unwrap();
        let at = table[0].iter().position(|name| name == column).expect(column);
        let row = table[1..].iter_mut().find(|row| row[0] == id).expect(id);
        value.clone_into(&mut row[at]);
        self
    }

    /// Reads it.
    pub(crate) fn week(&self) -> Week {
        let text =
            |rows: &Vec<Vec<String>>| rows.iter().map(|row| row.join(",") + "\n").collect::<String>().into_bytes();
        let mut files: BTreeMap<String, Vec<u8>> =
            self.tables.iter().map(|(file, rows)| (file.clone(), text(rows))).collect();
        files.insert("week.toml".to_owned(), self.toml.clone().into_bytes());
        read_files(&files).unwrap_or_else(|diagnostics| panic!("{diagnostics:#?}"))
    }
}
