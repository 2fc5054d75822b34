#!/usr/bin/env bash
# Installs Debian's PostgreSQL where it may, so that taking part is tested on it too. Where it may not, it says so and
# the tests go on: one is then skipped, with the reason.
set -euo pipefail

{ ls /usr/lib/postgresql/*/bin/initdb || command -v initdb; } >/dev/null 2>&1 && exit 0

without="make test: taking part is tested on SQLite only; to test it on PostgreSQL too, apt install postgresql."
command -v apt-get >/dev/null || { echo "$without" >&2; exit 0; }
if [ "$(id -u)" = 0 ]; then
  as_root=()
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
  as_root=(sudo -n)
else
  echo "$without" >&2
  exit 0
fi

echo "Installing PostgreSQL for the tests of taking part (apt install postgresql) ..."
DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install --yes --no-install-recommends postgresql >/dev/null 2>&1 || echo "$without" >&2
