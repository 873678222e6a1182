"""The audit as a table: for a terminal, as JSON, and as the page docs/accessibility.md."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from screens.audit.requirements import EXEMPT, REQUIREMENTS, Requirement
from screens.audit.walk import PAIRS, Audit

HOLDS, BROKEN, ELSEWHERE = "holds", "does not hold", "not judged here"
_MOST_PLACES = 6


def verdict(audit: Audit, requirement: Requirement) -> str:
    """Holds, does not hold, or not judged here."""
    if not requirement.how:
        return ELSEWHERE
    return BROKEN if audit.of(requirement.code) else HOLDS


def places(audit: Audit, code: str) -> list[str]:
    """Where it does not hold: the commonest words first, with the states and the number of looks."""
    found: dict[str, Counter[str]] = {}
    for finding in audit.of(code):
        found.setdefault(finding.words, Counter())[finding.state] += 1
    lines = []
    for words, at in sorted(found.items(), key=lambda entry: (-len(entry[1]), entry[0])):
        names = [name for name in sorted(at) if name]
        shown = ", ".join(names[:_MOST_PLACES])
        more = f" and {len(names) - _MOST_PLACES} more" if len(names) > _MOST_PLACES else ""
        lines.append(f"{words} ({shown}{more})" if names else words)
    return lines


def _told(audit: Audit, requirement: Requirement) -> str:
    lines = places(audit, requirement.code)
    more = f"; {len(lines) - _MOST_PLACES} more" if len(lines) > _MOST_PLACES else ""
    return "; ".join(lines[:_MOST_PLACES]) + more if lines else requirement.instead


def as_text(audit: Audit) -> Iterator[str]:
    """Lines for a terminal."""
    for requirement in REQUIREMENTS:
        told = _told(audit, requirement)
        yield f"{requirement.code:4}{verdict(audit, requirement):16}{requirement.words}"
        if told:
            yield f"{'':20}{told}"
    yield f"{audit.pages} pages in {audit.looks} looks"


def as_json(audit: Audit) -> str:
    """Every requirement with its verdict and all findings."""
    body: dict[str, Any] = {"pages": audit.pages, "looks": audit.looks, "requirements": []}
    for requirement in REQUIREMENTS:
        body["requirements"].append(
            {
                "code": requirement.code,
                "words": requirement.words,
                "verdict": verdict(audit, requirement),
                "judged_by": requirement.how or requirement.instead,
                "findings": [
                    {"state": f.state, "look": f.look, "words": f.words}
                    for f in audit.of(requirement.code)
                ],
            }
        )
    return json.dumps(body, ensure_ascii=False, indent=1)


_DECISIONS = (
    "## Decided",
    "",
    "- **Titles stand in the sans serif**, the bold cut. A serif tells the official from the rest, but",
    "  thin strokes are the first that tired eyes lose (A4), and a title is what must be read. The seal's",
    "  character follows: A4 knows no marks. The serif stays on paper.",
    "- **A call, the power, a headset** are told in the header, where name and time stood: nothing on the",
    "  page moves for it (A17).",
    "- **Four text sizes**, ×0.75, 1, 1.35 and 1.7 (A2). The small one is for who sees a whole page",
    "  better than single lines; keys and targets don't shrink with it. A visit begins at ×1.",
    "- **High contrast in both polarities** (A5): white on black where light dazzles, black on white",
    "  where the ground must be bright.",
    "- **The assistance bar** lies over every sheet and every trouble (A20, A27): call, voice, contrast,",
    "  text size, language, and all the rest. A touch sets the next contrast or size and after the last",
    "  the first, so that nobody has to find a way back.",
    "- **120 s** before the warning (A7). Who walks away is noticed by the presence sensor, not by haste.",
    "- **Six choices** at most at the largest text (A21): longer lists come in pages of six.",
)


def _walked(audit: Audit) -> str:
    settings = "trim, language, text size and contrast, and low reach"
    if audit.every:
        return f"all combinations of {settings}"
    if audit.looks >= len(PAIRS.looks):
        return f"every two of {settings} meet in one (`--every` walks all combinations)"
    return f"some of all combinations of {settings}"


def as_markdown(audit: Audit) -> str:
    """The page docs/accessibility.md."""
    lines = [
        "# Accessibility",
        "",
        "Written by `kiosk screens audit --write`, which shows every state of every screen in every",
        "look and measures it; the numbers are requirements from EN 301 549, US 508, VVSG 2.0 and",
        "WCAG 2.2. Change a screen, not this page.",
        "",
        f"Last walk: {audit.pages} pages in {audit.looks} looks: {_walked(audit)}.",
        "",
        "The panel is one of 21.5 inches whose lower edge is 850 mm above the floor, read from 600 mm.",
        "Another terminal: `kiosk screens audit --settings FILE`, section `[screen.panel]`.",
        "",
        "| | Requirement | Verdict | Judged by | Where not, or what judges instead |",
        "|---|---|---|---|---|",
    ]
    for requirement in REQUIREMENTS:
        state = verdict(audit, requirement)
        bold = f"**{state}**" if state == BROKEN else state
        told = _told(audit, requirement).replace("|", "/").replace("\n", " ")
        row = (requirement.code, requirement.words, bold, requirement.how or "–", told or "–")
        lines.append("| " + " | ".join(row) + " |")
    lines += ["", "## Let pass", "", "| | What | Why |", "|---|---|---|"]
    lines += [f"| {code} | {what} | {why} |" for code, what, why in EXEMPT]
    return "\n".join([*lines, "", *_DECISIONS]) + "\n"
