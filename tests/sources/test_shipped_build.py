"""The build of the shipped figures: what it keeps worked out is what its rows say."""

from contextlib import closing
from datetime import date
from pathlib import Path

from moothall.store import Store
from tests.support.panels import assert_same_panel


def test_every_panel_that_the_build_holds_is_put_together_from_its_rows(shipped: Path) -> None:
    with closing(Store.open(shipped)) as store:
        view = store.as_of(date.max)
        metrics = [metric.id for metric in store.catalogue.metrics.values() if metric.value]
        assert len(metrics) > 380
        for metric in metrics:
            assert_same_panel(view.panel(metric), store.panel(metric))
