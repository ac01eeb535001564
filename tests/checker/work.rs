//! Lies about section 5: teams, fixed duties, rosters.

use crate::draft::{Lie, at, escort, legs, lie};
use vertrek::plan::Team;
use vertrek::units::Hours;
use vertrek::week::ReturnId;

pub(crate) fn lies() -> Vec<Lie> {
    [teams(), times(), fixed_duties(), rosters()].into_iter().flatten().collect()
}

fn teams() -> Vec<Lie> {
    vec![
        lie("no team", &["T-team"], |d| d.plan.teams.retain(|team| team.legs != legs(&["L3"]))),
        lie("two teams", &["T-medical", "T-size", "T-team"], |d| {
            let mut second = d.team("L3").clone();
            second.escorts = vec![escort("M1")];
            d.team("L3").escorts.retain(|id| id.as_str() != "M1");
            d.plan.teams.push(second);
        }),
        lie("a team for nobody", &["T-team"], |d| {
            d.plan.teams.push(Team {
                legs: legs(&["L26"]),
                return_flight: ReturnId::new("R6"),
                report: at("21T09:00"),
                end: at("21T18:40"),
                hours: Hours::new(9.6667).unwrap(),
                escorts: vec![],
            });
        }),
        lie("standby escort without a team", &["T-team"], |d| d.plan.teams.retain(|team| team.legs != legs(&["L4"]))),
        lie("one escort for a case that needs two", &["T-size"], |d| {
            d.team("L1").escorts.retain(|id| id.as_str() != "E2");
        }),
        lie("a nurse serves as escort", &["T-size"], |d| d.swap("L3", "E5", "N3")),
        lie("no standby escort", &["T-size"], |d| d.team("L4").escorts.retain(|id| id.as_str() != "E4")),
        lie("men only where a woman is asked for", &["T-sex"], |d| d.swap("L1", "E1", "E9")),
        lie("a female nurse is no female escort", &["T-sex"], |_| ()).with(&[(
            "escorts.csv",
            "E1,kmar,escort,AMS,f",
            "E1,kmar,escort,AMS,m",
        )]),
        lie("no nurse", &["T-medical"], |d| d.team("L1").escorts.retain(|id| id.as_str() != "N1")),
        lie("a nurse serves as doctor", &["T-medical"], |d| d.swap("L3", "M1", "N3")),
        lie("one doctor for two cases", &["T-medical"], |_| ()).with(&[(
            "cases.csv",
            "2027-01-12T00:00:00+01:00,2,0,,,",
            "2027-01-12T00:00:00+01:00,2,0,,nurse,",
        )]),
        lie("a member listed twice", &["E-overlap", "E-week-hours", "T-size", "T-twice"], |d| d.swap("L1", "E2", "E1")),
        lie("no visa", &["T-visa"], |d| d.swap("L1", "E2", "E7")),
        lie("based elsewhere", &["T-base"], |d| d.swap("L3", "E5", "E6")),
    ]
}

fn times() -> Vec<Lie> {
    vec![
        lie("home before the rest is over", &["T-return"], |d| d.team("L1").return_flight = ReturnId::new("R1")),
        lie("home later than needed", &["T-return"], |d| d.team("L1").return_flight = ReturnId::new("R3")),
        lie("home for a higher fare", &["T-return"], |d| d.team("L1").return_flight = ReturnId::new("R4")),
        lie("home before check-in", &["T-return"], |d| d.team("L3").return_flight = ReturnId::new("R6")),
        lie("a flight home from a joint flight", &["T-return"], |d| d.team("L4").return_flight = ReturnId::new("R5")),
        lie("no flight home at all", &["T-return"], |_| ()).with(&[("returns.csv", "R5,FRA,AMS", "R5,VIE,AMS")]),
        lie("an hour's turnaround too long", &["T-return"], |_| ()).with(&[(
            "week.toml",
            "[costs]",
            "[rules]\nturnaround_max_hours = 9\n[costs]",
        )]),
        lie("report a minute late", &["T-report"], |d| d.team("L3").report = at("21T10:01")),
        lie("end a minute early", &["T-end"], |d| d.team("L4").end = at("20T19:59")),
        lie("the night away paid as work", &["T-hours"], |d| d.team("L1").hours = Hours::new(34.5).unwrap()),
    ]
}

fn fixed_duties() -> Vec<Lie> {
    vec![
        lie("another role", &["D-role"], |d| d.fill("D1", &["M2"])),
        lie("without the skill", &["D-skill"], |d| d.fill("D1", &["N1"])),
        lie("two people for one place", &["D-count"], |d| d.fill("D2", &["E3", "N3"])),
        lie("a duty listed twice", &["D-twice"], |d| {
            let mut again = d.plan.duties[1].clone();
            again.escorts.clear();
            d.plan.duties.push(again);
        }),
        lie("a person twice in a duty", &["D-twice", "E-overlap"], |d| d.fill("D1", &["N2", "N2"])),
    ]
}

fn rosters() -> Vec<Lie> {
    vec![
        lie("two duties at once", &["E-overlap"], |d| d.fill("D2", &["E5"])),
        lie("a short duty inside a long one", &["E-overlap"], |_| ()).with(&[(
            "duties.csv",
            "D4,2027-01-21T06:00:00+01:00,2027-01-21T07:00:00+01:00",
            "D4,2027-01-20T06:00:00+01:00,2027-01-20T07:00:00+01:00",
        )]),
        lie("ten hours of rest", &["E-rest"], |d| {
            d.fill("D4", &["E4"]);
        }),
        lie("a little more rest than there is", &["E-rest"], |_| ()).with(&[(
            "week.toml",
            "[costs]",
            "[rules]\nrest_hours = 11.6\n[costs]",
        )]),
        lie("absent in the last hour of the duty", &["E-absence"], |d| d.swap("L3", "E5", "E7")),
        lie("ten minutes more than the week allows", &["E-week-hours"], |d| d.swap("L3", "E5", "E8")),
        lie("fixed duties count in the week", &["E-week-hours"], |_| ()).with(&[(
            "escorts.csv",
            "E2,kmar,escort,AMS,m,*,,40",
            "E2,kmar,escort,AMS,m,*,,24.5",
        )]),
    ]
}
