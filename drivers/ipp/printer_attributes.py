"""The simulated printer's description (RFC 8011 section 5.4, IPP Everywhere PWG 5100.14)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from drivers.ipp.codec import Attribute, Group, Value
from drivers.ipp.constants import GroupTag, PrinterState, ValueTag

DOCUMENT_FORMATS = ("application/pdf", "application/octet-stream")
SIDES = ("one-sided", "two-sided-long-edge")
MEDIA = "iso_a4_210x297mm"
# Groups of attributes that may be asked for by one name; this printer gives everything for each.
_GROUP_NAMES = {"all", "printer-description", "job-template", "job-description"}
# 1/100 mm, as media-col and media-size count.
_A4_WIDTH, _A4_HEIGHT, _MARGIN = 21000, 29700, 423


def requested(group: Group, names: Sequence[str]) -> Group:
    """``group`` reduced to the attributes named; all of them if none or a group name is given."""
    if not names or _GROUP_NAMES.intersection(names):
        return group
    wanted = set(names)
    return Group(group.tag, [item for item in group.attributes if item.name in wanted])


def printer_attributes(
    uri: str,
    operations: Iterable[int],
    condition: tuple[PrinterState, list[str], bool],
    up_time_s: int,
) -> Group:
    """All printer attributes. ``condition``: see :meth:`drivers.ipp.press.Press.condition`."""
    group = Group(GroupTag.PRINTER)
    _describe_service(group, uri, operations)
    _describe_capabilities(group)
    state, reasons, accepting = condition
    group.add("printer-state", ValueTag.ENUM, state)
    group.add("printer-state-reasons", ValueTag.KEYWORD, *reasons)
    group.add("printer-state-message", ValueTag.TEXT, "")
    group.add("printer-is-accepting-jobs", ValueTag.BOOLEAN, accepting)
    group.add("printer-up-time", ValueTag.INTEGER, up_time_s)
    group.add("queued-job-count", ValueTag.INTEGER, int(state is PrinterState.PROCESSING))
    return group


def _describe_service(group: Group, uri: str, operations: Iterable[int]) -> None:
    group.add("charset-configured", ValueTag.CHARSET, "utf-8")
    group.add("charset-supported", ValueTag.CHARSET, "utf-8")
    group.add("natural-language-configured", ValueTag.LANGUAGE, "en")
    group.add("generated-natural-language-supported", ValueTag.LANGUAGE, "en")
    group.add("ipp-versions-supported", ValueTag.KEYWORD, "1.1", "2.0")
    group.add("operations-supported", ValueTag.ENUM, *sorted(operations))
    group.add("printer-uri-supported", ValueTag.URI, uri)
    group.add("uri-authentication-supported", ValueTag.KEYWORD, "none")
    group.add("uri-security-supported", ValueTag.KEYWORD, "none")
    group.add("printer-name", ValueTag.NAME, "simulated-a4")
    group.add("printer-info", ValueTag.TEXT, "Simulated A4 printer")
    group.add("printer-location", ValueTag.TEXT, "")
    group.add("printer-make-and-model", ValueTag.TEXT, "Citizen Window Simulated A4")
    group.add("printer-more-info", ValueTag.URI, f"http://{urlsplit(uri).netloc}/")
    group.add("multiple-document-jobs-supported", ValueTag.BOOLEAN, False)
    group.add("multiple-operation-time-out", ValueTag.INTEGER, 60)
    group.add("pdl-override-supported", ValueTag.KEYWORD, "attempted")


def _describe_capabilities(group: Group) -> None:
    group.add("compression-supported", ValueTag.KEYWORD, "none")
    group.add("document-format-default", ValueTag.MIME_TYPE, DOCUMENT_FORMATS[0])
    group.add("document-format-supported", ValueTag.MIME_TYPE, *DOCUMENT_FORMATS)
    group.add("color-supported", ValueTag.BOOLEAN, False)
    group.add("copies-default", ValueTag.INTEGER, 1)
    group.add("copies-supported", ValueTag.RANGE, (1, 1))
    group.add("sides-default", ValueTag.KEYWORD, "one-sided")
    group.add("sides-supported", ValueTag.KEYWORD, *SIDES)
    group.add("media-default", ValueTag.KEYWORD, MEDIA)
    group.add("media-ready", ValueTag.KEYWORD, MEDIA)
    group.add("media-supported", ValueTag.KEYWORD, MEDIA)
    group.add("media-col-supported", ValueTag.KEYWORD, "media-size", "media-bottom-margin")
    for name in ("media-col-default", "media-col-ready", "media-col-database"):
        group.add(name, ValueTag.BEGIN_COLLECTION, _a4_collection())
    group.add("media-size-supported", ValueTag.BEGIN_COLLECTION, _a4_size())
    group.add("pages-per-minute", ValueTag.INTEGER, 60)
    group.add("printer-resolution-default", ValueTag.RESOLUTION, (600, 600, 3))
    group.add("printer-resolution-supported", ValueTag.RESOLUTION, (600, 600, 3))
    group.add("print-color-mode-supported", ValueTag.KEYWORD, "monochrome")
    group.add("print-quality-default", ValueTag.ENUM, 4)
    group.add("print-quality-supported", ValueTag.ENUM, 4)
    group.add("finishings-default", ValueTag.ENUM, 3)
    group.add("finishings-supported", ValueTag.ENUM, 3)
    group.add("output-bin-default", ValueTag.KEYWORD, "face-down")
    group.add("output-bin-supported", ValueTag.KEYWORD, "face-down")
    group.add("orientation-requested-supported", ValueTag.ENUM, 3)
    group.add("orientation-requested-default", ValueTag.NO_VALUE, None)


def _number(name: str, value: int) -> Attribute:
    return Attribute(name, (Value(ValueTag.INTEGER, value),))


def _a4_size() -> list[Attribute]:
    return [_number("x-dimension", _A4_WIDTH), _number("y-dimension", _A4_HEIGHT)]


def _a4_collection() -> list[Attribute]:
    return [
        Attribute("media-size", (Value(ValueTag.BEGIN_COLLECTION, _a4_size()),)),
        _number("media-bottom-margin", _MARGIN),
        _number("media-top-margin", _MARGIN),
        _number("media-left-margin", _MARGIN),
        _number("media-right-margin", _MARGIN),
    ]
