"""What citizens type finds the metrics that they mean: each phrase has one of its family among the first five."""

from functools import cache

import pytest

from moothall.catalogue.names import Kind, NameIndex
from moothall.domain.words import MetricState
from tests.support.real import real_catalogue

FIRST = 5
RATES = {"household-waste-recycling-rate", "household-waste-recycling-rate-defra"}
BINS = RATES | {"residual-household-waste", "residual-household-waste-defra", "household-waste-collected-per-person"}
ROADS = {"a-roads-to-consider-for-maintenance", "b-and-c-roads-to-consider-for-maintenance"}
ROAD_MONEY = {"highways-and-transport-share-of-service-spend"}
BILL = {"band-d-council-tax", "area-band-d-council-tax"}
DEBT = {"total-borrowing"}
SAVED = {"non-ringfenced-reserves", "reserves-share-of-service-spend", "reserves-share-of-net-revenue-expenditure"}
HOMELESS = {"homelessness-duties-owed-rate", "temporary-accommodation-families-rate", "relief-duties-owed"}
WAITING = {"households-on-housing-register", "housing-register-per-1000-homes"}
BUILT = {"net-additional-dwellings", "net-additions-to-housing-stock"}
PLANNING = {"non-major-planning-applications-decided-on-time", "major-planning-applications-decided-on-time"}
RESULTS = {"key-stage-2-reading-writing-maths", "attainment-8", "a-level-points-per-entry", "progress-8"}
NURSERY = {"early-years-take-up-three-and-four-year-olds", "early-years-take-up-two-year-olds"}
CARE_HOMES = {"care-homes-rated-good-or-outstanding", "care-home-admissions-65-and-over"}
PLAN = {"pupils-with-ehc-plan", "pupils-with-sen-support", "ehc-plans-within-20-weeks"}
LIBRARY = {"visited-public-library"}
LEISURE_MONEY = {"cultural-share-of-service-spend"}

PHRASES = {
    "bins": BINS,
    "bin collection": BINS,
    "rubbish collection": BINS,
    "recycling": RATES,
    "food waste": RATES,
    "rubbish tip": {"municipal-waste-landfill-rate"},
    "fly tipping": {"fly-tipping-incidents"},
    "flytipping": {"fly-tipping-incidents"},
    "litter": {"environmental-share-of-service-spend"},
    "potholes": ROADS,
    "road repairs": ROADS,
    "street lights": ROAD_MONEY,
    "pavements": ROAD_MONEY,
    "parking": ROAD_MONEY,
    "road accidents": {"killed-or-seriously-injured"},
    "buses": {"bus-journeys-per-person"},
    "electric car charging": {"public-electric-vehicle-chargers"},
    "council tax": BILL,
    "council tax bill": BILL,
    "unpaid council tax": {"council-tax-collection-rate"},
    "council debt": DEBT,
    "debts": DEBT,
    "reserves": SAVED,
    "council savings": SAVED,
    "overspending": {"service-spending-over-budget"},
    "budget cuts": {"service-spending", "core-spending-power-per-dwelling"},
    "staff pay": {"employee-share-of-gross-expenditure"},
    "complaints": {"upheld-ombudsman-complaints"},
    "homeless": HOMELESS,
    "homeless families": HOMELESS,
    "rough sleepers": {"people-sleeping-rough"},
    "temporary accommodation": {"temporary-accommodation-households", "temporary-accommodation-rate"},
    "waiting list": WAITING,
    "council houses": WAITING,
    "council homes": {"housing-revenue-account-spending"},
    "affordable housing": {"new-affordable-rent-homes"},
    "rent": {"new-social-rent-homes", "new-affordable-rent-homes"},
    "house prices": {"median-house-price"},
    "empty houses": {"vacant-homes-share", "long-term-vacant-homes-share"},
    "new houses": BUILT,
    "house building": BUILT,
    "planning permission": PLANNING,
    "schools": RESULTS,
    "exam results": RESULTS,
    "GCSE results": RESULTS,
    "truancy": {"persistent-absence"},
    "expelled": {"permanent-exclusions"},
    "special needs": PLAN,
    "EHCP": PLAN,
    "nurseries": NURSERY,
    "child care": NURSERY,
    "children in care": {"children-looked-after-rate"},
    "foster care": {"children-in-care-foster"},
    "child abuse": {"section-47-enquiries-rate", "child-protection-plans-rate"},
    "social workers": {"social-worker-turnover", "social-worker-vacancies"},
    "young offenders": {"first-time-entrants-youth-justice"},
    "care home": CARE_HOMES,
    "nursing homes": CARE_HOMES,
    "elderly care": {"care-home-admissions-65-and-over", "own-home-65-and-over"},
    "carers": {"social-care-carer-quality-of-life", "carers-satisfaction"},
    "disabled people": {"own-home-18-to-64"},
    "parks": LEISURE_MONEY,
    "library": LIBRARY,
    "libraries": LIBRARY,
    "swimming pool": {"sports-facilities"},
    "jobs": {"employment-rate"},
    "wages": {"gross-median-weekly-pay"},
    "child poverty": {"children-in-poverty-before-housing-costs"},
    "climate change": {"greenhouse-gas-emissions"},
    "asylum seekers": {"children-in-care-unaccompanied-asylum-seeking"},
}


@cache
def index() -> NameIndex:
    """The names of all metrics that are shown, beside those of all councils, as the site's box has them."""
    catalogue = real_catalogue()
    shown = [metric for metric in catalogue.metrics.values() if metric.state is not MetricState.WITHDRAWN]
    return NameIndex(catalogue.authorities.values(), shown)


def found(text: str) -> list[str]:
    """The ids of the metrics that the box finds, best first, without a guess at another spelling."""
    return [hit.id for hit in index().search(text, 40, can_be_misspelt=False) if hit.kind is Kind.METRIC]


@pytest.mark.parametrize("text", PHRASES)
def test_an_everyday_phrase_finds_its_family_among_the_first_five(text: str) -> None:
    unknown = PHRASES[text] - real_catalogue().metrics.keys()
    assert not unknown, "the family is written with ids of the catalogue"
    assert PHRASES[text] & set(found(text)[:FIRST]), found(text)[:FIRST]


def test_the_words_as_they_were_written_go_first() -> None:
    """Without its empty word "council tax" would be a beginning of many titles."""
    assert found("council tax")[0] == "band-d-council-tax"
    assert found("council housing")[0] == "households-on-housing-register"
