"""The page of a class: what it says, and that it can be read: a thousand students, a phone, the dark, paper, axe."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest
from gradebook_kit import LECTURE, SEED, SOLUTION, folder

from grader.office import gradebook
from grader.office.class_page import PAGE, class_page, write_class_page
from grader.office.gradebook import ABSENT, GRADED, REJECTED, Row
from grader.office.unrecognised import Group, unrecognised, with_names
from grader.office.unrecognised.reading import Wrong

FULL = {exercise.id: exercise.points for exercise in LECTURE.exercises}
ADA = Row("Ada <b>", GRADED, lecture=LECTURE.id, score=100, max_score=100, points=FULL, folder="ada", mark=Decimal(100))
BEN = replace(ADA, student="李", folder="li-1", score=98, mark=Decimal("48.5"), points={**FULL, "slope": 0},
              mistakes=("grad-overwrite",), because="5 days late: 49.5 points less")  # fmt: skip
CLEO = Row("Cleo", REJECTED, "cleo.zip is cut off", folder="cleo", entry="cleo.zip")
DAN = Row("Dan", ABSENT, "nothing was handed in", folder="dan")
WRONG = Wrong(LECTURE.id, 7, "slope", "t", "The slope is right.", "public", "h", "x = <3>", "slope", "1", "2")
GROUP = Group(LECTURE.id, "slope", ("li-1", "gone"), ("t",), WRONG)
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ARGS = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--no-first-run"]  # fmt: skip


class Text(HTMLParser):
    """The words of a page, one part after the other, and where its links lead."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.feed(page.partition("<body>")[2])

    def handle_data(self, data: str) -> None:
        self.words += [data.strip()] if data.strip() else []

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.links += [value for name, value in attrs if name == "href"]


def page(*rows: Row) -> Text:
    return Text(class_page(rows, (GROUP,)))


# ---- what it says


def test_everybody_is_on_the_page_with_a_link_to_the_report():
    """Whoever has one; names in any script are text, never markup."""
    found = page(ADA, BEN, CLEO, DAN)
    for row in (ADA, BEN, CLEO, DAN):
        assert row.student in found.words
    assert set(found.links) == {"ada/report.html", "li-1/report.html"}


def test_the_head_counts_and_averages():
    """Of the marks that count."""
    words = " ".join(page(ADA, BEN, CLEO, DAN).words)
    assert "with a mark 2 mean 74.2 median 74.25 rejected 1 handed in nothing 1" in words


def test_what_somebody_should_look_at_comes_first():
    """With the reason."""
    words = page(ADA, BEN, CLEO, DAN).words
    assert words.index("Somebody should look at these") < words.index("cleo.zip is cut off") < words.index("Marks")
    assert "Somebody should look at these" not in page(ADA, BEN).words
    unknown = replace(ADA, reason="Ada is not in roster.csv", doubt="Ada is not in roster.csv")
    assert "Somebody should look at these" in page(unknown).words


def test_exercises_stand_by_the_share_that_passed():
    """The hardest first."""
    words = page(ADA, BEN).words
    start = words.index("Exercises, the hardest first")
    assert words[start + 5 : start + 8] == ["slope", LECTURE.exercises[0].title, "1 of 2"]
    assert words.count("2 of 2") == len(LECTURE.exercises) - 1


def test_marks_are_counted_by_tenths():
    """Full marks stand alone; each mark is in one of them."""
    words = page(ADA, BEN).words
    assert words[words.index("100") + 1] == "1"
    assert words[words.index("40 to below 50") + 1] == "1"
    assert words[words.index("90 to below 100") + 1] == "0"


def test_mistakes_and_what_nobody_recognised_name_their_students():
    """With the sentence and the smallest case; who is not in the class any more is left out."""
    words = page(ADA, BEN).words
    start = words.index("grad-overwrite")
    assert words[start + 2 : start + 4] == ["1 student", "李"]
    start = words.index("What nobody recognised")
    assert words[start + 1 : start + 6] == [
        "slope", "The slope is right.", "1 student", "x = <3>\nslope   yours 1   expected 2", "李",
    ]  # fmt: skip


def test_a_class_without_marks_has_a_page():
    """It says who handed in nothing."""
    assert "Dan" in page(DAN).words


def test_a_page_of_a_graded_class_leads_to_its_reports(tmp_path):
    """Each link of it is a file, and what nobody recognised is on it."""
    odd = SOLUTION["derivatives.py"].replace("(f(x + h) - f(x)) / h", "(f(x + h) - f(x)) / h + 17")
    folder(tmp_path / "inbox", "李", {"derivatives.py": odd})
    books = []
    how = gradebook.How(changed=lambda before, after: books.append(after))
    gradebook.grade(tmp_path / "inbox", tmp_path / "marks", None, 1, SEED, lambda row: None, how)
    write_class_page(tmp_path / "marks", *books)
    found = Text((tmp_path / "marks" / PAGE).read_text(encoding="utf-8"))
    assert found.links
    assert all((tmp_path / "marks" / link).is_file() for link in found.links)
    assert any("yours" in word and "expected" in word for word in found.words)
    (group,) = with_names(unrecognised(tmp_path / "marks"), tmp_path / "marks").groups
    assert group.students == ("李 [student-c16667]",)


# ---- how it is read


def big_class() -> tuple[Row, ...]:
    rows = [replace(BEN, student=f"Jean-Luc van der Long-Surname {n}", folder=f"s{n}") for n in range(996)]
    return (ADA, BEN, CLEO, DAN, *rows)


@pytest.fixture(scope="module")
def browser() -> Iterator:
    playwright = pytest.importorskip("playwright.sync_api", reason="pip install -e '.[browser]'")
    pytest.importorskip("axe_playwright_python.sync_playwright", reason="pip install -e '.[browser]'")
    if CHROMIUM is None:
        pytest.skip("there is no Chromium here")
    with playwright.sync_playwright() as running:
        started = running.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def shown(browser, tmp_path_factory) -> Iterator:
    """The page of a class of a thousand on a phone; whatever it asks for is noted."""
    file: Path = tmp_path_factory.mktemp("page") / "index.html"
    file.write_text(class_page(big_class(), (GROUP,)), encoding="utf-8")
    tab = browser.new_page(viewport={"width": 360, "height": 740}, java_script_enabled=True)
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(file.as_uri())
    assert asked == [file.as_uri()]
    yield tab
    tab.close()


def test_a_thousand_students_fit_a_phone(shown):
    """Nothing is wider than the screen, and everybody is there."""
    assert shown.evaluate("document.documentElement.scrollWidth") == 360
    assert shown.locator("tbody").last.locator("tr").count() == 1000


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser, scheme):
    """Contrast, headings, tables, names: in the light and in the dark, with every fold open; a few rows show it all."""
    from axe_playwright_python.sync_playwright import Axe

    tab = browser.new_page(viewport={"width": 360, "height": 740}, color_scheme=scheme)
    tab.set_content(class_page((ADA, BEN, CLEO, DAN), (GROUP,)))
    tab.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    paper = tab.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (paper != "rgb(255, 255, 255)") is (scheme == "dark")
    found = Axe().run(tab)
    assert found.violations_count == 0, found.generate_report()
    tab.close()


def test_axe_finds_what_is_wrong(browser):
    """The check itself sees a picture without a text, and grey on grey."""
    from axe_playwright_python.sync_playwright import Axe

    tab = browser.new_page()
    tab.set_content("<html><body><img src='x.png'><p style='color: #aaa; background: #bbb'>pale</p></body></html>")
    assert {"image-alt", "color-contrast"} <= {one["id"] for one in Axe().run(tab).response["violations"]}
    tab.close()


def test_on_paper_every_fold_is_open(shown):
    """The names below a mistake are printed, whether it was opened or not."""
    shown.evaluate("document.querySelectorAll('details').forEach(one => one.open = false)")
    names = shown.locator("details .names").first
    shown.emulate_media(media="print")
    assert names.is_visible()
    shown.emulate_media(media="screen")
    assert not names.is_visible()


def test_no_page_needs_the_network_or_a_script():
    """Whatever stands in it is in it."""
    text = class_page((ADA, BEN), (GROUP,))
    assert not re.search(r"<script|<link|<img|https?://|@import|url\(", text)
