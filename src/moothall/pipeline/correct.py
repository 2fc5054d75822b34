"""Declared corrections of publishers' errors: each names the text it expects, and fails once that text has changed."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from moothall.catalogue.contents import Correction
from moothall.domain.observation import Observation
from moothall.domain.words import Status
from moothall.errors import CheckError


def correct(observations: Sequence[Observation], corrections: Iterable[Correction], release: str) -> list[Observation]:
    """The observations with the corrections of this release made.

    Raises CheckError where a correction finds no figure, or another text than it expects.
    """
    by_key = {_key(observation): observation for observation in observations}
    problems = []
    for correction in corrections:
        if correction.release != release:
            continue
        key = (correction.series, correction.area_code, correction.period)
        problem = _problem(correction, by_key.get(key))
        if problem:
            problems.append(problem)
        else:
            by_key[key] = _corrected(by_key[key], correction)
    if problems:
        raise CheckError(problems)
    return list(by_key.values())


def _key(observation: Observation) -> tuple[str, str, str]:
    return observation.series, observation.area_code, observation.period.slug


def _problem(correction: Correction, observation: Observation | None) -> str | None:
    named = f"The correction of {correction.series} for {correction.area_code} in {correction.period}"
    if observation is None:
        return f"{named} finds no figure in the release {correction.release}: take it out or repair it."
    if observation.provenance.raw != correction.expect:
        return (
            f"{named} expects {correction.expect!r} but the publisher's cell now holds "
            f"{observation.provenance.raw!r}: look whether the error was repaired, then take the correction out."
        )
    return None


def _corrected(observation: Observation, correction: Correction) -> Observation:
    note = f"Corrected by Moothall, published as {correction.expect!r}: {correction.why}"
    status = correction.status or (Status.FINAL if correction.value is not None else observation.status)
    return replace(
        observation,
        value=correction.value,
        status=status,
        reason=correction.reason,
        lower_95=None,
        upper_95=None,
        numerator=None,
        denominator=None,
        note="; ".join(filter(None, (observation.note, note))),
    )
