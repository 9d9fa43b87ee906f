"""Notebooks of marimo and Quarto are refused by name, with what makes one of them that is taken."""

from package_kit import COURSE, ENGINE, folder, refusal

from grader.submission import open_submission

MARIMO = b"import marimo\n\napp = marimo.App(width='medium')\n\n@app.cell\ndef _():\n    return\n"
ADVICE = "make one of Jupyter of it: marimo export ipynb engine.py -o engine.ipynb"


def test_a_module_that_is_a_marimo_notebook_is_refused_by_name(tmp_path):
    path = folder(tmp_path / "ada", {"engine.py": MARIMO, "nn.py": ENGINE})
    assert refusal(path) == f"engine.py is a marimo notebook; {ADVICE}"


def test_a_marimo_notebook_alone_is_named(tmp_path):
    path = folder(tmp_path / "ada", {"work.py": MARIMO})
    assert refusal(path).endswith("work.py is a marimo notebook; " + ADVICE.replace("engine", "work"))


def test_a_quarto_document_alone_is_named(tmp_path):
    path = folder(tmp_path / "ada", {"engine.qmd": b"```{python}\n```\n"})
    assert refusal(path).endswith("engine.qmd is a Quarto document; make a notebook of it: quarto convert engine.qmd")


def test_a_quarto_document_beside_the_modules_does_no_harm(tmp_path):
    found = open_submission(folder(tmp_path / "ada", {"engine.py": ENGINE, "notes.qmd": b""}), COURSE)
    assert found.files == {"engine.py": ENGINE}


def test_a_module_that_only_speaks_of_marimo_is_taken(tmp_path):
    text = b"# app = marimo.App() is not here\n" + ENGINE
    assert open_submission(folder(tmp_path / "ada", {"engine.py": text}), COURSE).files == {"engine.py": text}
