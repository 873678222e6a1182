"""The accessibility requirements A1–A29: what each asks, and how it is judged or why not here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Requirement:
    """``how``: what the audit looks at; "" where it can't judge. ``instead``: what judges the rest, and
    why a machine's look at the screens can't."""

    code: str
    words: str
    how: str = ""
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not hold. ``look``: trim, language, text size, contrast."""

    code: str
    state: str
    look: str
    words: str


REQUIREMENTS = (
    Requirement(
        "A1",
        "Main targets ≥ 15 × 15 mm, others ≥ 12 mm, gaps ≥ 3 mm",
        "Box of everything that can be pressed, and the gap to its neighbours",
    ),
    Requirement(
        "A2",
        "Four text modes (capital H 3.5–4.2, 4.8–5.6, 6.4–7.1, 8.5–9.0 mm); default ≥ 4.8 mm",
        "Capital H of the smallest text of each of the four sizes",
    ),
    Requirement(
        "A3",
        "Some mode has a capital H ≥ 0.0122 × viewing distance, nothing lost or cut",
        "Capital H at the largest size; every text whole and inside the window, at every size",
    ),
    Requirement(
        "A4", "Sans serif; line spacing ≥ 1.3", "Font family and line spacing of every text"
    ),
    Requirement(
        "A5",
        "Text ≥ 7:1 (high contrast ≥ 10:1, both polarities), icons ≥ 3:1",
        "Pixels of every text and icon against the ground they stand on, and of the border of every "
        "line to type in",
    ),
    Requirement(
        "A6",
        "No meaning by colour alone",
        "In grey, what is chosen differs from what isn't: by a mark, or by edge or ground; "
        "every error and state has words (A10, A23)",
    ),
    Requirement(
        "A7",
        "Idle 120–300 s, then a warning ≥ 30 s, shown and spoken; one touch extends, ≥ 10 times",
        "The visit under a clock of the audit's own; what voice guidance says of the warning",
    ),
    Requirement(
        "A8",
        "With voice: idle ≥ 180 s, warning ≥ 60 s",
        "The visit under a clock of the audit's own",
    ),
    Requirement(
        "A9",
        "No clock runs while the terminal prints, reads, asks the portal or waits for staff",
        "Timers of visits in each of these",
    ),
    Requirement(
        "A10",
        "Speech for every page, prompt, error, review and receipt",
        "Every word in sight is said with the page or with what has the focus; every control has "
        "a name and a role. What a receipt says: A26",
    ),
    Requirement(
        "A11",
        "Speech within 500 ms of focus; pause, repeat, skip, rate",
        "Rates of 0.5 to 2; the time by `benchmarks/voice.py`, the keys by the voice's tests",
    ),
    Requirement(
        "A12",
        "A headset starts speech and mutes the speaker",
        "A headset put in and pulled out on every page, and the sound device chosen; that the card "
        "mutes its speaker is heard at commissioning",
    ),
    Requirement(
        "A13",
        "Masked digits are tones on the speaker",
        "What is said of numbers, in the hall and into a headset",
    ),
    Requirement(
        "A14",
        "Volume ≥ 65 dBA, reset after each visit",
        "Steps and limits of the volume, and its reset with A28",
        "How loud it is, only a meter says: at commissioning",
    ),
    Requirement(
        "A15",
        "Every task by keypad",
        instead="An errand is more than its pages: `kiosk screens journeys` walks whole ones by keypad "
        "alone, the suite one of them; that every page can be left so is A16",
    ),
    Requirement(
        "A16",
        "Focus visible, in order, never trapped",
        "Tab pressed round every page until it is round again, arrows through every keyboard: each "
        "control reached, its ring shown, and a way out",
    ),
    Requirement(
        "A17",
        "Acts on release, sliding off cancels, a second press within 300 ms is ignored",
        "A press, a slide and a double press on one of each kind of control on every page; where each "
        "control stands when a call, the power or a headset is told of",
    ),
    Requirement(
        "A18",
        "Low reach: every control ≤ 1220 mm high (≤ 1120 mm behind an obstruction)",
        "Upper edge of every control in low reach, above the floor",
    ),
    Requirement(
        "A19",
        "Biometrics are never the only way",
        "Staff asked for at the camera, in every state of it",
    ),
    Requirement(
        "A20",
        "Language, contrast, text size and voice: one touch from every page",
        "A button of each on every page and over every sheet, and what one touch of it changes",
    ),
    Requirement(
        "A21",
        "Largest text: at most six choices in view",
        "Choices in sight at once, without keys and the bar's buttons",
    ),
    Requirement(
        "A22",
        "Every sound has a visual twin",
        "Every sentence of the voice stands on its page; that a tone is a key's, whose character "
        "appears, is a test",
    ),
    Requirement(
        "A23",
        "Errors name field and remedy",
        "A form with an error: the field's description says it, the words stand below, and the focus "
        "goes there; every trouble has a remedy in words and a button",
    ),
    Requirement(
        "A24",
        "Back loses nothing; a review before handing in",
        "One step back from every state, and the order of steps of every service",
    ),
    Requirement(
        "A25",
        "Nothing flashes more than three times a second; still when motion is reduced",
        "Two pictures of every page, two beats apart, with motion reduced; every page that moves, watched "
        "for a second; the theme's shortest beat",
    ),
    Requirement(
        "A26",
        "What the receipt says is spoken; large print",
        "Every kind of line of a slip in words, and the capital H of the largest print",
    ),
    Requirement(
        "A27", "A person can be called by one touch from every page", "A button that calls"
    ),
    Requirement(
        "A28",
        "All settings are reset at the end of a visit",
        "A visit that ends with everything set, and the screen after it",
    ),
    Requirement(
        "A29",
        "Commissioning form signed",
        instead="Reach, floor, Braille and force are measured where it stands: `kiosk devices accept`",
    ),
)
BY_CODE = {requirement.code: requirement for requirement in REQUIREMENTS}

EXEMPT = (
    (
        "A1",
        "What can't be used now keeps its size, but no gap",
        "a finger beside the mark does nothing",
    ),
    ("A4, A5", "The seal's one character needs 3:1, as an icon", "a logotype (WCAG 2.2, 1.4.6)"),
    (
        "A3",
        "The last offer of the keyboard's strip",
        "a strip that scrolls to the side; the button beside it shows all",
    ),
    ("A5", "What can't be used now", "inactive components (WCAG 2.2, 1.4.3)"),
    (
        "A5",
        "Words in the fading lower edge of a list",
        "they are read when scrolled up; the fade says that more follows",
    ),
    ("A10", "What a sheet covers", "it is said when the sheet is gone"),
    (
        "A16",
        "Keys of a keyboard on the screen are no part of Tab's round",
        "Enter comes in, arrows or Tab reach each, Escape leaves: judged so",
    ),
    (
        "A16",
        "Rows of a list outside its sight, and the buttons that scroll",
        "the list scrolls under the keys by itself",
    ),
    (
        "A17",
        "Keys and the buttons that scroll may follow each other within 300 ms",
        "the same digit twice is meant",
    ),
    (
        "A18",
        "What can't be pressed in low reach: the note in the header",
        'the assistance sheet says all of it and takes a call back, "Call" makes it again',
    ),
    (
        "A22",
        "The trail of steps, what is typed into boxes, the seconds left, what offers are built of",
        "the drawing, or the character itself, tells the same",
    ),
    (
        "A22",
        "What the note in the header has no room for",
        "a touch of it, or the assistance sheet, shows it",
    ),
    (
        "A25",
        "The ring that counts down before a visit ends",
        "it tells the time (WCAG 2.2, 2.3.3: essential)",
    ),
)
"""What the audit lets pass: where, what, and why the requirement's own words allow it."""
