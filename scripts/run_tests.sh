#!/usr/bin/env bash
# Runs pytest, whose temporary files are many: in memory where GIGABYTES of it are to spare, else on the disk.
#   run_tests.sh GIGABYTES PYTHON [ARGUMENT ...]
# Afterwards they are removed. Where a test fails they stay until the next run, for it may have named one.
set -uo pipefail

needed=$1 python=$2
shift 2

spare_memory() {
  local room memory
  room=$(df --output=avail --block-size=1G /dev/shm 2>/dev/null | tail -n 1)
  memory=$(awk '/^MemAvailable/ { print int($2 / 1048576) }' /proc/meminfo 2>/dev/null)
  echo $((${room:-0} < ${memory:-0} ? ${room:-0} : ${memory:-0}))
}

place=${TMPDIR:-/tmp}
[ "$(spare_memory)" -ge "$needed" ] && [ -w /dev/shm ] && place=/dev/shm

mark=moothall-$(id -u)-$(pwd | cksum | cut -d ' ' -f 1)
for left in "$place/$mark".*/.failed; do
  [ -e "$left" ] && rm -rf "$(dirname "$left")"
done

folder=$(mktemp -d "$place/$mark.XXXXXX") || exit 1
# Whoever a test lends a folder to, such as the user of a database, has to pass through.
chmod 711 "$folder"
trap 'rm -rf "$folder"; exit 130' INT TERM

# Compiled tests are kept, whatever the machine's habit: else each worker compiles all of them in each run.
TMPDIR=$folder env -u PYTHONDONTWRITEBYTECODE "$python" -m pytest "$@"
status=$?
if [ $status = 0 ]; then
  rm -rf "$folder"
else
  touch "$folder/.failed"
fi
exit $status
