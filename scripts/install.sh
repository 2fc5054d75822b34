#!/usr/bin/env bash
# Makes the virtual environment named by its one argument and installs the pinned libraries and Moothall itself.
# PYTHON may name the interpreter; otherwise the first of the usual names that is new enough is taken.
set -euo pipefail

venv=$1
needed="3.11"

refuse() {
  echo "make setup: $1" >&2
  exit 1
}

is_new_enough() {
  "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
  local name
  for name in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
    if command -v "$name" >/dev/null && is_new_enough "$name"; then
      command -v "$name"
      return
    fi
  done
  if command -v "${PYTHON:-python3}" >/dev/null; then
    refuse "Moothall needs Python $needed or newer, and ${PYTHON:-python3} is $("${PYTHON:-python3}" --version 2>&1): install a newer one and name it, as in make setup PYTHON=python3.12."
  fi
  refuse "Moothall needs Python $needed or newer, and ${PYTHON:-python3} was not found: on Debian or Ubuntu run apt install python3 python3-venv."
}

python=$(find_python)
"$python" -c 'import ensurepip, venv' 2>/dev/null ||
  refuse "$python cannot make a virtual environment: on Debian or Ubuntu run apt install python3-venv."

if ! { [ -x "$venv/bin/python" ] && is_new_enough "$venv/bin/python" && "$venv/bin/python" -m pip --version >/dev/null 2>&1; }; then
  rm -rf "$venv"
  "$python" -m venv "$venv"
fi

echo "Installing the libraries of requirements.lock with $("$venv/bin/python" --version) ..."
export PIP_DISABLE_PIP_VERSION_CHECK=1
"$venv/bin/python" -m pip install --quiet --require-hashes --only-binary :all: --requirement requirements.lock ||
  refuse "the libraries could not be installed (pip's own words are above): check the connection to the package registry and run it again."
"$venv/bin/python" -m pip install --quiet --no-deps --no-build-isolation --editable . ||
  refuse "Moothall itself could not be installed (pip's own words are above)."
