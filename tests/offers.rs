//! Offers to one case within a plan: what is offered fits, and nothing better was left lying.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop at the first surprise")]

mod run;

use vertrek::lang::Lang;
use vertrek::publish::offers_page;
use vertrek::replan::offers;
use vertrek::synth::tiny;

#[test]
fn a_best_plan_leaves_no_offer_that_pays_and_offers_a_planned_case_its_own_flight() {
    let (mut planned, mut offered, mut own) = (0, 0, 0);
    for seed in 0..250 {
        let week = run::week(&tiny(seed));
        // A plan under way may leave what pays once changes cost something: it was not made with them.
        if week.commitments.iter().any(|row| row.level > vertrek::week::Level::Proposed) {
            continue;
        }
        let plan = run::checked_plan(&format!("tiny week {seed}"), &week, &run::exact(), 60.0);
        for case in &week.cases {
            let found = offers(&week, &plan, &case.id).unwrap();
            assert!(found.is_sorted_by_key(|offer| offer.lacks.len()), "tiny week {seed}: what fits comes first");
            let departure = plan.departures.iter().find(|departure| departure.case == case.id);
            let Some(departure) = departure else {
                let best = found.iter().filter_map(|offer| offer.gain()).map(|gain| gain.get()).fold(0.0, f64::max);
                assert!(best <= 0.02, "tiny week {seed}: {} could still depart at a gain of {best}", case.id);
                offered += found.len();
                continue;
            };
            planned += 1;
            own += usize::from(found.iter().any(|offer| offer.lacks.is_empty() && offer.legs == departure.legs));
        }
    }
    assert!(planned > 60 && offered > 20, "{planned} planned, {offered} offers to others");
    assert!(own * 100 >= planned * 95, "{own} of {planned} are offered their own flight");
}

#[test]
fn the_page_of_offers_says_what_keeps_a_case_without_any() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/demo");
    let week = vertrek::week::read::read(&folder).unwrap();
    let plan = run::checked_plan("demo", &week, &run::exact(), 60.0);
    let id = |text: &str| vertrek::week::CaseId::new(text).unwrap();
    let closed = offers_page(&week, &id("C02"), &offers(&week, &plan, &id("C02")).unwrap(), Lang::En);
    assert!(closed.contains("gate release is closed"), "{closed}");
    let open = offers(&week, &plan, &id("C01")).unwrap();
    let (english, dutch) =
        (offers_page(&week, &id("C01"), &open, Lang::En), offers_page(&week, &id("C01"), &open, Lang::Nl));
    assert!(english.contains("L018") && english.contains("free escorts"), "{english}");
    assert!(dutch.contains("L018") && dutch.contains("vrije begeleiders"), "{dutch}");
}
