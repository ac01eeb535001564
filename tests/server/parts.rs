//! Accepting a repair in parts: what is taken is as proposed, what is not is as it was, and what cannot be lawful names its rule.

use super::house::{House, Person, on_every_store};
use super::life::step;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The legs of a case in a version; null when it does not depart.
fn legs(planner: &Person<'_>, week: &str, plan: &Value, case: &str) -> Value {
    let plan = planner.get(&format!("/api/v1/weeks/{week}/plans/{plan}")).expect(200).json();
    let departures = plan["departures"].as_array().unwrap();
    departures.iter().find(|one| one["case"] == case).map_or(Value::Null, |one| one["legs"].clone())
}

/// The parts of a version's changes.
fn parts(planner: &Person<'_>, week: &str, plan: &Value) -> Vec<String> {
    let changes = planner.get(&format!("/api/v1/weeks/{week}/plans/{plan}/changes")).expect(200).json();
    let part = |change: &Value| {
        let text = |name: &str| change[name].as_str().map(str::to_owned);
        match change["what"].as_str().unwrap() {
            "departure" | "notice" | "ride" => Some(format!("case:{}", text("subject").unwrap())),
            "team" => text("to").or(text("from")).map(|legs| format!("team:{legs}")),
            _ => None,
        }
    };
    changes["changes"].as_array().unwrap().iter().filter_map(part).collect::<BTreeSet<_>>().into_iter().collect()
}

/// Reports an event; gives the run and the version that is proposed.
fn propose(house: &House, week: &str, kind: &str, subject: &str, until: Option<&str>) -> (String, Value) {
    let mut event =
        vec![("kind", json!(kind)), ("subject", json!(subject)), ("at", json!("2027-01-15T09:00:00+01:00"))];
    event.extend(until.map(|until| ("until", json!(until))));
    let run = step(house, "planner", week, "events", &event).expect(201).json();
    let id = run["id"].as_str().unwrap().to_owned();
    house.work();
    let run = house.person("planner").get(&format!("/api/v1/weeks/{week}/runs/{id}")).expect(200).json();
    (id, run["plan"].clone())
}

#[test]
fn parts_that_are_taken_are_as_proposed_and_the_rest_is_as_it_was_or_the_rule_is_named() {
    on_every_store(|house| {
        let week = house.planned_week();
        let planner = house.person("planner");
        let (mut done, mut refused) = (0, 0);
        for (kind, subject, until) in [
            ("procedure_opened", "C1", None),
            ("release_withdrawn", "C1", None),
            ("leg_cancelled", "L1", None),
            ("escort_absent", "E1", Some("2027-01-30T00:00:00+01:00")),
        ] {
            let (run, proposed) = propose(house, &week, kind, subject, until);
            let all = parts(&planner, &week, &proposed);
            if all.len() < 2 {
                continue;
            }
            for taken in &all {
                let more = [("accept", json!([taken]))];
                let path = format!("runs/{run}/partial-acceptances");
                let asked = step(house, "planner", &week, &path, &more).expect(201).json();
                house.work();
                let id = asked["id"].as_str().unwrap();
                let asked = planner.get(&format!("/api/v1/weeks/{week}/runs/{id}")).expect(200).json();
                if asked["state"] == "failed" {
                    let page =
                        |lang| planner.page(&format!("/weeks/{week}/repair/{id}?lang={lang}")).expect(200).text();
                    let (english, dutch) = (page("en"), page("nl"));
                    // The procedure that was opened keeps the gate closed, or what is pinned to is not there any more.
                    let named = english.contains("gate procedure")
                        || english.contains("gate release")
                        || english.contains("F-")
                        || english.contains("E-")
                        || english.contains("T-");
                    assert!(named && english.contains("pin ") && dutch.contains("pin "), "{kind} {taken}: {asked}");
                    refused += 1;
                    continue;
                }
                let verdict = planner.get(&format!("/api/v1/weeks/{week}/plans/{}/verdict", asked["plan"])).expect(200);
                assert_eq!(verdict.json()["fine"], json!(true), "{kind} {taken}");
                for part in all.iter().filter_map(|part| part.strip_prefix("case:")) {
                    let from = if taken == &format!("case:{part}") { &proposed } else { &json!(1) };
                    let (is, must) = (legs(&planner, &week, &asked["plan"], part), legs(&planner, &week, from, part));
                    assert_eq!(is, must, "{kind}, {taken} taken: {part}");
                }
                let page = planner.page(&format!("/weeks/{week}/repair/{id}?lang=en")).expect(200).text();
                assert!(
                    page.contains("held as it was") && page.contains(&format!("/accept/{}", asked["plan"])),
                    "{page}"
                );
                done += 1;
            }
        }
        assert!(done > 0 && refused > 0, "{done} done, {refused} refused");
    });
}

#[test]
fn parts_are_chosen_on_the_page_and_the_result_can_be_accepted() {
    on_every_store(|house| {
        let week = house.planned_week();
        let planner = house.person("planner");
        let (run, proposed) = propose(house, &week, "procedure_opened", "C1", None);
        let page = planner.page(&format!("/weeks/{week}/repair/{run}")).expect(200).text();
        assert!(page.contains("value=\"case:C1\"") && page.contains(&format!("/repair/{run}/parts")), "{page}");
        let version = house.version(&week).to_string();
        let path = format!("/weeks/{week}/repair/{run}/parts");
        let fields = [("version", version.as_str()), ("accept", "case:C1")];
        let to = planner.form(&path, &fields).expect(303).header("location").unwrap();
        house.work();
        let of = to.rsplit('/').next().unwrap();
        let asked = planner.get(&format!("/api/v1/weeks/{week}/runs/{of}")).expect(200).json();
        assert_eq!(legs(&planner, &week, &asked["plan"], "C1"), Value::Null, "{asked}");
        step(house, "planner", &week, "acceptances", &[("plan", asked["plan"].clone())]).expect(200);
        step(house, "planner", &week, "proposals", &[]).expect(200);
        // The proposal is of a plan that is not the present one any more.
        let late = [("accept", json!(["case:C1"]))];
        let refused =
            step(house, "planner", &week, &format!("runs/{run}/partial-acceptances"), &late).expect(409).json();
        assert_eq!(refused["type"], "urn:vertrek:problem:of-another-plan", "{proposed}");
    });
}

#[test]
fn nothing_everything_and_what_is_not_proposed_is_no_choice() {
    on_every_store(|house| {
        let week = house.planned_week();
        let (run, proposed) = propose(house, &week, "procedure_opened", "C1", None);
        let all = parts(&house.person("planner"), &week, &proposed);
        for accept in [json!([]), json!(["case:C9"]), json!(all)] {
            let more = [("accept", accept.clone())];
            let refused =
                step(house, "planner", &week, &format!("runs/{run}/partial-acceptances"), &more).expect(400).json();
            assert_eq!(refused["errors"][0]["field"], "accept", "{accept}");
        }
    });
}
