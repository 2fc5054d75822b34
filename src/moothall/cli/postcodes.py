"""`moothall postcodes FILE`: read the ONS Postcode Directory, so that the search box knows postcodes."""

from pathlib import Path
from typing import Annotated

import typer

from moothall.catalogue import load_catalogue
from moothall.catalogue.places import builds_folder, catalogue_folder
from moothall.cli.output import Format, FormatOption, print_facts, print_json, progress_bars
from moothall.pipeline.areas import AreaIndex
from moothall.pipeline.postcodes import read_postcodes


def postcodes(
    file: Annotated[Path, typer.Argument(help="The ONS Postcode Directory, a CSV file or the ZIP file that holds it.")],
    answer: FormatOption = Format.HUMAN,
) -> None:
    """Read the ONS Postcode Directory into an index beside the builds; the search box then knows postcodes.

    The directory is on the ONS Open Geography portal, under the Open Government Licence. It is not part of Moothall.
    """
    catalogue = load_catalogue(catalogue_folder())
    areas = AreaIndex(catalogue.authorities.values(), catalogue.regions)
    with progress_bars() as progress:
        account = read_postcodes(file, builds_folder(), areas, progress)
    facts = {"file": account.file, "sha256": account.sha256, "rows_read": account.rows_read, "kept": account.kept}
    if answer is Format.JSON:
        print_json({**facts, "refused": dict(account.refused)})
    else:
        print_facts({**facts, **{f"left out, {reason}": n for reason, n in account.refused.items()}})
