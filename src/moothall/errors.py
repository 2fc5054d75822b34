"""Everything that can go wrong, on one page, written for the person who can act.

    MoothallError                exit code 1    anything below
    +-- UsageError               exit code 2    a wrong word on the command line or in an address
    |   +-- UnknownName          exit code 2    an authority, metric, period or group that we do not know
    +-- CatalogueError           exit code 3    a definition under catalogue/ that does not hold
    +-- FetchError               exit code 4    a file that could not be fetched whole
    +-- ReadError                exit code 5    a publisher's file that does not fit its description
    +-- CheckError               exit code 6    figures that fail a check
    +-- ReleaseError             exit code 7    a release file that is missing, damaged or altered
    +-- BuildError               exit code 8    the build could not be written; the last one is untouched
    +-- NoBuild                  exit code 9    nothing has been built yet

Each message is one clear sentence: what is wrong, where, and what to do.
"""

from collections.abc import Sequence


class MoothallError(Exception):
    """Anything that Moothall reports as one sentence and a non-zero exit code."""

    exit_code = 1


class UsageError(MoothallError):
    """A wrong word on the command line or in an address."""

    exit_code = 2


class UnknownName(UsageError):
    """A name that we do not know; ``suggestions`` are names close to it."""

    def __init__(self, message: str, suggestions: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.suggestions = tuple(suggestions)


class CatalogueError(MoothallError):
    """One or more definitions that do not hold; ``problems`` has one sentence each."""

    exit_code = 3

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class FetchError(MoothallError):
    """A file that could not be fetched whole."""

    exit_code = 4


class ReadError(MoothallError):
    """A publisher's file that does not fit its description in the catalogue."""

    exit_code = 5


class CheckError(MoothallError):
    """Figures that fail a check; ``problems`` has one sentence each."""

    exit_code = 6

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class ReleaseError(MoothallError):
    """A release file that is missing, damaged or altered."""

    exit_code = 7


class BuildError(MoothallError):
    """The build could not be written; the last good one is untouched."""

    exit_code = 8


class NoBuild(MoothallError):
    """There is no build to read yet."""

    exit_code = 9
