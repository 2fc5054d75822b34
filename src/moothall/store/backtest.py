"""The result of the back-test as one text: beside the release files, and inside the build."""

from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from moothall.domain.backtest import BacktestResult

FACT = "backtest"
"""The key under which a build keeps the text."""


def backtest_file(releases_folder: Path) -> Path:
    """Where the result lies: ``data/backtest/result.json``, beside the releases."""
    return releases_folder.parent / "backtest" / "result.json"


def dump_result(result: BacktestResult) -> str:
    """The result as JSON; equal results give equal text."""
    return _adapter().dump_json(result).decode() + "\n"


def load_result(text: str) -> BacktestResult | None:
    """The result of a text; None where there is none, or where it is of another version of Moothall."""
    try:
        return _adapter().validate_json(text) if text else None
    except ValidationError:
        return None


@cache
def _adapter() -> TypeAdapter[BacktestResult]:
    return TypeAdapter(BacktestResult)
