//! The right plan for the small week, worked by hand, as the text of `plan.json`.
//!
//! Notice and p (section 7; d in days, H the sum of the four hazards, p = exp(-H)):
//! - C1, slot K1 Friday 10:00 to Tuesday 11:00, 97 h, d = 4.0417, detention: 0.01 + 0.002 d = 0.01808,
//!   0.05 + 0.02 d = 0.13083, medical file not known 0.05, with escorts 0.02; H = 0.21892, p = 0.80339
//! - C2, K3 Monday 14:00 to Thursday 13:00, 71 h, d = 2.9583, family: 0.59583, 0.11917, 0, 0.04; H = 0.755, p = 0.47001
//! - C3, K2 Monday 09:00 to Wednesday 12:00, 51 h, d = 2.125, detention: 0.01425, 0.0925, belongings not known 0.02, 0.02;
//!   H = 0.14675, p = 0.86351
//! - C5, kept notice Wednesday 13 January 10:00 to Wednesday 20 January 09:00, 167 h, d = 6.9583, reporting: 1.085, 0.18917,
//!   0, 0.04; H = 1.31417, p = 0.26870
//! - C6, K4 Monday 10:00 to Thursday 13:00, 75 h, d = 3.125, detention: 0.01625, 0.1125, physical state not known 0.01, 0.02;
//!   H = 0.15875, p = 0.85321
//!
//! Each cause is (1 - p) times its share of H.
//!
//! Teams (section 5):
//! - L1 + L2: report 11:00 - 3 h = 08:00 on the 19th; arrival 22:00 (Amsterdam), free at 23:00. A flight home arriving by
//!   21:00 would be a turnaround; so it must leave at or after 10:00 on the 20th. R2 and R4 arrive first (17:30), R2 is
//!   cheaper. End 18:30; hours (23:00 - 08:00) + (18:30 - (11:00 - 1:30)) = 15 + 9 = 24.
//! - L4, joint: one escort for C3 and one standby; report 09:00, home at 19:00, end 20:00, 11 hours.
//! - L3: report 10:00, arrival 14:10, free 15:10, check-in from 16:40: R5 at 17:00 (R6 at 16:30 is too early), home 18:10, end
//!   19:10, 9 h 10 min of 14.
//!
//! Routes (section 6): load and unload take 15 minutes, those of T1 10 and 5.
//! - S1: depot 05:00, 30 min, T1 at 05:30, loaded 05:40, 30 min, off at 06:10 (30 min aboard, exactly its limit), done 06:15; C1
//!   at 06:15, loaded 06:30, 60 min, airport 07:30 (open 05:00 to 08:00), done 07:45, 20 min, depot 08:05. Km 30 + 25 + 0 + 60 +
//!   20 = 135; 3 h 5 min; 100 + 135 + 50 × 3.08333 = 389.17.
//! - S3: 06:30, C3 at 07:00, loaded 07:15, airport 08:15 (06:00 to 09:00), done 08:30, depot 08:50. Km 30 + 60 + 20 = 110;
//!   2 h 20 min; 80 + 55 + 140 = 275.
//! - S2: 06:00, C6 at 06:30, loaded 06:45, 40 min, C2 at 07:25, loaded 07:40, 90 min, C6 off at 09:10 (145 min aboard, direct
//!   100 + 45), C2 off at 09:25 (105 min, direct 90 + 45), done 09:40, depot 10:00. Km 30 + 35 + 80 + 0 + 20 = 165; 4 h, its
//!   maximum; 120 + 165 + 160 = 445.
//!
//! Money (section 7):
//! - value 10000 × (0.80339 + priority 2 × 3 persons × 0.47001 + 0.86351 + 0.26870 + 0.85321) = 56088.70
//! - tickets: C1 200 × (p + (1 - p) × 0.5) + 300 = 480.34; C2 2 seats (the infant has none) × 150 × (p + (1 - p) × 0.8) = 268.20;
//!   C3 nothing; C5 100; C6 150 × (p + (1 - p) × 0.8) = 145.60; together 994.14
//! - escorts: 3 × (24 × 45 + 250 + 350 + 300) = 5940; 2 × 11 × 45 = 990; 2 × (9.16667 × 45 + 180 + 120) = 1425; fixed duties
//!   (8 + 8 + 1) × 45 = 765; eight escorts used at 10 = 80; together 9200
//! - transport 389.17 + 275 + 445 = 1109.17
//! - unmet: transfer T2 and one place of D1, 40000
//! - objective 56088.70 - 994.14 - 9200 - 1109.17 - 40000 = 4785.40

use vertrek::plan::Plan;
use vertrek::plan::check::read_plan;
use vertrek::week::Week;

/// The plan but for its digest.
pub(crate) const TEXT: &str = r#"{
  "week": "2027-W03", "made_at": "2027-01-14T08:31:00+01:00", "input_digest": "DIGEST",
  "status": "gap", "objective": 4785.40, "bound": 5000.00, "gap": 0.044844, "seconds": 0.4,
  "money": {"value": 56088.70, "tickets": 994.14, "escorts": 9200.00, "transport": 1109.17, "unmet": 40000.00},
  "departures": [
    {"case": "C1", "legs": ["L1", "L2"], "slot": "K1", "noticed_at": "2027-01-15T10:00:00+01:00", "notice_hours": 97.0,
     "p": 0.80339, "causes": {"no_show": 0.01624, "procedure": 0.11750, "preparation": 0.04491, "other": 0.01796}},
    {"case": "C2", "legs": ["L3"], "slot": "K3", "noticed_at": "2027-01-18T14:00:00+01:00", "notice_hours": 71.0,
     "p": 0.47001, "causes": {"no_show": 0.41826, "procedure": 0.08365, "preparation": 0.0, "other": 0.02808}},
    {"case": "C3", "legs": ["L4"], "slot": "K2", "noticed_at": "2027-01-18T09:00:00+01:00", "notice_hours": 51.0,
     "p": 0.86351, "causes": {"no_show": 0.01325, "procedure": 0.08603, "preparation": 0.01860, "other": 0.01860}},
    {"case": "C5", "legs": ["L5"], "slot": null, "noticed_at": "2027-01-13T10:00:00+01:00", "notice_hours": 167.0,
     "p": 0.26870, "causes": {"no_show": 0.60378, "procedure": 0.10527, "preparation": 0.0, "other": 0.02226}},
    {"case": "C6", "legs": ["L3"], "slot": "K4", "noticed_at": "2027-01-18T10:00:00+01:00", "notice_hours": 75.0,
     "p": 0.85321, "causes": {"no_show": 0.01503, "procedure": 0.10403, "preparation": 0.00925, "other": 0.01849}}
  ],
  "teams": [
    {"legs": ["L1", "L2"], "return": "R2", "report": "2027-01-19T08:00:00+01:00", "end": "2027-01-20T18:30:00+01:00",
     "hours": 24.0, "escorts": ["E1", "E2", "N1"]},
    {"legs": ["L4"], "return": null, "report": "2027-01-20T09:00:00+01:00", "end": "2027-01-20T20:00:00+01:00",
     "hours": 11.0, "escorts": ["E3", "E4"]},
    {"legs": ["L3"], "return": "R5", "report": "2027-01-21T10:00:00+01:00", "end": "2027-01-21T19:10:00+01:00",
     "hours": 9.1667, "escorts": ["E5", "M1"]}
  ],
  "duties": [
    {"duty": "D1", "escorts": ["N2"]},
    {"duty": "D2", "escorts": ["E3"]},
    {"duty": "D4", "escorts": ["E2"]}
  ],
  "routes": [
    {"shift": "S1", "km": 135.0, "hours": 3.0833, "cost": 389.17, "stops": [
      {"at": "2027-01-19T05:00:00+01:00", "kind": "depot", "location": "DEP", "case": null, "transfer": null},
      {"at": "2027-01-19T05:30:00+01:00", "kind": "pickup", "location": "PRI", "case": null, "transfer": "T1"},
      {"at": "2027-01-19T06:10:00+01:00", "kind": "dropoff", "location": "DCR", "case": null, "transfer": "T1"},
      {"at": "2027-01-19T06:15:00+01:00", "kind": "pickup", "location": "DCR", "case": "C1", "transfer": null},
      {"at": "2027-01-19T07:30:00+01:00", "kind": "dropoff", "location": "AMS", "case": "C1", "transfer": null},
      {"at": "2027-01-19T08:05:00+01:00", "kind": "depot", "location": "DEP", "case": null, "transfer": null}]},
    {"shift": "S3", "km": 110.0, "hours": 2.3333, "cost": 275.00, "stops": [
      {"at": "2027-01-20T06:30:00+01:00", "kind": "depot", "location": "DEP", "case": null, "transfer": null},
      {"at": "2027-01-20T07:00:00+01:00", "kind": "pickup", "location": "DCR", "case": "C3", "transfer": null},
      {"at": "2027-01-20T08:15:00+01:00", "kind": "dropoff", "location": "AMS", "case": "C3", "transfer": null},
      {"at": "2027-01-20T08:50:00+01:00", "kind": "depot", "location": "DEP", "case": null, "transfer": null}]},
    {"shift": "S2", "km": 165.0, "hours": 4.0, "cost": 445.00, "stops": [
      {"at": "2027-01-21T06:00:00+01:00", "kind": "depot", "location": "DEP", "case": null, "transfer": null},
      {"at": "2027-01-21T06:30:00+01:00", "kind": "pickup", "location": "PRI", "case": "C6", "transfer": null},
      {"at": "2027-01-21T07:25:00+01:00", "kind": "pickup", "location": "GLX", "case": "C2", "transfer": null},
      {"at": "2027-01-21T09:10:00+01:00", "kind": "dropoff", "location": "AMS", "case": "C6", "transfer": null},
      {"at": "2027-01-21T09:25:00+01:00", "kind": "dropoff", "location": "AMS", "case": "C2", "transfer": null},
      {"at": "2027-01-21T10:00:00+01:00", "kind": "depot", "location": "DEP", "case": null, "transfer": null}]}
  ],
  "unmet": {"transfers": ["T2"], "duties": [{"duty": "D1", "missing": 1}]},
  "not_planned": [
    {"case": "O1", "gate": null, "reason": "no gain", "rows": [], "opens_when": ""},
    {"case": "O2", "gate": null, "reason": "no gain", "rows": [], "opens_when": ""},
    {"case": "O3", "gate": null, "reason": "no gain", "rows": [], "opens_when": ""},
    {"case": "X-release", "gate": "release", "reason": "", "rows": ["cases.csv:10"], "opens_when": "release"},
    {"case": "X-voluntary", "gate": "voluntary", "reason": "", "rows": ["cases.csv:11"], "opens_when": "end of it"},
    {"case": "X-early", "gate": "period", "reason": "", "rows": ["cases.csv:12"], "opens_when": "later"},
    {"case": "X-late", "gate": "period", "reason": "", "rows": ["cases.csv:13"], "opens_when": "earlier"},
    {"case": "X-term", "gate": "period", "reason": "", "rows": ["cases.csv:14"], "opens_when": "later"},
    {"case": "X-expired", "gate": "document", "reason": "", "rows": ["documents.csv:17"], "opens_when": "document"},
    {"case": "X-kind", "gate": "document", "reason": "", "rows": ["documents.csv:18"], "opens_when": "document"},
    {"case": "X-promised", "gate": "document", "reason": "", "rows": ["documents.csv:19"], "opens_when": "document"},
    {"case": "X-entry", "gate": "document", "reason": "", "rows": ["documents.csv:20"], "opens_when": "document"},
    {"case": "X-procedure", "gate": "procedure", "reason": "", "rows": ["procedures.csv:4"], "opens_when": "decision"},
    {"case": "X-gap", "gate": "availability", "reason": "", "rows": ["availability.csv:2"], "opens_when": "one row"},
    {"case": "X-stale", "gate": "availability", "reason": "", "rows": ["availability.csv:4"], "opens_when": "confirmed"},
    {"case": "X-fit", "gate": "fitness", "reason": "", "rows": ["persons.csv:23"], "opens_when": "new declaration"},
    {"case": "X-minor", "gate": "reception", "reason": "", "rows": ["persons.csv:24"], "opens_when": "reception"}
  ],
  "notice_by_measure": [
    {"measure": "detention", "departures": 3, "shortest_hours": 51.0, "median_hours": 75.0, "longest_hours": 97.0},
    {"measure": "family", "departures": 1, "shortest_hours": 71.0, "median_hours": 71.0, "longest_hours": 71.0},
    {"measure": "reporting", "departures": 1, "shortest_hours": 167.0, "median_hours": 167.0, "longest_hours": 167.0}
  ]
}"#;

/// The right plan for a week of this folder.
pub(crate) fn right_plan(week: &Week) -> Plan {
    let text = TEXT.replace("DIGEST", &week.input_digest);
    read_plan(&text).unwrap_or_else(|violation| panic!("{violation:?}"))
}
