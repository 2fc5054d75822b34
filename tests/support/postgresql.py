"""A PostgreSQL server of Debian's, started for one test on a private socket: no port, no password, gone afterwards."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

ROLE = "moothall"


def find_programs() -> Path | None:
    """The folder that holds initdb and pg_ctl; None where PostgreSQL is not installed."""
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / "pg_ctl").exists() and (folder / "initdb").exists():
            return folder
    found = shutil.which("pg_ctl")
    return Path(found).parent if found else None


def server_user() -> str | None:
    """Whom the server runs as: PostgreSQL refuses the administrator, so that one lends it another user."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


@contextmanager
def postgresql(programs: Path) -> Iterator[str]:
    """The address of an empty database until the block ends."""
    user, folder = server_user(), Path(tempfile.mkdtemp(prefix="moothall-pg-"))
    if user:
        shutil.chown(folder, user)

    def run(program: str, *arguments: str) -> None:
        command = [str(programs / program), *arguments]
        subprocess.run(command, check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    data = str(folder / "data")
    try:
        run("initdb", "--pgdata", data, "--username", ROLE, "--auth", "trust", "--encoding", "UTF8", "--no-sync")
        settings = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
        run("pg_ctl", "--pgdata", data, "--wait", "--options", settings, "start")
        yield f"postgresql://{ROLE}@{quote(str(folder), safe='')}/postgres"
    finally:
        subprocess.run(
            [str(programs / "pg_ctl"), "--pgdata", data, "--mode", "immediate", "stop"],
            user=user, cwd="/", check=False, capture_output=True,
        )  # fmt: skip
        shutil.rmtree(folder, ignore_errors=True)
