//! Where a plan may be written: an earlier output is replaced, nothing else is ever lost.

use crate::{Desk, files, passes_check, plan_arguments, vertrek, week};
use std::fs;
use std::path::Path;

/// The names of the files of an output folder.
fn names(out: &Path) -> Vec<String> {
    files(out).into_iter().map(|(name, _)| name).collect()
}

#[test]
fn an_earlier_output_is_replaced_whole() {
    let desk = Desk::new();
    let (week, tiny, out) = (week(), desk.tiny(3), desk.path("out"));
    assert_eq!(vertrek(&plan_arguments(&week, &out)).code, Some(0));
    let first = names(&out);
    assert_eq!(vertrek(&plan_arguments(&tiny, &out)).code, Some(0));
    passes_check(&tiny, &out);
    assert_ne!(names(&out), first, "the weeks have other escorts and vehicles");
    assert_eq!(vertrek(&plan_arguments(&week, &out)).code, Some(0));
    assert_eq!(names(&out), first);
    assert_eq!(desk.names(), ["out", "tiny-3"], "nothing is left beside it");
}

#[test]
fn an_empty_folder_is_filled() {
    let desk = Desk::new();
    let out = desk.path("out");
    fs::create_dir(&out).expect("a folder");
    assert_eq!(vertrek(&plan_arguments(&week(), &out)).code, Some(0));
    passes_check(&week(), &out);
}

#[test]
fn what_is_no_earlier_output_is_refused_and_kept() {
    let desk = Desk::new();
    let week = desk.copy();
    let before = files(&week);
    let (file, notes, other) = (desk.path("file"), desk.path("notes"), desk.path("other"));
    fs::write(&file, "mine").expect("a file");
    for folder in [&notes, &other] {
        fs::create_dir(folder).expect("a folder");
    }
    fs::write(notes.join("plan.json"), "{}").expect("a file");
    fs::write(notes.join("remarks.docx"), "mine").expect("a file");
    fs::write(other.join("rosters.csv"), "mine").expect("a file");
    for (out, english, dutch) in [
        (&file, "it is a file", "het is een bestand"),
        (&notes, "it holds remarks.docx, which is no part of a plan", "remarks.docx staat erin"),
        (&other, "it holds files but no plan.json", "maar geen plan.json"),
        (&week, "which is no part of a plan", "dat hoort niet bij een plan"),
    ] {
        for (lang, said) in [("en", english), ("nl", dutch)] {
            let mut arguments = plan_arguments(&week, out);
            arguments.extend(["--lang".to_owned(), lang.to_owned()]);
            let run = vertrek(&arguments);
            assert_eq!(run.code, Some(2), "{run:?}");
            assert!(run.err.contains(said) && run.err.contains(&*out.to_string_lossy()), "{}", run.err);
            assert!(run.out.is_empty(), "{}", run.out);
        }
    }
    assert_eq!(files(&week), before);
    assert_eq!(files(&notes).len() + files(&other).len(), 3);
    assert_eq!(fs::read_to_string(&file).expect("the file"), "mine");
    assert_eq!(desk.names(), ["file", "notes", "other", "week"]);
}

#[test]
fn an_output_inside_the_week_folder_changes_nothing_about_the_week() {
    let desk = Desk::new();
    let week = desk.copy();
    let out = week.join("out");
    let digest = || {
        assert_eq!(vertrek(&plan_arguments(&week, &out)).code, Some(0));
        passes_check(&week, &out);
        crate::lasting(&fs::read(out.join("plan.json")).expect("plan.json"))["input_digest"].clone()
    };
    assert_eq!(digest(), digest());
}

#[cfg(target_os = "linux")]
#[test]
fn a_place_where_nothing_can_be_written_is_refused_before_planning() {
    // Not even root can make a folder here.
    let out = Path::new("/proc/vertrek/out");
    let run = vertrek(&plan_arguments(&week(), out));
    assert_eq!(run.code, Some(2));
    assert!(run.out.is_empty(), "{}", run.out);
    assert!(run.err.starts_with("error: cannot write to /proc/vertrek/out: "), "{}", run.err);
}

#[test]
fn a_folder_without_a_name_is_refused() {
    let run = vertrek(&plan_arguments(&week(), Path::new("/")));
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("name a folder, for example out/2027-W03"), "{}", run.err);
}
