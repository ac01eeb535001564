//! Cases that are pinned by hand: what breaks a rule is refused with it, the rest is kept by every later plan until it is taken
//! back.

use super::house::{House, Person, folder, on_every_store};
use super::http::Answer;
use super::life::step;
use serde_json::{Value, json};

/// A week in which either flight to Rome will do: there is a vehicle on both days.
fn two_ways() -> Value {
    let mut files = folder();
    let shift = "V4,X003,D_SCH,4,0,1,2027-01-22T04:00:00+01:00,2027-01-22T12:00:00+01:00,8,200,0.6,62\n";
    files["shifts.csv"] = json!(format!("{}{shift}", files["shifts.csv"].as_str().unwrap()));
    files
}

fn pin(house: &House, week: &str, case: &str, on: &str) -> Answer {
    let more = [("case", json!(case)), ("on", json!(on)), ("why", json!("the embassy asked for it"))];
    step(house, "planner", week, "pins", &more)
}

/// Pins a case, does the repair and gives the version that is proposed.
fn pinned(house: &House, week: &str, case: &str, on: &str) -> Value {
    let run = pin(house, week, case, on).expect(201).json();
    house.work();
    let path = format!("/api/v1/weeks/{week}/runs/{}", run["id"].as_str().unwrap());
    let run = house.person("planner").get(&path).expect(200).json();
    assert_eq!(run["state"], "done", "{run}");
    run["plan"].clone()
}

/// The legs of a case in a version; null when it does not depart.
fn legs(planner: &Person<'_>, week: &str, plan: &Value, case: &str) -> Value {
    let plan = planner.get(&format!("/api/v1/weeks/{week}/plans/{plan}")).expect(200).json();
    let departures = plan["departures"].as_array().unwrap();
    departures.iter().find(|one| one["case"] == case).map_or(Value::Null, |one| one["legs"].clone())
}

/// The other flight to Rome than the one that a version has C3 on.
fn other_flight(planner: &Person<'_>, week: &str, plan: i64) -> (&'static str, &'static str) {
    match legs(planner, week, &json!(plan), "C3")[0].as_str().expect("C3 departs") {
        "L4" => ("L4", "L5"),
        _ => ("L5", "L4"),
    }
}

fn pins(planner: &Person<'_>, week: &str) -> Value {
    planner.get(&format!("/api/v1/weeks/{week}/pins")).expect(200).json()["pins"].clone()
}

#[test]
fn a_case_that_is_pinned_stays_there_in_every_later_plan_until_it_is_taken_back() {
    on_every_store(|house| {
        let week = house.planned(&two_ways());
        let planner = house.person("planner");
        let (was, other) = other_flight(&planner, &week, 1);
        let proposed = pinned(house, &week, "C3", other);
        assert_eq!(legs(&planner, &week, &json!(1), "C3"), json!([was]), "the present plan stays");
        assert_eq!(legs(&planner, &week, &proposed, "C3"), json!([other]));
        let verdict = planner.get(&format!("/api/v1/weeks/{week}/plans/{proposed}/verdict")).expect(200).json();
        assert_eq!(verdict["fine"], json!(true), "{verdict}");
        let list = planner.page(&format!("/weeks/{week}/repair?lang=en")).expect(200).text();
        assert!(list.contains(&format!("pinned by hand: C3: {other}")), "{list}");
        for (lang, told, so) in [("en", "Pinned by hand", "not yet"), ("nl", "Vastgezet", "nog niet")] {
            let page = planner.page(&format!("/weeks/{week}?lang={lang}")).expect(200).text();
            assert!(page.contains(told) && page.contains("the embassy asked for it") && page.contains(so), "{page}");
        }
        step(house, "planner", &week, "acceptances", &[("plan", proposed)]).expect(200);
        let page = planner.page(&format!("/weeks/{week}?lang=en")).expect(200).text();
        assert!(page.contains(">pinned<") && page.contains(">so<") && !page.contains("not yet"), "{page}");

        // Made anew, and repaired for something else.
        step(house, "planner", &week, "runs", &[]).expect(201);
        house.work();
        assert_eq!(legs(&planner, &week, &json!(3), "C3"), json!([other]));
        let event = [("kind", json!("procedure_opened")), ("subject", json!("C1")), ("at", json!("2027-01-15T09:00"))];
        step(house, "planner", &week, "events", &event).expect(201);
        house.work();
        assert_eq!(legs(&planner, &week, &json!(4), "C3"), json!([other]));

        let found = pins(&planner, &week);
        assert_eq!(
            (&found[0]["case"], &found[0]["legs"], &found[0]["out"], &found[0]["set-by"]),
            (&json!("C3"), &json!([other]), &json!(false), &json!("planner")),
            "{found}"
        );
        let record = planner.get(&format!("/api/v1/weeks/{week}/cases/C3/record")).expect(200).json();
        assert_eq!(record["pins"], found);
        let line = record["journal"].as_array().unwrap().iter().find(|line| line["action"] == "pin case").cloned();
        assert_eq!(line.expect("a line")["why"], "the embassy asked for it");

        let back = format!("/api/v1/weeks/{week}/pins/C3/withdrawals");
        planner.post(&back, &json!({})).expect(400);
        planner.post(&back, &json!({ "why": "it may go as planned" })).expect(204);
        planner.post(&back, &json!({ "why": "it may go as planned" })).expect(404);
        assert_eq!(pins(&planner, &week), json!([]));
        step(house, "planner", &week, "runs", &[]).expect(201);
        house.work();
        assert_eq!(legs(&planner, &week, &json!(5), "C3"), json!([was]), "free again");
    });
}

#[test]
fn what_breaks_a_rule_is_refused_with_the_rule_and_nothing_is_pinned() {
    on_every_store(|house| {
        let week = house.planned(&two_ways());
        let planner = house.person("planner");
        let runs = || planner.get(&format!("/api/v1/weeks/{week}/runs")).expect(200).json()["runs"].clone();
        let before = runs();
        // Not released for planning; a flight to another country.
        for (case, on, rule) in [("C5", "L1", "release"), ("C3", "L1", "I-")] {
            let refused = pin(house, &week, case, on).expect(409).json();
            assert_eq!(refused["type"], "urn:vertrek:problem:breaks-a-rule", "{refused}");
            let told = refused["errors"].as_array().unwrap();
            assert!(told.iter().all(|error| error["field"] == case), "{refused}");
            assert!(told.iter().any(|error| error["detail"].as_str().unwrap().starts_with(rule)), "{refused}");
            let version = house.version(&week).to_string();
            let fields = [("version", version.as_str()), ("case", case), ("on", on), ("why", "because")];
            let page = planner.form(&format!("/weeks/{week}/pins?lang=nl"), &fields).expect(409).text();
            assert!(page.contains("regel die altijd geldt") && page.contains(rule), "{page}");
        }
        for (case, on, field) in [("C9", "L4", "case"), ("C3", "L9", "on"), ("C3", "+", "on"), ("C3", "", "on")] {
            let refused = pin(house, &week, case, on).expect(400).json();
            assert_eq!(refused["errors"][0]["field"], field, "{refused}");
        }
        let unsaid = [("case", json!("C3")), ("on", json!("out"))];
        let refused = step(house, "planner", &week, "pins", &unsaid).expect(400).json();
        assert_eq!(refused["errors"][0]["field"], "why", "{refused}");
        let late = json!({ "version": 1, "case": "C3", "on": "out", "why": "because" });
        let refused = planner.post(&format!("/api/v1/weeks/{week}/pins"), &late).expect(409).json();
        assert_eq!(refused["type"], "urn:vertrek:problem:newer-version");
        assert_eq!((pins(&planner, &week), runs()), (json!([]), before));
        let fresh = planner.post("/api/v1/weeks", &json!({ "files": folder() })).expect(201).json();
        let fresh = fresh["id"].as_str().unwrap();
        assert_eq!(pin(house, fresh, "C3", "out").expect(409).json()["type"], "urn:vertrek:problem:no-plan");
    });
}

#[test]
fn a_case_is_kept_out_by_the_form_of_its_page() {
    on_every_store(|house| {
        let week = house.planned(&two_ways());
        let planner = house.person("planner");
        let form = planner.page(&format!("/weeks/{week}/cases/C3/pin?on=out&lang=en")).expect(200).text();
        assert!(form.contains("<option value=\"out\" selected>") && form.contains("value=\"L5\""), "{form}");
        let form = planner.page(&format!("/weeks/{week}/cases/C3/pin?on=L1&lang=en")).expect(200).text();
        assert!(form.contains("<option value=\"L1\" selected>"), "what was dragged there is there: {form}");
        let version = house.version(&week).to_string();
        let fields = [("version", version.as_str()), ("case", "C3"), ("on", "out"), ("why", "asked by the court")];
        let answer = planner.form(&format!("/weeks/{week}/pins"), &fields).expect(303);
        let to = answer.header("location").unwrap();
        assert!(to.starts_with(&format!("/weeks/{week}/repair/")), "{to}");
        house.work();
        assert_eq!(legs(&planner, &week, &json!(2), "C3"), Value::Null);
        let plan = planner.get(&format!("/api/v1/weeks/{week}/plans/2")).expect(200).json();
        let stays = plan["not_planned"].as_array().unwrap().iter().find(|one| one["case"] == "C3").cloned().unwrap();
        assert!(stays["left_out"].to_string().contains("pinned"), "{stays}");
        let form = planner.page(&format!("/weeks/{week}/cases/C3/pin?lang=en")).expect(200).text();
        assert!(form.contains("asked by the court") && form.contains(&format!("/weeks/{week}/pins/C3/withdraw")));
        let fields = [("why", "the court agrees")];
        planner.form(&format!("/weeks/{week}/pins/C3/withdraw"), &fields).expect(303);
        assert_eq!(pins(&planner, &week), json!([]));
    });
}

#[test]
fn what_is_pinned_stays_pinned_when_a_repair_is_taken_in_parts() {
    on_every_store(|house| {
        let week = house.planned(&two_ways());
        let planner = house.person("planner");
        let (_, other) = other_flight(&planner, &week, 1);
        let proposed = pinned(house, &week, "C3", other);
        step(house, "planner", &week, "acceptances", &[("plan", proposed)]).expect(200);
        let event = [("kind", json!("procedure_opened")), ("subject", json!("C1")), ("at", json!("2027-01-15T09:00"))];
        let run = step(house, "planner", &week, "events", &event).expect(201).json();
        house.work();
        let run = run["id"].as_str().unwrap();
        let parts = [("accept", json!(["case:C1"]))];
        let asked = step(house, "planner", &week, &format!("runs/{run}/partial-acceptances"), &parts).expect(201);
        house.work();
        let id = asked.json()["id"].as_str().unwrap().to_owned();
        let asked = planner.get(&format!("/api/v1/weeks/{week}/runs/{id}")).expect(200).json();
        assert_eq!(asked["state"], "done", "{asked}");
        assert_eq!(legs(&planner, &week, &asked["plan"], "C1"), Value::Null);
        assert_eq!(legs(&planner, &week, &asked["plan"], "C3"), json!([other]));
        // The one is of parts, the other is not.
        let of_parts = |run: &str| {
            let page = planner.page(&format!("/weeks/{week}/repair/{run}?lang=en")).expect(200).text();
            page.contains("Some parts of an earlier proposal")
        };
        assert!(of_parts(&id) && !of_parts(run));
    });
}

#[test]
fn a_flight_that_a_new_folder_does_not_have_pins_nobody() {
    on_every_store(|house| {
        let week = house.planned(&two_ways());
        let planner = house.person("planner");
        let (was, other) = other_flight(&planner, &week, 1);
        pinned(house, &week, "C3", other);
        let mut files = two_ways();
        for table in ["legs.csv", "commitments.csv"] {
            let rows = files[table].as_str().unwrap().lines();
            let left: Vec<&str> = rows.filter(|row| row.split(',').all(|cell| cell != other)).collect();
            files[table] = json!(left.join("\n") + "\n");
        }
        step(house, "planner", &week, "folders", &[("files", files), ("why", json!("flight sold out"))]).expect(201);
        step(house, "planner", &week, "runs", &[]).expect(201);
        house.work();
        assert_eq!(legs(&planner, &week, &json!(3), "C3"), json!([was]));
        assert_eq!(pins(&planner, &week)[0]["legs"], json!([other]), "said until it is taken back");
    });
}
