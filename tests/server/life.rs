//! The life of a week, from taking it in to a published repair; and two people at once.

use super::house::{House, folder, on_every_store};
use serde_json::{Value, json};

fn state(house: &House, week: &str) -> String {
    house.person("auditor").get(&format!("/api/v1/weeks/{week}")).expect(200).json()["state"]
        .as_str()
        .unwrap()
        .to_owned()
}

pub(crate) fn step(house: &House, who: &str, week: &str, step: &str, more: &[(&str, Value)]) -> super::http::Answer {
    let mut body = json!({ "version": house.version(week) });
    for (name, value) in more {
        body[*name] = value.clone();
    }
    house.person(who).post(&format!("/api/v1/weeks/{week}/{step}"), &body)
}

/// Proposed, approved and published as it is.
pub(crate) fn publish(house: &House, week: &str) {
    step(house, "planner", week, "proposals", &[]).expect(200);
    step(house, "approver", week, "approvals", &[]).expect(200);
    step(house, "planner", week, "publications", &[]).expect(200);
}

#[test]
fn a_week_lives_from_folder_to_published_repair() {
    on_every_store(|house| {
        let week = house.planned_week();
        let planner = house.person("planner");
        assert_eq!(state(house, &week), "draft");
        let plan = planner.get(&format!("/api/v1/weeks/{week}/plans/1")).expect(200).json();
        let departures = plan["departures"].as_array().unwrap().clone();
        assert!(!departures.is_empty());
        let rosters = format!("/api/v1/weeks/{week}/roster-products/rosters.csv");
        house.person("escort-coordinator").get(&rosters).expect(404);

        step(house, "approver", &week, "approvals", &[]).expect(409);
        publish(house, &week);
        assert_eq!(state(house, &week), "published");
        let csv = house.person("escort-coordinator").get(&rosters).expect(200).text();
        assert!(csv.starts_with("escort,"), "{csv}");

        let case = departures[0]["case"].clone();
        let event = [
            ("kind", json!("procedure_opened")),
            ("subject", case.clone()),
            ("at", plan["made_at"].clone()),
            ("seconds", json!(5)),
        ];
        let run = step(house, "gatekeeper", &week, "events", &event).expect(201).json();
        house.work();
        let run = planner.get(&format!("/api/v1/weeks/{week}/runs/{}", run["id"].as_str().unwrap())).expect(200).json();
        assert_eq!((run["state"].as_str(), run["plan"].as_i64()), (Some("done"), Some(2)), "{run}");
        let changes = planner.get(&format!("/api/v1/weeks/{week}/plans/2/changes")).expect(200).json();
        let gone = changes["changes"]
            .as_array()
            .unwrap()
            .iter()
            .any(|change| change["subject"] == case && change["to"].is_null());
        assert!(gone, "{changes}");
        // Nothing changes before somebody accepts it.
        assert_eq!(state(house, &week), "published");
        step(house, "planner", &week, "acceptances", &[("plan", json!(2))]).expect(200);
        assert_eq!(state(house, &week), "draft");
        let verdict = planner.get(&format!("/api/v1/weeks/{week}/plans/2/verdict")).expect(200).json();
        assert_eq!(verdict["fine"], json!(true), "{verdict}");
        // What is published stays until the repair is.
        let row = planner.get(&format!("/api/v1/weeks/{week}")).expect(200).json();
        assert_eq!((row["plan"].as_i64(), row["published-plan"].as_i64()), (Some(2), Some(1)));
        publish(house, &week);
        let published = planner.get(&format!("/api/v1/weeks/{week}/publications")).expect(200).json();
        let plans: Vec<i64> =
            published["publications"].as_array().unwrap().iter().map(|one| one["plan"].as_i64().unwrap()).collect();
        assert_eq!(plans, [2, 1]);
        step(house, "planner", &week, "reversals", &[]).expect(200);
        let row = planner.get(&format!("/api/v1/weeks/{week}")).expect(200).json();
        assert_eq!((row["plan"].as_i64(), row["state"].as_str()), (Some(1), Some("draft")));
    });
}

#[test]
fn who_edited_last_may_not_approve_while_four_eyes_are_asked_for() {
    on_every_store(|house| {
        let both = json!({ "name": "both", "password": super::house::PASSWORD, "roles": ["planner", "approver"] });
        house.person("admin").post("/api/v1/accounts", &both).expect(201);
        let both = super::house::Person { house, token: house.log_in("both") };
        let week = both.post("/api/v1/weeks", &json!({ "files": folder() })).expect(201).json();
        let id = week["id"].as_str().unwrap().to_owned();
        both.post(&format!("/api/v1/weeks/{id}/runs"), &json!({ "version": week["version"] })).expect(201);
        house.work();
        both.post(&format!("/api/v1/weeks/{id}/proposals"), &json!({ "version": house.version(&id) })).expect(200);
        let body = json!({ "version": house.version(&id) });
        let refused = both.post(&format!("/api/v1/weeks/{id}/approvals"), &body).expect(403).json();
        assert_eq!(refused["type"], "urn:vertrek:problem:four-eyes");
        let off = json!({ "four-eyes": "off", "why": "small office" });
        house.person("admin").send("PATCH", "/api/v1/settings", &off, &[]).expect(204);
        both.post(&format!("/api/v1/weeks/{id}/approvals"), &body).expect(200);
    });
}

#[test]
fn of_two_editors_the_second_is_told_of_the_newer_version() {
    on_every_store(|house| {
        let week = house.planned_week();
        let seen = house.version(&week);
        let (one, other) = (house.person("planner"), house.person("planner-2"));
        one.post(&format!("/api/v1/weeks/{week}/proposals"), &json!({ "version": seen })).expect(200);
        let body = json!({ "version": seen, "why": "not yet" });
        let refused = other.post(&format!("/api/v1/weeks/{week}/refusals"), &body).expect(409).json();
        assert_eq!(refused["type"], "urn:vertrek:problem:newer-version");
        assert_eq!(refused["current-version"], house.version(&week));
        assert_eq!(state(house, &week), "proposed");
        let again = json!({ "version": refused["current-version"], "why": "not yet" });
        other.post(&format!("/api/v1/weeks/{week}/refusals"), &again).expect(200);
        assert_eq!(state(house, &week), "draft");
    });
}

#[test]
fn of_many_editors_in_the_same_moment_one_is_first_and_all_others_are_told() {
    on_every_store(|house| {
        let week = house.planned_week();
        let auditor = house.person("auditor");
        let path = format!("/api/v1/weeks/{week}");
        for round in 0..4 {
            let seen = house.version(&week);
            let editors = [house.person("planner"), house.person("planner-2")];
            let step = if round % 2 == 0 { "proposals" } else { "refusals" };
            let other = json!({ "version": seen, "files": folder(), "why": "a newer folder" });
            let mine = json!({ "version": seen, "why": "at once" });
            let answers: Vec<(u16, Value)> = std::thread::scope(|scope| {
                let asked: Vec<_> = (0..8)
                    .map(|at| {
                        let (editor, path) = (&editors[at % 2], &path);
                        let (step, body) = if at < 6 { (step, &mine) } else { ("folders", &other) };
                        scope.spawn(move || {
                            let answer = editor.post(&format!("{path}/{step}"), body);
                            (answer.status, answer.json())
                        })
                    })
                    .collect();
                asked.into_iter().map(|one| one.join().expect("an answer")).collect()
            });
            let done = answers.iter().filter(|(status, _)| *status < 300).count();
            assert_eq!(done, 1, "{answers:?}");
            let told = answers.iter().filter(|(status, told)| *status == 409 && told["detail"].is_string()).count();
            assert_eq!(told, 7, "{answers:?}");
            let after = auditor.get(&path).expect(200).json();
            assert_eq!(after["version"].as_i64(), seen.as_i64().map(|seen| seen + 1), "one change is one version");
            if after["state"] == "draft" && after["folder"].as_i64() != Some(1) {
                break;
            }
        }
    });
}

#[test]
fn a_folder_with_faults_is_told_all_of_them_and_nothing_is_kept() {
    on_every_store(|house| {
        let planner = house.person("planner");
        let mut files = folder();
        let cases = files["cases.csv"].as_str().unwrap().replacen("detention", "prison cell", 2);
        files["cases.csv"] = json!(cases);
        let refused = planner.post("/api/v1/weeks", &json!({ "files": files })).expect(400).json();
        let errors = refused["errors"].as_array().unwrap();
        assert!(errors.len() >= 2, "{refused}");
        assert!(errors.iter().all(|error| error["field"].as_str().unwrap().starts_with("cases.csv:")), "{refused}");
        let weeks = planner.get("/api/v1/weeks").expect(200).json();
        assert_eq!(weeks["weeks"].as_array().unwrap().len(), 0);
    });
}

#[test]
fn a_new_folder_makes_the_week_a_draft_and_keeps_the_old_one() {
    on_every_store(|house| {
        let week = house.planned_week();
        publish(house, &week);
        let mut files = folder();
        let cases = format!("{}\n", files["cases.csv"].as_str().unwrap().trim_end())
            .replace("true,true,true", "true,true,false");
        files["cases.csv"] = json!(cases);
        step(house, "planner", &week, "folders", &[("files", files), ("why", json!("medical files"))]).expect(201);
        let row = house.person("planner").get(&format!("/api/v1/weeks/{week}")).expect(200).json();
        assert_eq!(
            (row["state"].as_str(), row["folder"].as_i64(), row["published-plan"].as_i64()),
            (Some("draft"), Some(2), Some(1))
        );
        let refused = step(house, "planner", &week, "proposals", &[]).expect(409).json();
        assert_eq!(refused["type"], "urn:vertrek:problem:of-another-folder");
        step(house, "planner", &week, "runs", &[("kind", json!("repair"))]).expect(201);
        house.work();
        step(house, "planner", &week, "acceptances", &[("plan", json!(2))]).expect(200);
        publish(house, &week);
    });
}

#[test]
fn an_escort_is_swapped_when_no_rule_is_broken_by_it_and_otherwise_not() {
    on_every_store(|house| {
        let week = house.planned_week();
        let planner = house.person("planner");
        let plan = planner.get(&format!("/api/v1/weeks/{week}/plans/1")).expect(200).json();
        let ids = |value: &Value| -> Vec<String> {
            value.as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect()
        };
        let files = folder();
        let escorts: Vec<&str> =
            files["escorts.csv"].as_str().unwrap().lines().skip(1).filter_map(|row| row.split(',').next()).collect();
        let teams =
            plan["teams"].as_array().unwrap().iter().map(|team| (ids(&team["legs"]).join("+"), ids(&team["escorts"])));
        let duties = plan["duties"]
            .as_array()
            .unwrap()
            .iter()
            .map(|duty| (duty["duty"].as_str().unwrap().to_owned(), ids(&duty["escorts"])));
        let (mut refused, mut done) = (0, 0);
        for (on, people) in teams.chain(duties) {
            for (out, into) in people
                .iter()
                .flat_map(|out| escorts.iter().map(move |into| (out, *into)))
                .filter(|(out, into)| out != into)
            {
                let more = [("on", json!(on)), ("out", json!(out)), ("in", json!(into))];
                let answer = step(house, "escort-coordinator", &week, "swaps", &more);
                if answer.status == 409 {
                    assert!(!answer.json()["errors"].as_array().unwrap().is_empty());
                    refused += 1;
                    continue;
                }
                let row = answer.expect(200).json();
                let verdict =
                    planner.get(&format!("/api/v1/weeks/{week}/plans/{}/verdict", row["plan"])).expect(200).json();
                assert_eq!(verdict["fine"], json!(true), "{into} for {out} on {on}: {verdict}");
                assert_eq!(row["state"], "draft");
                step(house, "planner", &week, "reversals", &[]).expect(200);
                done += 1;
            }
        }
        assert!(refused > 0 && done > 0, "{refused} refused, {done} done");
        let nobody = [("on", json!("none")), ("out", json!("x")), ("in", json!("y"))];
        step(house, "escort-coordinator", &week, "swaps", &nobody).expect(400);
    });
}

/// The page of a change offers everybody of the same role, but nobody who is there already.
#[test]
fn the_page_of_a_swap_offers_nobody_who_is_there_already() {
    on_every_store(|house| {
        let week = house.planned_week();
        let planner = house.person("planner");
        let plan = planner.get(&format!("/api/v1/weeks/{week}/plans/1")).expect(200).json();
        let files = folder();
        let rows = files["escorts.csv"].as_str().unwrap().lines().skip(1);
        let role: std::collections::BTreeMap<&str, &str> = rows
            .filter_map(|row| {
                let mut fields = row.split(',');
                Some((fields.next()?, fields.nth(1)?))
            })
            .collect();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let list = |value: &Value| -> Vec<String> { value.as_array().unwrap().iter().map(text).collect() };
        let teams = plan["teams"].as_array().unwrap().iter();
        let teams = teams.map(|team| (list(&team["legs"]).join("%2B"), list(&team["escorts"])));
        let duties = plan["duties"].as_array().unwrap().iter();
        let duties = duties.map(|duty| (text(&duty["duty"]), list(&duty["escorts"])));
        let mut several = 0;
        for (on, people) in teams.chain(duties) {
            several += usize::from(people.len() > 1);
            for out in &people {
                let page = planner.page(&format!("/weeks/{week}/escorts/swap?on={on}&out={out}")).expect(200).text();
                let chosen = page.split("<select id=\"in\"").nth(1).and_then(|rest| rest.split("</select>").next());
                let options = chosen.expect("a list of people").split("<option value=\"").skip(1);
                let mut offered: Vec<&str> = options.filter_map(|rest| rest.split('"').next()).collect();
                offered.sort_unstable();
                let alike =
                    |id: &&str| role.get(id) == role.get(out.as_str()) && !people.iter().any(|there| there == id);
                let others: Vec<&str> = role.keys().copied().filter(alike).collect();
                assert_eq!(offered, others, "instead of {out} on {on}");
            }
        }
        assert!(several > 0, "no duty with two people");
    });
}

#[test]
fn a_repair_of_a_plan_that_is_not_the_present_one_is_refused() {
    on_every_store(|house| {
        let week = house.planned_week();
        let planner = house.person("planner");
        let plan = planner.get(&format!("/api/v1/weeks/{week}/plans/1")).expect(200).json();
        for departure in [0, 1] {
            let case = plan["departures"][departure]["case"].clone();
            let event = [("kind", json!("procedure_opened")), ("subject", case), ("at", plan["made_at"].clone())];
            step(house, "planner", &week, "events", &event).expect(201);
        }
        house.work();
        step(house, "planner", &week, "acceptances", &[("plan", json!(2))]).expect(200);
        let refused = step(house, "planner", &week, "acceptances", &[("plan", json!(3))]).expect(409).json();
        assert_eq!(refused["type"], "urn:vertrek:problem:of-another-plan");
        step(house, "planner", &week, "acceptances", &[("plan", json!(1))]).expect(200);
        step(house, "planner", &week, "acceptances", &[("plan", json!(3))]).expect(200);
    });
}

#[test]
fn what_was_reported_holds_in_every_later_plan_until_somebody_goes_back_knowingly() {
    on_every_store(|house| {
        let week = house.planned_week();
        let planner = house.person("planner");
        let plan = |number: i64| planner.get(&format!("/api/v1/weeks/{week}/plans/{number}")).expect(200).json();
        let first = plan(1);
        let case = first["departures"][0]["case"].clone();
        let event = [("kind", json!("unfit")), ("at", first["made_at"].clone())];
        let files = folder();
        let persons = files["persons.csv"].as_str().unwrap();
        let person = persons.lines().find_map(|row| {
            let cells: Vec<&str> = row.split(',').collect();
            cells.contains(&case.as_str().unwrap()).then(|| cells[0].to_owned())
        });
        let event = [&event[..], &[("subject", json!(person.expect("a person of the case")))]].concat();
        step(house, "gatekeeper", &week, "events", &event).expect(201);
        house.work();
        step(house, "planner", &week, "acceptances", &[("plan", json!(2))]).expect(200);
        step(house, "planner", &week, "runs", &[]).expect(201);
        house.work();
        let row = planner.get(&format!("/api/v1/weeks/{week}")).expect(200).json();
        assert_eq!(row["plan"], 3, "the plan made anew is the present one");
        let stays = |plan: &Value| plan["departures"].as_array().unwrap().iter().all(|one| one["case"] != case);
        assert!(stays(&plan(2)) && stays(&plan(3)) && !stays(&first), "{case} was reported unfit");
        let page = |path: &str| planner.page(path).expect(200).text();
        let back = step(house, "planner", &week, "reversals", &[]).expect(200).json();
        assert_eq!((back["plan"].as_i64(), back["dropped-events"].as_i64()), (Some(2), Some(0)));
        assert!(page(&format!("/weeks/{week}")).contains("does not know events reported since: 1"));
        assert!(page(&format!("/weeks/{week}/history")).contains("without events reported: 1"));
        let back = step(house, "planner", &week, "reversals", &[]).expect(200).json();
        assert_eq!((back["plan"].as_i64(), back["dropped-events"].as_i64()), (Some(1), Some(1)));
        let subject = format!("/api/v1/journal-lines?subject=week%20{week}");
        let lines = house.person("auditor").get(&subject).expect(200).json();
        assert_eq!(lines["lines"][0]["detail"], "plan 1 folder 1 without 1 of the events reported");
    });
}
