//! Tiny weeks.

use super::rows;
use vertrek::synth::tiny;
use vertrek::week::read::read_files;

#[test]
fn tiny_weeks_are_the_same_for_the_same_seed_only() {
    assert_eq!(tiny(7), tiny(7));
    assert_ne!(tiny(7), tiny(8));
}

#[test]
fn tiny_weeks_read_clean() {
    for seed in 0..2000 {
        let read = read_files(&tiny(seed));
        assert!(read.is_ok(), "seed {seed}: {:?}", read.err());
    }
}

#[test]
fn tiny_weeks_stay_tiny() {
    for seed in 0..2000 {
        let files = tiny(seed);
        let count = |table| rows(&files, table).len();
        let (cases, transfers) = (count("cases.csv"), count("transfers.csv"));
        assert!((2..=5).contains(&cases), "seed {seed}: {cases} cases");
        assert!((1..=4).contains(&count("escorts.csv")), "seed {seed}: escorts");
        assert!((1..=3).contains(&count("shifts.csv")), "seed {seed}: shifts");
        assert!(
            (1..=3).contains(&transfers) && cases + transfers <= 6,
            "seed {seed}: {cases} cases, {transfers} transfers"
        );
        assert!(count("duties.csv") <= 2, "seed {seed}: duties");
        assert!(count("legs.csv") <= 7 && count("contact_slots.csv") <= 7, "seed {seed}: legs, slots");
    }
}
