#!/usr/bin/env bash
# Makes sure that Chromium is there for the browser tests: Debian's package, installed by apt if it is missing.
# MOOTHALL_CHROMIUM may name another one.
set -euo pipefail

refuse() {
  echo "make test: $1" >&2
  exit 1
}

if [ -n "${MOOTHALL_CHROMIUM:-}" ]; then
  [ -x "$MOOTHALL_CHROMIUM" ] || refuse "MOOTHALL_CHROMIUM names $MOOTHALL_CHROMIUM, which is not a program."
  exit 0
fi
command -v chromium >/dev/null && exit 0

remedy="install it (on Debian: apt install chromium) or name one in MOOTHALL_CHROMIUM, then run make test again."
command -v apt-get >/dev/null || refuse "the browser tests need Chromium and it was not found: $remedy"
if [ "$(id -u)" = 0 ]; then
  as_root=()
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
  as_root=(sudo -n)
else
  refuse "the browser tests need Chromium and only an administrator can install it here: $remedy"
fi

echo "Installing Chromium for the browser tests (apt install chromium) ..."
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { "${as_root[@]}" apt-get update && DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install --yes --no-install-recommends chromium; } >"$log" 2>&1; then
  tail -n 5 "$log" >&2
  refuse "the browser tests need Chromium and apt could not install it (its last words are above): $remedy"
fi
command -v chromium >/dev/null || refuse "apt installed chromium but the command is not there: $remedy"
