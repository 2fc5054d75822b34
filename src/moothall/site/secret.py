"""The key that signs sessions and links: from the environment, else from a private file made at the first start."""

import os
import secrets
from pathlib import Path

SHORTEST = 50
KEY_VARIABLE = "MOOTHALL_SECRET_KEY"


def secret_key(file: Path) -> str:
    """The key of this site; all its workers read the same file.

    Where the file can neither be read nor made, a key of this process: the explorer works, signing in does not last.
    """
    named = os.environ.get(KEY_VARIABLE)
    if named:
        return named
    try:
        return _kept_key(file)
    except OSError:
        return _new_key()


def _kept_key(file: Path) -> str:
    """The key in the file. It is written whole under another name and linked, so that two starts agree on one."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f"{file.name}.{os.getpid()}.lock")
        draft.touch(mode=0o600, exist_ok=False)
        draft.write_text(_new_key(), encoding="ascii")
        try:
            os.link(draft, file)
        except FileExistsError:
            """Another start was first; its key is the one."""
        finally:
            draft.unlink()
    key = file.read_text(encoding="ascii").strip()
    return key if len(key) >= SHORTEST else _new_key()


def _new_key() -> str:
    return secrets.token_urlsafe(SHORTEST)
