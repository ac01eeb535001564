//! How long each room takes on synthetic weeks of 260 and 2,500 cases, and the whole run on the demo week.
//!
//! `cargo bench --bench rooms`; the table is in `benches/README.md`.

#![allow(clippy::expect_used, missing_docs)] // A bench may stop at the first surprise.

use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use std::path::Path;
use vertrek::itinerary::Itineraries;
use vertrek::options;
use vertrek::planner::plan_week;
use vertrek::synth::{SynthSettings, synthesise};
use vertrek::week::read::{read, read_files};
use vertrek_solver::problem::{Control, Progress, Settings};

/// Lets a solve run to its end.
struct Unlimited;

impl Control for Unlimited {
    fn seconds_left(&self) -> f64 {
        f64::INFINITY
    }
    fn report(&self, _: Progress) {}
}

fn rooms(criterion: &mut Criterion) {
    for cases in [260, 2_500] {
        let files = synthesise(&SynthSettings::week(cases, 7));
        let week = read_files(&files).expect("a synthetic week is valid");
        let mut group = criterion.benchmark_group(format!("{cases} cases"));
        group.sample_size(10);
        group.bench_function("read", |b| b.iter(|| read_files(black_box(&files)).expect("valid").cases.len()));
        group.bench_function("itineraries", |b| b.iter(|| Itineraries::of(black_box(&week)).all().len()));
        group.bench_function("gates", |b| b.iter(|| options::gate(black_box(&week)).cases.len()));
        group.bench_function("options", |b| b.iter(|| options::build(black_box(&week)).options.len()));
        group.finish();
    }
}

fn demo(criterion: &mut Criterion) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/demo");
    let settings = Settings { gap: 0.001, threads: 2, seed: 1 };
    let mut group = criterion.benchmark_group("demo");
    group.sample_size(10);
    group.bench_function("whole run", |b| {
        b.iter(|| {
            let week = read(&folder).expect("the demo week is valid");
            plan_week(&week, &settings, &Unlimited, week.now).expect("it can be planned").objective
        });
    });
    group.finish();
}

criterion_group!(benches, rooms, demo);
criterion_main!(benches);
