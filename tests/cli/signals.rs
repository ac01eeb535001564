//! Runs that are stopped: Ctrl-C gives the best plan so far, and no moment of death leaves half an output folder.

use crate::{Desk, command, files, lasting, passes_check, plan_arguments, vertrek, week};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Sends a signal by name.
fn signal(child: &Child, name: &str) {
    let sent = Command::new("sh").arg("-c").arg(format!("kill -{name} {}", child.id())).status();
    assert!(sent.expect("a shell").success());
}

/// A day of rides that takes far longer to plan than any test waits: forty transfers crossing a square, five vehicles.
fn long_day(desk: &Desk) -> PathBuf {
    let folder = desk.path("long");
    fs::create_dir(&folder).expect("a folder");
    let mut locations = "location,name,kind,lat,lon,pickup_from,pickup_until\nDEP,,depot,52.0,5.0,,\n".to_owned();
    let mut transfers =
        "transfer,persons,class,wheelchairs,from,to,pickup_from,pickup_until,dropoff_from,dropoff_until,\
                         load_minutes,unload_minutes,max_ride_minutes\n"
            .to_owned();
    for n in 0..40_u32 {
        for (end, spread) in [("A", 7919), ("B", 104_729)] {
            let (lat, lon) = ((n + 1) * spread % 61, (n + 1) * spread % 97);
            let _ = writeln!(locations, "{end}{n},,other,51.{:03},5.{:03},,", 700 + lat * 5, lon * 5);
        }
        let hour = 6 + n % 12;
        let _ = writeln!(
            transfers,
            "T{n},1,m,0,A{n},B{n},2027-01-18T{hour:02}:00:00+01:00,2027-01-18T{:02}:30:00+01:00,\
             2027-01-18T{hour:02}:10:00+01:00,2027-01-18T{:02}:00:00+01:00,3,3,90",
            hour + 1,
            hour + 3
        );
    }
    let mut shifts =
        "shift,vehicle,depot,seats,wheelchairs,compartments,from,until,max_hours,fixed,per_km,per_hour\n".to_owned();
    for n in 0..5 {
        let _ = writeln!(
            shifts,
            "V{n},B{n},DEP,3,0,1,2027-01-18T04:00:00+01:00,2027-01-18T23:59:00+01:00,,{},1,{}",
            100 + 7 * n,
            20 + n
        );
    }
    let head = "week = \"2027-W03\"\nnow = 2027-01-14T08:30:00+01:00\nstart = 2027-01-18T00:00:00+01:00\n\
                end = 2027-01-25T00:00:00+01:00\nhome_airports = []\n";
    for (name, text) in
        [("week.toml", head), ("locations.csv", &locations), ("transfers.csv", &transfers), ("shifts.csv", &shifts)]
    {
        fs::write(folder.join(name), text).expect("a file");
    }
    folder
}

fn a_signal_gives_the_best_plan_so_far(name: &str) {
    let desk = Desk::new();
    let (week, out) = (long_day(&desk), desk.path("out"));
    let mut arguments = plan_arguments(&week, &out);
    arguments.extend(["--gap".to_owned(), "0".to_owned()]);
    let child = command(&arguments).spawn().expect("the binary runs");
    sleep(Duration::from_millis(500));
    signal(&child, name);
    let run: crate::Run = child.wait_with_output().expect("the binary ends").into();
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(run.out.contains("Stopped on request: this is the best plan found until then."), "{}", run.out);
    let plan = lasting(&fs::read(out.join("plan.json")).expect("plan.json"));
    assert_ne!(plan["status"], "optimal", "the day is not long enough");
    assert!(plan["bound"].as_f64() >= plan["objective"].as_f64(), "{plan}");
    passes_check(&week, &out);
    assert_eq!(desk.names(), ["long", "out"]);
}

#[test]
fn ctrl_c_gives_the_best_plan_so_far() {
    a_signal_gives_the_best_plan_so_far("INT");
}

#[test]
fn a_machine_that_shuts_down_gives_the_best_plan_so_far() {
    a_signal_gives_the_best_plan_so_far("TERM");
}

/// What an output folder holds, but for what differs from run to run: the moment it was made and the seconds it took.
fn content(out: &Path) -> BTreeMap<String, String> {
    let lasts = |name: &str, bytes: &[u8]| match name {
        "plan.json" => lasting(bytes).to_string(),
        _ => {
            let text = String::from_utf8(bytes.to_vec()).expect("UTF-8");
            let differs = ["DTSTAMP", "SEQUENCE", "  Made in ", "  Gemaakt in "];
            let lines = text.lines().filter(|line| !differs.iter().any(|start| line.starts_with(start)));
            lines.collect::<Vec<_>>().join("\n")
        }
    };
    files(out).into_iter().map(|(name, bytes)| (name.clone(), lasts(&name, &bytes))).collect()
}

#[test]
fn a_run_killed_at_any_moment_leaves_the_old_output_or_the_new_one() {
    let desk = Desk::new();
    let weeks = [week(), desk.tiny(3)];
    let out = desk.path("out");
    let started = Instant::now();
    let whole = weeks.clone().map(|week| {
        assert_eq!(vertrek(&plan_arguments(&week, &out)).code, Some(0));
        content(&out)
    });
    // How long a run takes is learnt on the way: a run that ended before it was killed was shorter than thought.
    let mut run = started.elapsed() / 2;
    let (mut old, mut killed, mut moment) = (1, 0, 0_u32);
    while killed < 30 {
        moment += 1;
        assert!(moment < 2_000, "every run ends before it can be killed");
        let new = 1 - old;
        let mut child = command(&plan_arguments(&weeks[new], &out)).spawn().expect("the binary runs");
        // Moments spread over the length of a run, the later half closer together: the writing comes last.
        let share = f64::from(moment * 27 % 40) / 40.0;
        sleep(run.mul_f64(share.sqrt() * 1.1));
        child.kill().expect("a signal");
        let ended = child.wait().expect("the binary ends").success();
        (run, killed) = if ended { (run.mul_f64(0.97), killed) } else { (run.mul_f64(1.01), killed + 1) };
        let found = content(&out);
        if found == whole[new] {
            old = new;
        } else {
            let other = |whole: &BTreeMap<String, String>| -> BTreeSet<String> {
                let names = found.keys().chain(whole.keys());
                names.filter(|name| found.get(*name) != whole.get(*name)).cloned().collect()
            };
            let (from_old, from_new) = (other(&whole[old]), other(&whole[new]));
            assert!(
                from_old.is_empty(),
                "moment {moment}: other than the old in {from_old:?}, than the new in {from_new:?}"
            );
        }
    }
    // What the killed runs left beside it goes with the next run.
    assert_eq!(vertrek(&plan_arguments(&weeks[0], &out)).code, Some(0));
    assert_eq!(desk.names(), ["out", "tiny-3"]);
}
