"""A second reader of calendar files, written from RFC 5545 itself: it shares nothing with what writes them.

It reads bytes: lines and their folds, names, parameters with their quotes, the nesting of components, escaped text.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

LONGEST_LINE = 75
"""Octets, without the line's end (3.1)."""
LINE = re.compile(r'([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"\x00-\x08\x0a-\x1f\x7f]*"|[^";:,\x00-\x08\x0a-\x1f\x7f]*)'
                  r'(?:,(?:"[^"]*"|[^";:,]*))*)*):(.*)')  # fmt: skip
PARAMETER = re.compile(r';([A-Za-z0-9-]+)=("[^"]*"|[^";:]*)')
CONTROLS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
ESCAPES = {"\\\\": "\\", "\\;": ";", "\\,": ",", "\\n": "\n", "\\N": "\n"}
STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(Z?)")
RULE = re.compile(r"(?:FREQ=YEARLY|BYDAY=-1SU|BYMONTH=(\d+)|;)+")


@dataclass(frozen=True)
class Line:
    """One content line: the name and the names of its parameters in capitals."""

    name: str
    parameters: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        """The value as TEXT (3.3.11); ValueError for a comma, semicolon or backslash that is not escaped."""
        if re.sub(r"\\[\\;,nN]", "", self.value).translate(str.maketrans("", "", "\\;,")) != re.sub(
            r"\\[\\;,nN]", "", self.value
        ):
            raise ValueError(f"{self.name} holds a character that is not escaped: {self.value!r}")
        return re.sub(r"\\[\\;,nN]", lambda found: ESCAPES[found[0]], self.value)


@dataclass(frozen=True)
class Component:
    """What stands between BEGIN and END."""

    name: str
    lines: list[Line] = field(default_factory=list)
    parts: list["Component"] = field(default_factory=list)

    def all(self, name: str) -> list[Line]:
        """The lines of a name."""
        return [line for line in self.lines if line.name == name]

    def one(self, name: str) -> Line:
        """The only line of a name; ValueError where there is none, or more."""
        (line,) = self.all(name)
        return line

    def within(self, name: str) -> list["Component"]:
        """The components of a name directly inside."""
        return [part for part in self.parts if part.name == name]


def read_calendar(content: bytes) -> Component:
    """The calendar object of a file; ValueError with the line for whatever the standard does not allow."""
    if not content.endswith(b"\r\n"):
        raise ValueError("the last line does not end")
    physical = content[:-2].split(b"\r\n")
    for line in physical:
        if len(line) > LONGEST_LINE or b"\n" in line or b"\r" in line or not line:
            raise ValueError(f"too long, empty, or with a bare line end: {line!r}")
        line.decode()
    logical = re.sub(b"\r\n[ \t]", b"", content[:-2]).decode().split("\r\n")
    return _nest([_line(text) for text in logical])


def _line(text: str) -> Line:
    found = LINE.fullmatch(text)
    if not found or CONTROLS.search(text):
        raise ValueError(f"no content line: {text!r}")
    given = {name.upper(): value.strip('"') for name, value in PARAMETER.findall(found[2])}
    return Line(found[1].upper(), given, found[3])


def _nest(lines: list[Line]) -> Component:
    outside = Component("")
    opened = [outside]
    for line in lines:
        if line.name == "BEGIN":
            opened.append(Component(line.value))
            opened[-2].parts.append(opened[-1])
        elif line.name == "END":
            if opened.pop().name != line.value:
                raise ValueError(f"END:{line.value} closes nothing")
        else:
            opened[-1].lines.append(line)
    (calendar,) = outside.parts
    if opened != [outside] or outside.lines or calendar.name != "VCALENDAR":
        raise ValueError("not one whole VCALENDAR")
    return calendar


def moment(calendar: Component, line: Line) -> datetime:
    """The moment of a DATE-TIME in UTC, by the VTIMEZONE of this very file."""
    clock, is_utc = _stamp(line.value)
    if is_utc:
        return clock.replace(tzinfo=UTC)
    (zone,) = [each for each in calendar.within("VTIMEZONE") if each.one("TZID").value == line.parameters["TZID"]]
    return (clock - _offset_at(zone, clock)).replace(tzinfo=UTC)


def _stamp(value: str) -> tuple[datetime, bool]:
    found = STAMP.fullmatch(value)
    if not found:
        raise ValueError(f"no date with a time: {value!r}")
    return datetime(*map(int, found.groups()[:6])), bool(found[7])  # type: ignore[arg-type]  # noqa: DTZ001


def _offset_at(zone: Component, clock: datetime) -> timedelta:
    """The offset from UTC that the latest change before a clock's time has brought."""
    changes = [(_change(part, clock.year - back), offset(part, "TZOFFSETTO")) for part in zone.parts for back in (0, 1)]
    return max((change for change in changes if change[0] <= clock), key=lambda change: change[0])[1]


def _change(part: Component, year: int) -> datetime:
    """When a part of a zone begins in a year: the last Sunday of its month, at the hour of its DTSTART."""
    first, rule = _stamp(part.one("DTSTART").value)[0], RULE.fullmatch(part.one("RRULE").value)
    if not rule or "BYMONTH=" not in rule[0] or first.weekday() != 6 or (first + timedelta(7)).month == first.month:
        raise ValueError("a rule that this reader does not know, or a DTSTART that does not keep it")
    last = datetime(year, int(rule[1]) + 1, 1, first.hour, first.minute) - timedelta(days=1)  # noqa: DTZ001
    return last - timedelta(days=(last.weekday() + 1) % 7)


def offset(part: Component, name: str) -> timedelta:
    """A UTC-OFFSET (3.3.14)."""
    found = re.fullmatch(r"([+-])(\d\d)(\d\d)", part.one(name).value)
    if not found or part.one(name).value == "-0000":
        raise ValueError(f"no offset: {part.one(name).value!r}")
    size = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return size if found[1] == "+" else -size
