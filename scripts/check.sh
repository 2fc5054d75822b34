#!/usr/bin/env bash
# What `make check` runs, with the programs of the folder BIN: style first, for it takes a second; then types, imports,
# words and catalogue beside the fast tests, and told after them. Fails if any of them does.
set -uo pipefail

bin=$1
"$bin/ruff" check . || exit 1
"$bin/ruff" format --check . || exit 1

check_texts() {
  local failed=0
  "$bin/mypy" || failed=1
  "$bin/lint-imports" || failed=1
  "$bin/python" scripts/glossary_lint.py || failed=1
  "$bin/moothall" check --catalogue || failed=1
  return $failed
}

said=$(mktemp)
check_texts >"$said" 2>&1 &
texts=$!
trap 'kill "$texts" 2>/dev/null; rm -f "$said"' EXIT

scripts/run_tests.sh 3 "$bin/python" -n 2 --dist worksteal -q -m "not slow and not browser"
tests=$?
wait "$texts"
checks=$?

echo
cat "$said"
[ $tests = 0 ] || echo "The fast tests fail: see above." >&2
[ $checks = 0 ] || echo "Types, imports, words or the catalogue have a fault: see above." >&2
[ $tests = 0 ] && [ $checks = 0 ]
