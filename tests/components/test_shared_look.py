"""Icons, colours and the training frame: every icon drawn, every colour easily read, nothing loaded from afar."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from components import icons, tone
from components.training_frame import frame_html, title, training_word
from models.clinical.findings import Level
from tests.components import statuses

ASSETS = Path(__file__).parents[2] / "components" / "assets"
WARD_CSS = (ASSETS / "ward.css").read_text()
SVG = "{http://www.w3.org/2000/svg}"


def test_the_sprite_has_a_cell_for_every_icon_in_the_order_of_the_list():
    sprite = ElementTree.parse(ASSETS / "icons.svg").getroot()
    cells = [group.attrib["id"] for group in sprite.findall(f"{SVG}g")]
    assert tuple(cells) == icons.CELLS
    assert sprite.attrib["width"] == str(24 * len(cells))


def test_every_icon_finds_its_cell():
    placed = dict(re.findall(r"^\.icon-([\w-]+) \{ --cell: (\d+); \}", WARD_CSS, re.MULTILINE))
    assert {name: int(cell) for name, cell in placed.items()} == {name: n for n, name in enumerate(icons.CELLS)}
    assert WARD_CSS.count(f"/ {len(icons.CELLS)}em 1em") == 2


def test_an_icon_nobody_drew_is_refused():
    with pytest.raises(ValueError, match="thermometer"):
        icons.icon("thermometer")


def test_an_icon_is_never_read_aloud():
    assert icons.icon("heart").to_plotly_json()["props"]["aria-hidden"] == "true"


@pytest.mark.parametrize("level", [Level.NOT_MEASURED, Level.AMBER, Level.RED])
def test_every_level_but_normal_has_a_word_and_a_shape(level: Level):
    shown = tone.tone(level)
    assert shown.word
    assert icons.icon(shown.icon).className == f"icon icon-{shown.icon}"


def test_normal_has_neither():
    assert tone.tone(Level.NORMAL) == tone.Tone("normal", "", "")


def test_levels_differ_in_every_way_they_are_shown():
    shown = [tone.tone(level) for level in Level]
    for way in ("css", "icon", "word"):
        assert len({getattr(one, way) for one in shown}) == len(Level)


@pytest.mark.parametrize(
    ("parameter", "asked", "level"),
    [
        ("systolic", ("systolic", "diastolic"), Level.AMBER),
        ("heart_rate, systolic", ("heart_rate",), Level.AMBER),
        ("systolic", ("heart_rate",), Level.NORMAL),
    ],
)
def test_the_level_of_a_value_is_the_worst_found_for_it(parameter: str, asked: tuple[str, ...], level: Level):
    assert tone.level_of((statuses.a_finding(parameter, 150, Level.AMBER),), *asked) is level


# ---- colours ---------------------------------------------------------------------------------------------------------


def tokens(theme: str) -> dict[str, str]:
    """The light tokens, overlaid with the dark ones where asked."""
    blocks = {"light": r':root, \[data-bs-theme="light"\] \{(.*?)\}', "dark": r'\n\[data-bs-theme="dark"\] \{(.*?)\}'}
    wanted = ["light"] if theme == "light" else ["light", "dark"]
    found = [re.search(blocks[one], WARD_CSS, re.DOTALL) for one in wanted]
    return {name: colour for one in found if one for name, colour in re.findall(r"--([\w-]+): (#\w{6})", one[1])}


def luminance(colour: str) -> float:
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("words", "ground", "least"),
    [
        ("text", "card", 7), ("text", "page", 7), ("muted", "card", 6.6), ("muted", "page", 6.6),
        ("accent", "card", 7), ("on-accent", "accent", 7), ("on-red", "red", 7), ("on-red-tint", "red-tint", 7),
        ("amber-words", "amber-ground", 7), ("on-amber-tint", "amber-tint", 7), ("on-amber", "amber", 7),
        ("on-solid", "solid", 7), ("text", "red-tint", 7), ("ctl", "card", 3), ("ctl", "page", 3),
        ("red-line", "page", 3), ("on-cyan", "cyan", 7),
    ],
)  # fmt: skip
def test_words_stand_out_from_their_ground(theme: str, words: str, ground: str, least: float):
    colours = tokens(theme)
    assert contrast(colours[words], colours[ground]) >= least


def test_in_the_dark_red_outshines_amber():
    dark = tokens("dark")
    assert contrast(dark["red-line"], dark["page"]) > contrast(dark["amber-ground"], dark["page"])


def test_no_stylesheet_or_sprite_loads_anything_from_elsewhere():
    for file in (*ASSETS.glob("*.css"), *ASSETS.glob("*.svg")):
        text = file.read_text().replace("http://www.w3.org/2000/svg", "")
        assert "http" not in text and "@import" not in text and "//" not in text.replace("/*", ""), file.name


def test_the_board_hides_no_rule_of_another_page():
    """Each selector of board.css is bound to the board's own page."""
    text = re.sub(r"/\*.*?\*/", "", (ASSETS / "board.css").read_text(), flags=re.DOTALL)
    heads = [
        part for one in re.findall(r"([^{}]+)\{", text) if "@" not in one for part in re.split(r",(?![^(]*\))", one)
    ]
    assert [head.strip() for head in heads if ".board-page" not in head] == []


def test_nothing_moves_but_the_border_and_the_badge_of_an_unanswered_alert():
    """What beats changes no other property, and no stylesheet animates anything."""
    for path in ASSETS.glob("*.css"):
        text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
        beating = re.findall(r"\[data-(?:high|medium)-beat[^{}]*\{([^}]*)\}", text)
        assert {name for one in beating for name in re.findall(r"([\w-]+):", one)} <= {"border-color", "box-shadow"}
        moved = re.findall(r"(?:animation|transition): ([^;}]+)", text)
        assert [one for one in moved if not one.startswith("none")] == [], path.name


def test_a_high_alert_flashes_at_2_hz_and_a_medium_one_at_0_6_hz():
    text = (ASSETS / "alerts.js").read_text()
    (halves,) = re.findall(r"HALF = \{ highBeat: (\d+), mediumBeat: (\d+) \}", text)
    assert [round(1000 / (2 * int(half)), 2) for half in halves] == [2.0, 0.6]


# ---- the frame -------------------------------------------------------------------------------------------------------


def test_training_says_so_in_frame_head_and_title_and_a_ward_never_does():
    assert "TRAINING" in frame_html("training") and "invented patients" in frame_html("training")
    assert training_word("training")[0].children == "TRAINING"
    assert title("Ward board", "training") == "TRAINING · Ward board"
    assert (frame_html("ward"), training_word("ward"), title("Ward board", "ward")) == ("", [], "Ward board")


def test_the_frame_is_grey():
    frame = re.search(r"\.training-frame \{(.*?)\}", WARD_CSS, re.DOTALL)
    assert frame and "var(--ctl)" in frame[1] and "var(--page)" in frame[1]
    assert "--red" not in frame[1] and "--amber" not in frame[1]
