//! The journal: chained entries, of which none can be changed, taken out or put in unseen.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use vertrek::journal::{Broken, Entry, chained, digest, read};

fn journal() -> Vec<Entry<String>> {
    let mut entries: Vec<Entry<String>> = Vec::new();
    for word in ["one", "two", "three", "four"] {
        let entry = chained(entries.last(), word.to_owned());
        entries.push(entry);
    }
    entries
}

fn text(entries: &[Entry<String>]) -> String {
    entries.iter().map(|entry| serde_json::to_string(entry).unwrap() + "\n").collect()
}

#[test]
fn a_journal_reads_back_as_it_was_written() {
    assert_eq!(read::<String>(&text(&journal())).unwrap(), journal());
    assert_eq!(read::<String>("").unwrap(), Vec::new());
    // As any other program computes it.
    assert_eq!(digest(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_eq!(journal()[0].hash, digest(b"\n\"one\""));
}

#[test]
fn whatever_is_changed_in_a_journal_is_seen() {
    let broken = |entries: &[Entry<String>]| read::<String>(&text(entries)).unwrap_err();
    for at in 0..4 {
        let mut entries = journal();
        entries[at].body = "five".to_owned();
        assert_eq!(broken(&entries), Broken { line: at + 1 });
        // With its own hash made right, the next does not follow.
        entries[at] = chained(at.checked_sub(1).map(|before| &entries[before]), "five".to_owned());
        if at < 3 {
            assert_eq!(broken(&entries), Broken { line: at + 2 });
        }
    }
    // Cut off at its end it is a journal still: who keeps the last hash elsewhere sees it.
    let (whole, cut) = (journal(), journal()[..3].to_vec());
    assert_eq!(read::<String>(&text(&cut)).unwrap(), cut);
    assert_ne!(cut.last().unwrap().hash, whole.last().unwrap().hash);
    for at in 0..3 {
        let mut entries = journal();
        entries.remove(at);
        assert_eq!(broken(&entries), Broken { line: at + 1 });
        let mut entries = journal();
        entries.swap(at, at + 1);
        assert_eq!(broken(&entries), Broken { line: at + 1 });
    }
    assert_eq!(read::<String>("no entry\n").unwrap_err(), Broken { line: 1 });
}
