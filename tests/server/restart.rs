//! The database is restarted under load: writers are answered or refused, never lied to; runs go on.

use super::ledger::{Ledger, write};
use super::postgres::Postgres;
use super::program::{Place, Writer};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

#[test]
fn a_database_that_is_restarted_under_load_loses_nothing_and_no_run() {
    let Some(postgres) = Postgres::start() else { return };
    let place = Place::Postgres(postgres);
    let Place::Postgres(postgres) = &place else { return };
    let mut server = place.serve("0");
    let writer = Writer::first(&mut server);
    let _workers = [place.worker(), place.worker()];
    let ledger = Mutex::new(Ledger::default());
    let (address, stop) = (server.address, AtomicBool::new(false));
    std::thread::scope(|scope| {
        for pen in 0..3 {
            let (ledger, writer, stop) = (&ledger, &writer, &stop);
            scope.spawn(move || write(ledger, writer, address, pen, stop));
        }
        // As a package upgrade does it, as a crash does it, and away for longer than a lease.
        for (mode, away) in [("fast", 0), ("immediate", 0), ("immediate", 3), ("fast", 1)] {
            std::thread::sleep(Duration::from_millis(700));
            postgres.stop(mode);
            std::thread::sleep(Duration::from_secs(away));
            postgres.again();
        }
        std::thread::sleep(Duration::from_millis(700));
        stop.store(true, Ordering::SeqCst);
    });
    let ledger = ledger.into_inner().unwrap();
    let runs = writer.settled(address, &ledger.weeks);
    ledger.ended(&runs, "restarts");
    ledger.check(&writer, address, "restarts");
    assert!(ledger.acknowledged() > 2, "{ledger:?}");
    let again = runs.iter().filter(|run| run["attempts"].as_u64() > Some(1)).count();
    println!(
        "4 restarts: {} acknowledged, {} refused with 503, {} runs ended, {again} of them taken over",
        ledger.acknowledged(),
        ledger.refused.len(),
        runs.len()
    );
}
