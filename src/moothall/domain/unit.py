"""Units: what a figure is counted in, declared and never read from a title."""

import re
from dataclasses import dataclass

PER = re.compile(r"per-(\d+)-")
"""The ids of units that count for so many people, homes or pupils."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit with the words around a figure: ``prefix`` and ``suffix`` stand tight, ``words`` follow a space.

    ``one`` are the words after a bare 1, where they differ.
    """

    id: str
    name: str
    prefix: str = ""
    suffix: str = ""
    words: str = ""
    lowest: float | None = None
    highest: float | None = None
    one: str = ""

    @property
    def times(self) -> float | None:
        """What a numerator over its denominator is multiplied by: 100 for percent, 1,000 for "per 1,000 people"."""
        per = PER.match(self.id)
        return float(per[1]) if per else 100.0 if self.id == "percent" else None


UNITS: dict[str, Unit] = {
    unit.id: unit
    for unit in (
        Unit("percent", "percentage", suffix="%"),
        Unit("signed-percent", "percentage, which can be below zero or above a hundred", suffix="%"),
        Unit("homes", "homes", words="homes", one="home"),
        Unit("date-as-year", "date, written as its year with decimals", lowest=0),
        Unit("percentage-points", "percentage points", words="percentage points", one="percentage point"),
        Unit("score-0-to-12", "score from 0 to 12", words="out of 12", lowest=0, highest=12),
        Unit("score-0-to-24", "score from 0 to 24", words="out of 24", lowest=0, highest=24),
        Unit("score-0-to-10", "score from 0 to 10", words="out of 10", lowest=0, highest=10),
        Unit("score-0-to-1", "score from 0 to 1", lowest=0, highest=1),
        Unit("per-100000-people", "number for every 100,000 people", words="per 100,000 people", lowest=0),
        Unit("per-10000-people", "number for every 10,000 people", words="per 10,000 people", lowest=0),
        Unit("per-1000-people", "number for every 1,000 people", words="per 1,000 people", lowest=0),
        Unit("per-1000-dwellings", "number for every 1,000 dwellings", words="per 1,000 dwellings"),
        Unit("kg-per-household", "kilograms for every household", words="kg per household", lowest=0),
        Unit("kg-per-person", "kilograms for every person", words="kg per person", lowest=0),
        Unit("kwh-per-meter", "kilowatt-hours for every meter", words="kWh per meter", lowest=0),
        Unit(
            "tonnes-co2e-per-person",
            "tonnes of carbon dioxide equivalent a person",
            words="tonnes CO2e per person",
            one="tonne CO2e per person",
        ),
        Unit("tonnes", "tonnes", words="tonnes", one="tonne"),
        Unit("yes-or-no", "yes (1) or no (0)", lowest=0, highest=1),
        Unit("gbp", "pounds", prefix="£"),
        Unit("gbp-million", "millions of pounds", prefix="£", words="million"),
        Unit("gbp-per-hour", "pounds for every hour worked", prefix="£", words="an hour"),
        Unit("years", "years", words="years", lowest=0, one="year"),
        Unit("minutes", "minutes", words="minutes", lowest=0, one="minute"),
        Unit("nights", "nights", words="nights", lowest=0, one="night"),
        Unit("guest-nights", "nights spent by all guests together", words="guest nights", lowest=0, one="guest night"),
        Unit("ratio", "ratio", words="times", one="time"),
        Unit("people", "people", words="people", lowest=0, one="person"),
        Unit("households", "households", words="households", lowest=0, one="household"),
        Unit("businesses", "businesses", words="businesses", lowest=0, one="business"),
        Unit("per-billion-vehicle-miles", "number a billion miles", words="per billion vehicle miles", lowest=0),
        Unit(
            "journeys-per-person",
            "journeys for every person",
            words="journeys per person",
            lowest=0,
            one="journey per person",
        ),
        Unit(
            "people-per-square-km",
            "people a square kilometre",
            words="people per square kilometre",
            lowest=0,
            one="person per square kilometre",
        ),
        Unit(
            "actions-per-incident",
            "actions for every incident",
            words="actions per incident",
            lowest=0,
            one="action per incident",
        ),
        Unit("index-score", "score on the scale of an index", lowest=0),
        Unit("vehicles-a-day", "vehicles on an average day", words="vehicles a day", lowest=0, one="vehicle a day"),
        Unit("per-10000-children", "number for every 10,000 children", words="per 10,000 children", lowest=0),
        Unit("per-100000-children", "number for every 100,000 children", words="per 100,000 children", lowest=0),
        Unit("per-10000-pupils", "number for every 10,000 pupils", words="per 10,000 pupils", lowest=0),
        Unit("per-1000-households", "number for every 1,000 households", words="per 1,000 households", lowest=0),
        Unit("children", "children", words="children", lowest=0, one="child"),
        Unit("points", "points", words="points", one="point"),
        Unit("score-0-to-40", "score from 0 to 40", words="out of 40", lowest=0, highest=40),
        Unit(
            "cases-per-worker",
            "cases for every social worker",
            words="cases per social worker",
            lowest=0,
            one="case per social worker",
        ),
        Unit("gbp-per-week", "pounds a week", prefix="£", words="a week"),
        Unit("grade-1-to-4", "grade from 1 (outstanding) to 4 (inadequate)", words="of 4", lowest=1, highest=4),
        Unit("weaknesses", "weaknesses", words="weaknesses", lowest=0, one="weakness"),
    )
}
"""Every unit a metric may name. A new unit is a deliberate change here, with its words."""
