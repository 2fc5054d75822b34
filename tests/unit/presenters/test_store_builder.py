"""The fake store is verified: what it has and answers has the shape of the real one."""

import inspect

from moothall.presenters.figures.reading import FigureStore
from moothall.store import NO_ROW, Cell, Panel, Store
from tests.support.store_builder import FakeStore, make_store

TABLE = """
              2020-21   2021-22
Leeds         38.7p     38.2 [37.0, 39.4]
Bradford      missing   -
"""


def public_names(kind: type) -> set[str]:
    return {name for name in dir(kind) if not name.startswith("_")}


def test_the_protocol_is_part_of_the_store_and_of_the_fake() -> None:
    wanted = public_names(FigureStore)
    fake = public_names(FakeStore) | set(FakeStore.__dataclass_fields__)
    assert wanted <= fake
    assert wanted - {"panel", "reasons"} <= public_names(Store)
    source = inspect.getsource(Store)
    assert "self.panel =" in source
    assert "self.reasons =" in source


def test_methods_take_the_same_arguments() -> None:
    same = ("summary", "cell", "newest_cells", "revisions", "as_of")
    for name, real in {**{name: getattr(Store, name) for name in same}, "panel": Store._panel}.items():
        fake = getattr(FakeStore, name)
        assert list(inspect.signature(fake).parameters) == list(inspect.signature(real).parameters), name


def test_a_table_becomes_a_panel_with_reasons_and_cells() -> None:
    store = make_store({"recycling": TABLE})
    panel = store.panel("recycling")
    assert isinstance(panel, Panel)
    assert panel.values.shape == (2, 2)
    assert panel.values[panel.index["LEEDS"], 1] == 38.2
    assert panel.statuses[panel.index["BRADFO"], 1] == NO_ROW
    assert store.reasons("recycling") == {("BRADFO", "2020-21"): "The council did not send a figure."}
    cell = store.cell("recycling", "LEEDS", "2021-22")
    assert isinstance(cell, Cell)
    assert (cell.value, cell.lower_95, cell.upper_95) == (38.2, 37.0, 39.4)
    assert store.cell("recycling", "BRADFO", "2021-22") is None
