# What a newcomer types. `demo` and `test` install what the machine lacks (scripts/setup.sh), then do their job.
# Everything runs in one cargo profile, release: HiGHS is compiled from C++ once a profile, and that takes minutes.

CARGO_FLAGS := --release --locked

.PHONY: demo board test browser screenshots faults check bench audit setup

# A small week planned, shown and written to out/demo.
demo:
	@sh scripts/setup.sh demo
	cargo build $(CARGO_FLAGS) --bin vertrek
	@cargo run $(CARGO_FLAGS) --quiet --bin vertrek -- plan fixtures/demo --out out/demo

# The planners' board on the same week, on http://127.0.0.1:8080/.
board:
	@sh scripts/setup.sh demo
	cargo build $(CARGO_FLAGS) --bin vertrek
	@cargo run $(CARGO_FLAGS) --quiet --bin vertrek -- serve --demo fixtures/demo

# Every test of the workspace, the examples in its documentation, and the walks of the board in a browser.
test: setup
	@if cargo nextest --version >/dev/null 2>&1; then \
		set -x; cargo nextest run $(CARGO_FLAGS) --workspace; \
	else \
		set -x; cargo test $(CARGO_FLAGS) --workspace --lib --bins --tests; \
	fi
	cargo test $(CARGO_FLAGS) --workspace --doc
	@sh scripts/browser.sh --where-possible

# The real work, every page with axe and by keyboard, print and two planners at once, in Chromium against the real program.
browser: setup
	cargo build $(CARGO_FLAGS) --bin vertrek
	@sh scripts/browser.sh

# Every picture of docs/board.md anew, from the running program.
screenshots: setup
	cargo build $(CARGO_FLAGS) --bin vertrek
	node browser/pictures.mjs

# The long run of faults: 200 kills on each store; full disks, restarts and jumps of the clock as in the tests.
faults: setup
	VERTREK_KILLS=200 cargo test $(CARGO_FLAGS) --workspace --test server -- --nocapture --test-threads 1 \
		kills:: disk:: restart:: clocks:: workers::

# What a change must also keep: form, lints, documentation, licences of what it depends on.
check: setup
	cargo fmt --all --check
	cargo clippy $(CARGO_FLAGS) --workspace --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc $(CARGO_FLAGS) --workspace --no-deps
	@if cargo deny --version >/dev/null 2>&1; then \
		set -x; cargo deny --locked check bans licenses sources; \
	else \
		echo "cargo-deny is not installed: licences and sources of dependencies not checked (cargo install cargo-deny --locked)"; \
	fi

# Published security advisories on dependencies; needs cargo-deny and the network.
audit:
	cargo deny --locked check advisories

# Benchmarks; benches/README.md says what they measure.
bench:
	cargo bench --locked --workspace

setup:
	@sh scripts/setup.sh
