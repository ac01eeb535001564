#!/bin/sh
# `./make demo` is `make demo` on a machine that may not have make yet: it installs what is missing, then hands over.
set -eu
cd "$(dirname "$0")"
command -v make >/dev/null 2>&1 || sh scripts/setup.sh demo
exec make "$@"
