"""JSON Schemas of every kind of catalogue file, so that an editor can complete keys and underline mistakes.

``python -m moothall.catalogue.export`` writes them to ``catalogue/schema``.
"""

import json
from pathlib import Path

from moothall.catalogue.actions import ActionsFile, LedgerEntry
from moothall.catalogue.consultations import ConsultationEntry
from moothall.catalogue.fields import Entry
from moothall.catalogue.framework import FrameworkEntry
from moothall.catalogue.places import catalogue_folder
from moothall.catalogue.quantities import QuantitiesFile
from moothall.catalogue.reading import SourceEntry
from moothall.catalogue.schema import (
    AuthoritiesFile,
    CaveatsFile,
    CorrectionsFile,
    MetricEntry,
    OutcomesFile,
    RegionsFile,
    ResponsibilitiesFile,
    SuccessionsFile,
    ThemesFile,
)
from moothall.catalogue.signals import LensesFile, SignalEntry
from moothall.catalogue.similarity import SimilarityModelEntry
from moothall.catalogue.unread import UnreadFilesFile
from moothall.catalogue.variants import VariantsFile
from moothall.catalogue.wording import VerbsFile, WordsEntry

FILES: dict[str, type[Entry]] = {
    "actions": ActionsFile,
    "actions-ledger": LedgerEntry,
    "authorities": AuthoritiesFile,
    "caveats": CaveatsFile,
    "consultation": ConsultationEntry,
    "corrections": CorrectionsFile,
    "files-not-read": UnreadFilesFile,
    "framework": FrameworkEntry,
    "lenses": LensesFile,
    "metric": MetricEntry,
    "outcomes": OutcomesFile,
    "quantities": QuantitiesFile,
    "regions": RegionsFile,
    "responsibilities": ResponsibilitiesFile,
    "signal": SignalEntry,
    "similarity-model": SimilarityModelEntry,
    "source": SourceEntry,
    "successions": SuccessionsFile,
    "themes": ThemesFile,
    "verbs": VerbsFile,
    "words": WordsEntry,
    "variants": VariantsFile,
}
"""The model of each kind of file, by the name of its schema."""


def schema_text(name: str) -> str:
    """The JSON Schema of one kind of file, as it stands on disk."""
    schema = FILES[name].model_json_schema(by_alias=True)
    return json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def export_schemas(folder: Path) -> None:
    """Write ``<kind>.json`` for every kind of file into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        (folder / f"{name}.json").write_text(schema_text(name), encoding="utf-8")


if __name__ == "__main__":
    export_schemas(catalogue_folder() / "schema")
