"""The two lock files pin everything with a hash and name no host, so that any registry or mirror will do."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = re.compile(
    r"://|^\s*(-i\b|-f\b|--index-url|--extra-index-url|--find-links|--trusted-host)| @ |file:|^/", re.M
)
PINNED = re.compile(r"^[a-z0-9.-]+==\S+( ; [^\\]+)?( \\\n    --hash=sha256:[0-9a-f]{64})+$")


def find_lock_faults(text: str) -> list[str]:
    """One sentence for each address, and each requirement that is not pinned with a hash, in a requirements file."""
    faults = [f"it holds an address: {text[at.start() : at.start() + 40]!r}" for at in ADDRESS.finditer(text)]
    code = re.sub(r"(?m)^\s*#.*\n?", "", text).strip()
    requirements = re.split(r"\n(?=\S)", code)
    return faults + [f"{item.split()[0]} has no hash" for item in requirements if not PINNED.match(item.rstrip())]


def find_npm_faults(lock: dict[str, Any]) -> list[str]:
    """One sentence for each package of package-lock.json that names an address or has no integrity."""
    packages = {name: package for name, package in lock["packages"].items() if name}
    faults = [f"{name} names an address" for name, package in packages.items() if "resolved" in package]
    return faults + [f"{name} has no integrity" for name, package in packages.items() if "integrity" not in package]


def test_requirements_lock() -> None:
    assert find_lock_faults((ROOT / "requirements.lock").read_text(encoding="utf-8")) == []


def test_package_lock() -> None:
    text = (ROOT / "assets" / "package-lock.json").read_text(encoding="utf-8")
    assert find_npm_faults(json.loads(text)) == []
    assert "registry" not in text


def test_npm_leaves_addresses_out() -> None:
    assert "omit-lockfile-registry-resolved=true" in (ROOT / "assets" / ".npmrc").read_text(encoding="utf-8")


HASH = "--hash=sha256:" + "0" * 64


@pytest.mark.parametrize(
    ("lock", "faults"),
    [
        (f"# via x\nhttpx==1.0 \\\n    {HASH} \\\n    {HASH}\n    # via y\n", 0),
        (f"colorama==1.0 ; sys_platform == 'win32' \\\n    {HASH}\n", 0),
        ("httpx==1.0\n", 1),
        (f"httpx>=1.0 \\\n    {HASH}\n", 1),
        (f"http://example.org/x\nhttpx==1.0 \\\n    {HASH}\n", 2),
        (f"--index-url x\nhttpx==1.0 \\\n    {HASH}\n", 2),
    ],
)
def test_a_loose_requirement_is_noticed(lock: str, faults: int) -> None:
    assert len(find_lock_faults(lock)) == faults


@pytest.mark.parametrize(
    ("package", "faults"),
    [({"integrity": "sha512-x"}, 0), ({}, 1), ({"integrity": "sha512-x", "resolved": "x"}, 1)],
)
def test_a_loose_package_is_noticed(package: dict[str, str], faults: int) -> None:
    assert len(find_npm_faults({"packages": {"": {}, "node_modules/x": package}})) == faults
