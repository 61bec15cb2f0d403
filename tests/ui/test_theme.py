"""Every theme can be read, and marks are told apart without relying on colour."""

import math
import re
from collections.abc import Sequence
from itertools import combinations, product
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QLabel,
    QMenu,
    QTableWidget,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot

from annotator.domain.resources import resource
from annotator.domain.scheme import Scheme
from annotator.ui.dialogs.version_texts import POINTED
from annotator.ui.text.glyphs import Glyphs
from annotator.ui.text.palette import StyleColours
from annotator.ui.theme import (
    THEME_NAMES,
    Theme,
    ThemeName,
    apply,
    for_scheme,
    reading_font,
    roomy_rows,
    system_theme,
    theme,
)
from annotator.ui.theme.chrome import menu_palette, palette, style_sheet
from annotator.ui.theme.colours import FAMILIES, INKS, LINKS, PATTERNS

Linear = tuple[float, float, float]

READABLE = 4.5
STRONG = 7.0
VISIBLE = 3.0
MAIN = ("claim", "denial", "evidence", "no_comment")

# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear sRGB.
SIGHTS: dict[str, tuple[Linear, Linear, Linear]] = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
}


def linear(colour: QColor) -> Linear:
    def channel(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    return channel(colour.redF()), channel(colour.greenF()), channel(colour.blueF())


def luminance(colour: QColor) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    """Contrast ratio of WCAG 2.2, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def over(tint: QColor, ground: QColor) -> QColor:
    """What a translucent colour makes of the ground below it."""
    alpha = tint.alphaF()
    mixed = [
        alpha * top + (1 - alpha) * below
        for top, below in zip(tint.getRgbF()[:3], ground.getRgbF()[:3], strict=True)
    ]
    return QColor.fromRgbF(*mixed)


def oklab(rgb: Sequence[float]) -> Linear:
    """Ottosson (2020)."""
    red, green, blue = rgb
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def seen(colour: QColor, sight: str) -> list[float]:
    parts = linear(colour)
    return [
        min(1.0, max(0.0, sum(weight * part for weight, part in zip(row, parts, strict=True))))
        for row in SIGHTS[sight]
    ]


def apart(one: QColor, other: QColor) -> float:
    """The smallest distance of two colours, in hundredths of OKLab, over three kinds of sight."""
    return 100 * min(math.dist(oklab(seen(one, sight)), oklab(seen(other, sight))) for sight in SIGHTS)


@pytest.fixture(params=THEME_NAMES)
def look(request: pytest.FixtureRequest) -> Theme:
    name: ThemeName = request.param
    return theme(name)


@pytest.fixture
def every_colour(look: Theme) -> Theme:
    """The theme with one label in each colour a scheme can name."""
    return for_scheme(look, {name: name for name in INKS[look.name]}, dict.fromkeys(INKS[look.name], "x"))


def test_words_are_readable_on_the_page_and_under_one_to_three_marks(every_colour: Theme) -> None:
    text = every_colour.text
    tints = [text.style(colour).tint for colour in INKS[every_colour.name]]
    assert contrast(text.text, text.base) >= STRONG
    for first, second in product(tints, repeat=2):
        once = over(first, text.base)
        twice = over(second, once)
        assert contrast(text.text, once) >= STRONG
        assert contrast(text.text, twice) >= READABLE
        assert all(contrast(text.text, over(third, twice)) >= READABLE for third in tints)


def test_a_tint_can_be_seen_on_the_page(every_colour: Theme) -> None:
    text = every_colour.text
    for colour in INKS[every_colour.name]:
        tinted = over(text.style(colour).tint, text.base)
        assert math.dist(oklab(linear(tinted)), oklab(linear(text.base))) >= 0.03


def test_the_stripes_of_a_proposal_are_seen_more_clearly_than_a_tint_and_words_are_readable_on_them(
    every_colour: Theme, qapp: QApplication
) -> None:
    text, glyphs = every_colour.text, Glyphs(qapp.font(), qapp.font(), 1)
    for colour in INKS[every_colour.name]:
        tile = glyphs.hatch(text.style(colour).tint).texture().toImage()
        line = [over(tile.pixelColor(x, 0), text.base) for x in range(tile.width())]
        striped = [one for one in line if one != text.base]
        assert len(striped) == len(line) // 4
        for one in striped:
            assert math.dist(oklab(linear(one)), oklab(linear(text.base))) >= 0.06
            assert contrast(text.text, one) >= READABLE


def test_selected_words_margin_words_and_hints_are_readable(look: Theme) -> None:
    text = look.text
    assert contrast(text.selection_text, text.selection) >= STRONG
    assert contrast(text.rail_text, text.base) >= READABLE
    assert contrast(text.dim, text.base) >= READABLE
    assert contrast(text.hint_text, text.hint_back) >= STRONG


def test_a_selection_a_caret_and_the_held_mark_stand_out_from_the_page(look: Theme) -> None:
    assert contrast(look.text.caret, look.text.base) >= STRONG
    assert contrast(look.text.focus, look.text.base) >= READABLE
    assert math.dist(oklab(linear(look.text.selection)), oklab(linear(look.text.base))) >= 0.08


def test_the_bar_of_every_label_stands_out_from_the_page(every_colour: Theme) -> None:
    for style in every_colour.text.styles.values():
        assert contrast(style.bar, every_colour.text.base) >= VISIBLE


def test_words_in_the_colour_of_a_link_are_readable(look: Theme) -> None:
    for kind in LINKS:
        assert contrast(look.text.style(kind).bar, look.text.base) >= READABLE


def test_the_main_labels_differ_clearly_for_colour_blind_eyes(look: Theme) -> None:
    for one, other in combinations(MAIN, 2):
        assert apart(look.text.style(one).bar, look.text.style(other).bar) >= 11


def test_any_two_colours_differ_or_have_different_patterns(look: Theme) -> None:
    inks = {name: QColor(value) for name, value in INKS[look.name].items()}
    for one, other in combinations(inks, 2):
        bound = 9.9 if PATTERNS[one] == PATTERNS[other] else 7
        assert apart(inks[one], inks[other]) >= bound, (one, other)


def test_links_for_and_against_differ_for_colour_blind_eyes(look: Theme) -> None:
    families = {name: QColor(value) for name, value in FAMILIES[look.name].items()}
    assert apart(families["against"], families["favour"]) >= 8


def test_no_two_labels_share_a_letter(look: Theme) -> None:
    letters = [look.text.style(label.id).letter for label in Scheme.default().labels.values()]
    assert len(set(letters)) == len(letters)


def test_the_built_in_styles_are_those_of_the_default_scheme(look: Theme) -> None:
    scheme = Scheme.default()
    letters = {label.id: label.letter for label in scheme.labels.values()}
    dressed = for_scheme(look, scheme.data["colours"], letters)
    assert dict(dressed.text.styles) == dict(look.text.styles)
    assert set(scheme.link_kinds) == set(LINKS)


def test_labels_of_a_users_scheme_get_the_colours_left_over(look: Theme) -> None:
    letters = {"claim": "C", "rumour": "R", "promise": "P", "threat": "T"}
    styles = for_scheme(look, {"claim": "blue", "threat": "no such colour"}, letters).text.styles
    bars = [styles[label].bar.name() for label in letters]
    assert len(set(bars)) == 4
    assert styles["promise"].letter == "P"


def test_more_labels_than_colours_start_over_instead_of_failing(look: Theme) -> None:
    letters = {f"label{number}": str(number) for number in range(30)}
    styles = for_scheme(look, {}, letters).text.styles
    assert all(isinstance(styles[label], StyleColours) for label in letters)


CHROME_PAIRS = [
    ("text", "window"),
    ("text", "panel"),
    ("text", "panel_alt"),
    ("text", "button"),
    ("text", "button_hover"),
    ("text", "button_pressed"),
    ("selection_text", "selection_inactive"),
    ("muted", "window"),
    ("muted", "panel"),
    ("muted", "panel_alt"),
    ("muted", "button_hover"),
    ("placeholder", "panel"),
    ("placeholder", "panel_alt"),
    ("on_accent", "accent"),
    ("selection_text", "selection"),
    ("link", "panel"),
    ("link_visited", "panel"),
    ("tooltip_text", "tooltip"),
    ("warning", "panel"),
    ("danger", "panel"),
    ("success", "panel"),
    ("info", "panel"),
    ("warning", "window"),
    ("danger", "window"),
    ("success", "window"),
    ("info", "window"),
    ("danger", POINTED),
    ("success", POINTED),
    ("badge_text", "badge"),
    ("icon", "window"),
    ("icon", "button_pressed"),
]


@pytest.mark.parametrize(("words", "ground"), CHROME_PAIRS)
def test_words_around_the_text_are_readable(look: Theme, words: str, ground: str) -> None:
    assert contrast(look.colour(words), look.colour(ground)) >= READABLE


@pytest.mark.parametrize("ground", ["window", "panel", "button"])
def test_what_is_switched_off_can_still_be_made_out(look: Theme, ground: str) -> None:
    assert contrast(look.colour("disabled"), look.colour(ground)) >= VISIBLE


@pytest.mark.parametrize("ground", ["window", "panel"])
def test_the_outline_of_the_focused_widget_stands_out(look: Theme, ground: str) -> None:
    assert contrast(look.colour("focus"), look.colour(ground)) >= VISIBLE
    assert contrast(look.colour("border_strong"), look.colour(ground)) >= VISIBLE


@pytest.mark.parametrize("ground", ["window", "panel"])
def test_high_contrast_shows_the_border_of_every_field_and_button(ground: str) -> None:
    look = theme("contrast")
    assert contrast(look.colour("border"), look.colour(ground)) >= VISIBLE


@pytest.mark.parametrize("way", ["down", "up"])
def test_the_arrows_of_fields_have_the_colour_of_icons(look: Theme, way: str) -> None:
    drawing = resource("theme", f"{way}-{look.name}.svg").read_text(encoding="utf-8")
    assert re.findall(r"#[0-9a-f]{6}", drawing) == [look.chrome["icon"]]


def test_a_field_to_choose_from_has_the_border_of_the_theme(qtbot: QtBot) -> None:
    for is_editable in (False, True):
        box = QComboBox()
        box.setStyleSheet(style_sheet("contrast"))
        qtbot.addWidget(box)
        box.setEditable(is_editable)
        box.addItem("all claims")
        box.resize(200, 34)
        image = box.grab().toImage()
        edges = [image.pixelColor(100, 1), image.pixelColor(1, 17), image.pixelColor(198, 17)]
        assert {edge.name() for edge in edges} == {theme("contrast").chrome["border"]}


@pytest.mark.parametrize("name", THEME_NAMES)
def test_all_themes_have_the_same_roles(name: ThemeName) -> None:
    assert theme(name).chrome.keys() == theme("light").chrome.keys()
    assert INKS[name].keys() == INKS["light"].keys() == PATTERNS.keys()


@pytest.mark.usefixtures("qapp")
def test_a_theme_sets_every_role_of_the_palette(look: Theme) -> None:
    made = palette(look)
    roles = [role for role in QPalette.ColorRole if role.name not in ("NoRole", "NColorRoles")]
    groups = (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled)
    unset = [role.name for role in roles for group in groups if not made.isBrushSet(group, role)]
    assert unset == []


def test_icon_and_words_of_a_chosen_menu_row_can_be_seen(look: Theme) -> None:
    colours = menu_palette(look)
    row = colours.color(QPalette.ColorGroup.Active, QPalette.ColorRole.Highlight)
    words = colours.color(QPalette.ColorGroup.Active, QPalette.ColorRole.HighlightedText)
    assert contrast(words, row) >= READABLE
    assert contrast(look.colour("icon"), row) >= VISIBLE


def test_the_style_sheet_names_no_colour_that_the_theme_lacks(look: Theme) -> None:
    assert "$" not in style_sheet(look.name)


def test_buttons_of_a_ready_made_dialog_look_like_all_others(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    as_some_desktops_do = "QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 1; }"
    window.setStyleSheet(as_some_desktops_do + style_sheet("light"))
    buttons = QDialogButtonBox(parent=window)
    assert buttons.addButton(QDialogButtonBox.StandardButton.Cancel).icon().isNull()


def test_changing_the_theme_changes_open_windows(qapp: QApplication, qtbot: QtBot) -> None:
    before = qapp.style().name(), qapp.palette(), qapp.styleSheet()
    table, label = QTableWidget(2, 2), QLabel("words")
    qtbot.addWidget(table)
    qtbot.addWidget(label)
    try:
        for name in THEME_NAMES:
            apply(qapp, theme(name))
            roomy_rows(table)
            label.ensurePolished()
            assert label.palette().color(QPalette.ColorRole.Window).name() == theme(name).chrome["window"]
            assert table.rowHeight(0) > table.fontMetrics().height()
    finally:
        qapp.setStyle(before[0])
        qapp.setPalette(before[1])
        qapp.setStyleSheet(before[2])


@pytest.mark.usefixtures("qapp")
def test_a_desktop_that_says_nothing_gets_the_light_theme(qapp: QApplication) -> None:
    dark = qapp.styleHints().colorScheme() is Qt.ColorScheme.Dark
    assert system_theme() == ("dark" if dark else "light")


@pytest.mark.usefixtures("qapp")
def test_reading_falls_back_to_an_installed_face_when_the_chosen_one_is_missing() -> None:
    font = reading_font("No Such Face", 13)
    assert font.pointSize() == 13
    assert font.families() == reading_font(None, 13).families()


@pytest.mark.usefixtures("qapp")
def test_a_chosen_reading_face_comes_before_its_fallbacks() -> None:
    chosen = reading_font(None, 12).families()[-1]
    assert reading_font(chosen, 12).families()[0] == chosen


def test_menus_wear_the_palette_made_for_them(qapp: QApplication, qtbot: QtBot) -> None:
    qapp.setStyleSheet("")  # another test may have left this sheet without its palettes
    apply(qapp, theme("dark"))
    menu = QMenu()
    qtbot.addWidget(menu)
    menu.ensurePolished()
    assert menu.palette().highlight().color().name() == theme("dark").colour("button_pressed").name()


def test_words_of_a_file_are_no_markup_in_a_tooltip(qapp: QApplication, qtbot: QtBot) -> None:
    apply(qapp, theme("light"))
    widget = QWidget()
    widget.setStyleSheet("color: red")
    qtbot.addWidget(widget)
    QToolTip.showText(QPoint(5, 5), "<b>Bold</b><img src='file:///etc/picture.png'>", widget)
    tips = [one for one in qapp.topLevelWidgets() if one.inherits("QTipLabel")]
    assert {tip.textFormat() for tip in tips if isinstance(tip, QLabel)} == {Qt.TextFormat.PlainText}
    QToolTip.hideText()


def test_the_page_of_the_lossless_format_names_every_colour_of_a_label() -> None:
    page = (Path(__file__).parents[2] / "docs" / "file-format-jsonl.md").read_text(encoding="utf-8")
    told = page[page.index("`colours` by id") : page.index("`preset` names")]
    assert [name for name in INKS["light"] if f"`{name}`" not in told] == []
