//! The board as pages: what every page must have, in both languages, and the work done by its forms alone, without script.

use super::house::on_every_store;

const PAGES: [&str; 8] = ["", "/work-list", "/escorts", "/transport", "/repair", "/runs", "/history", "/figures"];

/// What is wrong with the structure of a page.
fn faults(text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut count = |what: &str, least: usize, most: usize| {
        let found = text.matches(what).count();
        if found < least || found > most {
            faults.push(format!("{found} × {what}"));
        }
    };
    count("<h1>", 1, 1);
    count("<main ", 1, 1);
    count("class=\"skip\"", 1, 1);
    count("<title>", 1, 1);
    for tag in text.split('<').filter(|tag| tag.starts_with("input ") || tag.starts_with("select ")) {
        let hidden = tag.contains("type=\"hidden\"");
        let id = tag.split("id=\"").nth(1).and_then(|rest| rest.split('"').next());
        let labelled = id.is_some_and(|id| text.contains(&format!("for=\"{id}\"")));
        if !hidden && !labelled {
            faults.push(format!("no label: <{tag}"));
        }
    }
    let ids: Vec<&str> = text.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    for id in &ids {
        if ids.iter().filter(|other| other == &id).count() > 1 {
            faults.push(format!("id twice: {id}"));
        }
    }
    faults
}

#[test]
fn every_page_has_its_landmarks_and_labels_in_both_languages() {
    on_every_store(|house| {
        let week = house.planned_week();
        let planner = house.person("planner");
        let case = planner.get(&format!("/api/v1/weeks/{week}/cases")).expect(200).json()["cases"][0]["case"]
            .as_str()
            .unwrap()
            .to_owned();
        let mut pages: Vec<String> = PAGES.iter().map(|page| format!("/weeks/{week}{page}")).collect();
        pages.extend([
            "/weeks".to_owned(),
            format!("/weeks/{week}/cases/{case}"),
            format!("/weeks/{week}/cases/{case}?options=yes"),
        ]);
        for page in pages {
            let and = if page.contains('?') { '&' } else { '?' };
            let english = planner.page(&format!("{page}{and}lang=en")).expect(200).text();
            let dutch = planner.page(&format!("{page}{and}lang=nl")).expect(200).text();
            assert!(english.contains("<html lang=\"en\">") && dutch.contains("<html lang=\"nl\">"), "{page}");
            for text in [&english, &dutch] {
                assert_eq!(faults(text), Vec::<String>::new(), "{page}");
                assert!(text.len() < 100_000, "{page} has {} bytes", text.len());
            }
        }
        for page in ["/accounts", "/journal"] {
            let who = house.person(if page == "/accounts" { "admin" } else { "auditor" });
            assert_eq!(faults(&who.page(page).expect(200).text()), Vec::<String>::new(), "{page}");
        }
    });
}

#[test]
fn the_work_of_a_week_can_be_done_by_forms_alone() {
    on_every_store(|house| {
        let week = house.planned_week();
        let planner = house.person("planner");
        let version = || house.version(&week).to_string();
        let to = planner.form(&format!("/weeks/{week}/propose"), &[("version", &version())]).expect(303);
        assert!(planner.page(&to.header("location").unwrap()).expect(200).text().contains("role=\"status\""));
        let approver = house.person("approver");
        let page = approver.page(&format!("/weeks/{week}")).expect(200).text();
        assert!(
            page.contains(&format!("action=\"/weeks/{week}/approve\""))
                && !page.contains(&format!("action=\"/weeks/{week}/publish\""))
        );
        // The approver's own pages carry a form as well.
        let token = page.split("name=\"form_token\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        approver
            .form_as_it_is(&format!("/weeks/{week}/approve"), &[("version", &version()), ("form_token", token)])
            .expect(303);
        planner.form(&format!("/weeks/{week}/publish"), &[("version", &version())]).expect(303);
        let plan = planner.get(&format!("/api/v1/weeks/{week}/plans/1")).expect(200).json();
        let case = plan["departures"][0]["case"].as_str().unwrap().to_owned();
        let event = [
            ("version", version()),
            ("kind", "release_withdrawn".to_owned()),
            ("subject", case.clone()),
            ("at", "2027-01-15T09:30".to_owned()),
        ];
        let event: Vec<(&str, &str)> = event.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let to = planner.form(&format!("/weeks/{week}/repair"), &event).expect(303).header("location").unwrap();
        assert!(
            planner.page(&to).expect(200).text().contains("http-equiv=\"refresh\""),
            "the page comes again without script"
        );
        house.work();
        let proposal = planner.page(&to).expect(200).text();
        assert!(proposal.contains(&case) && proposal.contains(&format!("/weeks/{week}/accept/2")), "{proposal}");
        planner.form(&format!("/weeks/{week}/accept/2"), &[("version", &version())]).expect(303);
        planner.form(&format!("/weeks/{week}/undo"), &[("version", &version())]).expect(303);
        let compared = planner.page(&format!("/weeks/{week}/history?from=1&to=2")).expect(200).text();
        assert!(compared.contains(&case), "{compared}");
    });
}

#[test]
fn gates_of_a_flight_are_not_shown_as_open_where_there_is_no_flight() {
    on_every_store(|house| {
        let week = house.planned_week();
        // No flight of the folder goes where C5 goes.
        for (lang, unasked, open) in
            [("en", "not asked: no flight", "open"), ("nl", "niet gevraagd: geen vlucht", "open")]
        {
            let page = |case: &str| {
                house.person("gatekeeper").page(&format!("/weeks/{week}/cases/{case}?lang={lang}")).expect(200).text()
            };
            let fine = format!("<span class=\"badge fine\">{open}</span>");
            let (without, with) = (page("C5"), page("C1"));
            assert_eq!((without.matches(unasked).count(), without.matches(&fine).count()), (6, 2), "{lang}");
            assert_eq!((with.matches(unasked).count(), with.matches(&fine).count()), (0, 10), "{lang}");
        }
    });
}

#[test]
fn a_problem_on_a_form_is_a_page_with_the_way_back() {
    on_every_store(|house| {
        let week = house.planned_week();
        let planner = house.person("planner");
        let before = planner.get(&format!("/api/v1/weeks/{week}")).expect(200).json();
        let page = planner.form(&format!("/weeks/{week}/refuse"), &[("version", "1")]).expect(400).text();
        assert!(page.contains("role=\"alert\"") && page.contains(&format!("href=\"/weeks/{week}\"")), "{page}");
        assert_eq!(faults(&page), Vec::<String>::new());
        let lost = planner.page("/weeks/none").expect(404).text();
        assert_eq!(faults(&lost), Vec::<String>::new());
        let after = planner.get(&format!("/api/v1/weeks/{week}")).expect(200).json();
        assert_eq!(before, after, "what was refused changed nothing");
    });
}
