"""Run a program so that Ctrl-C reaches it alone, and give back its exit code.

    .venv/bin/python scripts/foreground.py .venv/bin/moothall serve

`make` would otherwise be interrupted together with the server, and call a clean stop an error. In the foreground of a
terminal the program gets a group of its own, and SIGTERM and SIGHUP are passed on; elsewhere it is simply run.
"""

import os
import signal
import sys
from types import FrameType

PASSED_ON = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)


def start(arguments: list[str], terminal: int) -> int:
    """Start the program in a group of its own that holds the terminal; gives back its process id."""
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)
        os.tcsetpgrp(terminal, os.getpid())
        signal.signal(signal.SIGTTOU, signal.SIG_DFL)
        try:
            os.execvp(arguments[0], arguments)
        except OSError as error:
            print(f"{arguments[0]} cannot be started: {error.strerror}. Run make setup.", file=sys.stderr)
            os._exit(127)
    return child


def wait(child: int, terminal: int) -> int:
    """Wait for the program; on Ctrl-Z stop with it and, when woken, wake it. Gives back its exit code."""
    while True:
        _, state = os.waitpid(child, os.WUNTRACED)
        os.tcsetpgrp(terminal, os.getpgrp())
        if not os.WIFSTOPPED(state):
            return os.waitstatus_to_exitcode(state)
        os.killpg(os.getpgrp(), signal.SIGTSTP)
        os.tcsetpgrp(terminal, child)
        os.killpg(child, signal.SIGCONT)


def has_terminal() -> bool:
    """Whether we run in the foreground of a terminal."""
    return sys.stdin.isatty() and os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()


def main(arguments: list[str]) -> int:
    """Run the program named by the arguments; its exit code, or 128 and the number of the signal that ended it."""
    if not has_terminal():
        os.execvp(arguments[0], arguments)
    terminal = sys.stdin.fileno()
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    child = start(arguments, terminal)

    def pass_on(number: int, _frame: FrameType | None) -> None:
        os.kill(child, number)

    for number in PASSED_ON:
        signal.signal(number, pass_on)
    code = wait(child, terminal)
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
