#!/bin/sh
# Walks through the board of the program that was built, in Chromium. `browser.sh --where-possible` says so and goes on where
# there is no browser; without it that is a failure.
set -eu
cd "$(dirname "$0")/.."
if [ ! -e browser/node_modules/playwright-core ]; then
    echo "browser: the walks of the board need Chromium, node and npm; on Debian: apt-get install chromium nodejs npm, then npm ci --prefix browser" >&2
    [ "${1:-}" = --where-possible ] || exit 1
    exit 0
fi
exec node --test --test-reporter=spec browser/walks/*.test.mjs
