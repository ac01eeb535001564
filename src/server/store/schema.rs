//! The tables, in steps that are applied once each, the same on SQLite and PostgreSQL. A step that has been released is never
//! edited: a change is a new step.

/// `{bytes}` is the type of binary data, which the two databases call differently.
pub(super) const STEPS: &[&[&str]] = &[
    &[
        "CREATE TABLE accounts (name TEXT PRIMARY KEY, roles TEXT NOT NULL, secret TEXT NOT NULL, closed BIGINT NOT NULL, \
     made_at TEXT NOT NULL)",
        "CREATE TABLE sessions (token TEXT PRIMARY KEY, account TEXT NOT NULL, made_at TEXT NOT NULL, seen_at TEXT NOT NULL)",
        "CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
        "CREATE TABLE journal (seq BIGINT PRIMARY KEY, at TEXT NOT NULL, who TEXT NOT NULL, action TEXT NOT NULL, \
     subject TEXT NOT NULL, why TEXT NOT NULL, detail TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL)",
        "CREATE INDEX journal_subject ON journal (subject, seq)",
        "CREATE TABLE blobs (digest TEXT PRIMARY KEY, bytes {bytes} NOT NULL)",
        "CREATE TABLE weeks (id TEXT PRIMARY KEY, week TEXT NOT NULL, state TEXT NOT NULL, version BIGINT NOT NULL, \
     folder BIGINT NOT NULL, plan BIGINT NOT NULL, published BIGINT NOT NULL, publication BIGINT NOT NULL, \
     editor TEXT NOT NULL, edited_at TEXT NOT NULL, approver TEXT NOT NULL, approved_at TEXT NOT NULL, made_at TEXT NOT NULL)",
        "CREATE TABLE folders (week TEXT NOT NULL, folder BIGINT NOT NULL, digest TEXT NOT NULL, made_at TEXT NOT NULL, \
     made_by TEXT NOT NULL, why TEXT NOT NULL, PRIMARY KEY (week, folder))",
        "CREATE TABLE folder_files (week TEXT NOT NULL, folder BIGINT NOT NULL, name TEXT NOT NULL, digest TEXT NOT NULL, \
     PRIMARY KEY (week, folder, name))",
        "CREATE TABLE plans (week TEXT NOT NULL, plan BIGINT NOT NULL, parent BIGINT NOT NULL, folder BIGINT NOT NULL, \
     kind TEXT NOT NULL, events TEXT NOT NULL, body TEXT NOT NULL, changes TEXT NOT NULL, objective DOUBLE PRECISION NOT NULL, \
     bound DOUBLE PRECISION NOT NULL, departures BIGINT NOT NULL, made_at TEXT NOT NULL, made_by TEXT NOT NULL, \
     why TEXT NOT NULL, PRIMARY KEY (week, plan))",
        "CREATE TABLE publications (week TEXT NOT NULL, number BIGINT NOT NULL, plan BIGINT NOT NULL, made_at TEXT NOT NULL, \
     made_by TEXT NOT NULL, PRIMARY KEY (week, number))",
        "CREATE TABLE runs (id TEXT PRIMARY KEY, week TEXT NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL, base BIGINT NOT NULL, \
     folder BIGINT NOT NULL, events TEXT NOT NULL, why TEXT NOT NULL, asked_by TEXT NOT NULL, asked_at TEXT NOT NULL, \
     seconds DOUBLE PRECISION NOT NULL, gap DOUBLE PRECISION NOT NULL, seed BIGINT NOT NULL, worker TEXT NOT NULL, \
     lease_until TEXT NOT NULL, attempts BIGINT NOT NULL, phase TEXT NOT NULL, incumbent DOUBLE PRECISION, \
     bound DOUBLE PRECISION, stop BIGINT NOT NULL, result BIGINT NOT NULL, error TEXT NOT NULL, ended_at TEXT NOT NULL)",
        "CREATE INDEX runs_waiting ON runs (state, asked_at)",
        "CREATE INDEX runs_of_week ON runs (week, asked_at)",
        "CREATE TABLE answers (account TEXT NOT NULL, key TEXT NOT NULL, digest TEXT NOT NULL, status BIGINT NOT NULL, \
     kind TEXT NOT NULL, body TEXT NOT NULL, made_at TEXT NOT NULL, PRIMARY KEY (account, key))",
    ],
    &["ALTER TABLE answers ADD COLUMN location TEXT NOT NULL DEFAULT ''"],
    // What is known beside a folder, and why a run failed, in the other language too.
    &[
        "ALTER TABLE runs ADD COLUMN told TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE runs ADD COLUMN pins TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE runs ADD COLUMN error_nl TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE plans ADD COLUMN told TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE plans ADD COLUMN pins TEXT NOT NULL DEFAULT ''",
        "CREATE TABLE notices (week TEXT NOT NULL, case_id TEXT NOT NULL, plan BIGINT NOT NULL, legs TEXT NOT NULL, slot TEXT NOT NULL, \
     given_at TEXT NOT NULL, marked_at TEXT NOT NULL, marked_by TEXT NOT NULL, why TEXT NOT NULL, PRIMARY KEY (week, case_id))",
        "CREATE TABLE figures (week TEXT PRIMARY KEY, plan BIGINT NOT NULL, body TEXT NOT NULL)",
        "CREATE TABLE webhooks (id TEXT PRIMARY KEY, url TEXT NOT NULL, secret TEXT NOT NULL, made_at TEXT NOT NULL, \
     made_by TEXT NOT NULL)",
        "CREATE TABLE deliveries (id TEXT PRIMARY KEY, hook TEXT NOT NULL, body TEXT NOT NULL, state TEXT NOT NULL, \
     attempts BIGINT NOT NULL, next_at TEXT NOT NULL, said TEXT NOT NULL, made_at TEXT NOT NULL)",
        "CREATE INDEX deliveries_waiting ON deliveries (state, next_at)",
        "ALTER TABLE accounts ADD COLUMN subject TEXT NOT NULL DEFAULT ''",
        "CREATE TABLE logins (state TEXT PRIMARY KEY, nonce TEXT NOT NULL, verifier TEXT NOT NULL, next TEXT NOT NULL, \
     made_at TEXT NOT NULL)",
    ],
    // The order in which runs were asked for, whatever the clock did in between.
    &["ALTER TABLE runs ADD COLUMN place BIGINT NOT NULL DEFAULT 0", "CREATE INDEX runs_in_line ON runs (place)"],
    // What planners have pinned by hand, and what a run was asked for by that.
    &[
        "CREATE TABLE pins (week TEXT NOT NULL, case_id TEXT NOT NULL, legs TEXT NOT NULL, why TEXT NOT NULL, set_at TEXT NOT NULL, \
     set_by TEXT NOT NULL, PRIMARY KEY (week, case_id))",
        "ALTER TABLE runs ADD COLUMN about TEXT NOT NULL DEFAULT ''",
    ],
];
