//! The repair against brute force: on tiny weeks with a plan under way, objective less change costs is the best there is.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop at the first surprise")]

mod oracle;
mod run;
mod under_way;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use vertrek::plan::Status;
use vertrek::replan::{Effort, repair};
use vertrek::synth::tiny;
use vertrek::week::read::read_files_with_events;

#[test]
fn repairs_of_tiny_weeks_equal_brute_force() {
    let (mut costly, mut wrong) = (0, Vec::new());
    for seed in 0..600 {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let files = tiny(seed);
        let week = run::week(&files);
        let earlier = run::checked_plan(&format!("tiny week {seed}"), &week, &run::exact(), 60.0);
        let files = under_way::under_way(&files, &week, &earlier, 0.0, &mut rng);
        // So late that rosters are published, and so early that nothing has begun.
        let now = under_way::first_moment(&week) - chrono::TimeDelta::hours(rng.random_range(1..40));
        let files = under_way::at_moment(files, &week, now);
        let count = rng.random_range(1..7);
        let events = under_way::events(&week, count, &mut rng);
        let week = read_files_with_events(&files, events.as_bytes()).unwrap();
        let repaired =
            repair(&week, &earlier, &run::exact(), Effort::Proof, &run::Until::seconds(60.0), week.now).unwrap();
        let best = oracle::best_repair(&week, &earlier);
        let worth = repaired.changes.repair_objective.get();
        if (worth - best).abs() > 0.02 || repaired.plan.status != Status::Optimal {
            wrong.push(format!(
                "tiny week {seed}: repair {worth}, brute force {best:.2}, bound {}, {:?}\n{events}",
                repaired.changes.repair_bound, repaired.plan.status
            ));
        }
        costly += usize::from(repaired.changes.change_costs.get() > 0.0);
    }
    assert!(wrong.is_empty(), "{} of 600: {}", wrong.len(), wrong.join("\n"));
    assert!(costly > 25, "repairs that cost nothing would show nothing: {costly}");
}
