"""Notebooks are read as data: which cells become which module, and what of them does not run."""

import subprocess
import sys
from collections.abc import Callable

import pytest
from package_kit import COURSE, ENGINE, LECTURE, OTHER, folder, in_folder, notebook, package, whole, zipped

from grader.course import PROJECT, load
from grader.submission import Submission, open_submission
from grader.submission.packing import build, choose

STUB = (PROJECT / "exercises" / LECTURE.id / "engine.py").read_bytes()
MARKDOWN = {"cell_type": "markdown", "metadata": {}, "source": "# engine.py\n\nis my engine"}


@pytest.fixture
def modules(tmp_path) -> Callable[..., dict[str, str]]:
    """The modules that a notebook of a name and with these cells gives."""

    def given(name: str, *cells: object) -> dict[str, str]:
        return open_submission(folder(tmp_path / "ada", {name: notebook(*cells)}), COURSE).sources()

    return given


# ---- which cells belong to which module


def test_a_notebook_that_is_called_like_a_module_is_that_module(modules):
    """All its code cells, in their order; what is no code is left out."""
    expected = "# code cell 1\nx = 1\n\n# code cell 2\ny = 2\n"
    assert modules("engine.ipynb", "x = 1", MARKDOWN, "y = 2")["engine.py"] == expected


@pytest.mark.parametrize(
    "mark",
    [
        "# engine.py",
        "#engine.py:",
        "## engine.py  ",
        "#%% engine.py",
        "# lecture1_micrograd/engine.py",
        "%%writefile engine.py",
        "%%file engine.py",
        "%%writefile ./lecture1_micrograd/engine.py",
        "%%writefile /content/engine.py",
        '%%writefile "engine.py"',
        "%%writefile -a engine.py",
        "\n\n# engine.py",
    ],
)
def test_a_cell_says_in_its_first_line_where_it_belongs(modules, mark):
    """In a comment, or in the words that make Jupyter write the file; the first line then says which cell it is."""
    found = modules("lecture.ipynb", "1/0", f"{mark}\nx = 1\ny = 2", "2/0")
    assert found == {"engine.py": "# code cell 2\nx = 1\ny = 2\n"}


def test_a_notebook_of_a_whole_lecture_gives_all_its_modules(modules):
    """Cells of one module are joined, wherever they stand; experiments between them are left out."""
    found = modules("Lecture 1.ipynb", "# engine.py\na = 1", "# nn.py\nn = 1", "plot()", "# engine.py\nb = 2")
    assert found == {
        "engine.py": "# code cell 1\na = 1\n\n# code cell 4\nb = 2\n",
        "nn.py": "# code cell 2\nn = 1\n",
    }


def test_writefile_replaces_and_adds_as_in_jupyter(modules):
    """The last version counts, with what was added to it."""
    cells = ["%%writefile engine.py\nold = 1", "%%writefile engine.py\nnew = 1", "%%writefile -a engine.py\nmore = 1"]
    assert modules("a.ipynb", *cells)["engine.py"] == "# code cell 2\nnew = 1\n\n# code cell 3\nmore = 1\n"


def test_a_cell_of_another_module_is_not_part_of_the_notebooks_own(modules):
    """The mark counts more than the name of the notebook."""
    assert modules("engine.ipynb", "x = 1", "# nn.py\ny = 2") == {
        "engine.py": "# code cell 1\nx = 1\n",
        "nn.py": "# code cell 2\ny = 2\n",
    }


def test_a_cell_of_another_lecture_stays_out(tmp_path):
    """Two lectures have a module of one name; a folder in front says which is meant."""
    course = load()
    cells = ["# lecture2_bigram/exercises.py\ntwo = 2", "# lecture4_batchnorm/exercises.py\nfour = 4"]
    path = package(tmp_path, notebook(*cells), "ada.ipynb")
    assert open_submission(path, course, course.lecture("2")).sources() == {"exercises.py": "# code cell 1\ntwo = 2\n"}
    assert open_submission(path, course, course.lecture("4")).sources() == {"exercises.py": "# code cell 2\nfour = 4\n"}


@pytest.mark.parametrize(
    "line", ["import engine.py", "# see engine.py for more", "engine.py", "# utils.py", "# Engine.py"]
)
def test_other_first_lines_are_no_marks(modules, line):
    """Only a whole line that names a module of the lecture."""
    assert modules("a.ipynb", f"{line}\nx = 1", "# nn.py\n") == {"nn.py": "# code cell 2\n\n"}


def test_a_source_of_several_lines_is_the_same_as_one_text(modules):
    """Jupyter stores lines, other programs a text."""
    assert (
        modules("engine.ipynb", "a = 1\nb = 2\n")["engine.py"]
        == modules("engine.ipynb", ["a = 1\n", "b = 2\n"])["engine.py"]
    )


# ---- where a notebook may stand


def test_a_notebook_alone_is_a_submission(tmp_path):
    """The student's name is the file's."""
    path = package(tmp_path, notebook("# engine.py\nx = 1"), "ada.ipynb")
    assert open_submission(path, COURSE) == Submission("ada", LECTURE, {"engine.py": b"# code cell 1\nx = 1\n"})


@pytest.mark.parametrize("as_zip", [False, True])
@pytest.mark.parametrize("around", ["", "lecture1_micrograd/", "ada/", "repo/ada/"])
def test_a_notebook_in_a_folder_or_a_zip_is_found(tmp_path, around, as_zip):
    """At the top, in the lecture's folder, in folders around it."""
    files = {f"{around}My work.ipynb": notebook("# engine.py\nx = 1"), f"{around}notes.txt": b""}
    path = package(tmp_path, zipped(files)) if as_zip else folder(tmp_path / "ada", files)
    assert open_submission(path, COURSE).sources() == {"engine.py": "# code cell 1\nx = 1\n"}


@pytest.mark.parametrize("as_zip", [False, True])
def test_what_programs_leave_beside_a_notebook_is_no_notebook(tmp_path, as_zip):
    """Jupyter keeps copies, macOS files of its own whose names end like the student's."""
    beside = {
        "._work.ipynb": b"\0\5\26\7",
        ".ipynb_checkpoints/work-checkpoint.ipynb": notebook("# engine.py\nold = 1"),
    }
    files = in_folder({"work.ipynb": notebook("# engine.py\nx = 1"), **beside}, "ada")
    path = package(tmp_path, zipped(files)) if as_zip else folder(tmp_path / "ada", files)
    assert open_submission(path, COURSE).sources() == {"engine.py": "# code cell 1\nx = 1\n"}


def test_a_notebook_for_another_lecture_is_recognised(tmp_path):
    """By its cells, if the lecture is not told."""
    path = package(tmp_path, notebook("# bigram.py\nx = 1"), "ada.ipynb")
    assert open_submission(path, COURSE).lecture == OTHER


def test_the_name_of_the_notebook_does_not_change_the_hash(tmp_path):
    """The same cells are the same work."""
    one = open_submission(package(tmp_path, notebook("# engine.py\nx = 1"), "ada.ipynb"), COURSE)
    other = open_submission(package(tmp_path, notebook("# engine.py\nx = 1", metadata={}), "eve.ipynb"), COURSE)
    assert one.sha256 == other.sha256


def test_outputs_and_attachments_do_not_count(tmp_path):
    """Pictures of megabytes, and outputs that no Jupyter would have written."""
    picture = {"output_type": "display_data", "data": {"image/png": "A" * 9_000_000}, "metadata": {}}
    odd = {"cell_type": "code", "source": "# engine.py\nx = 1", "outputs": [picture, 7, {"x": [float("nan")]}]}
    text = {"cell_type": "markdown", "source": "![x](attachment:x)", "attachments": {"x": [1]}}
    path = package(tmp_path, notebook(odd, text), "ada.ipynb")
    assert open_submission(path, COURSE).files == {"engine.py": b"# code cell 1\nx = 1\n"}


# ---- a module that is there as a file as well


@pytest.mark.parametrize("as_zip", [False, True])
def test_a_file_that_was_worked_on_counts_more_than_cells(tmp_path, as_zip):
    """The file is what runs, also when the notebook that once wrote it has been left behind."""
    files = in_folder({"engine.py": ENGINE, "engine.ipynb": notebook("old = 1"), "nn.ipynb": notebook("x = 1")})
    path = package(tmp_path, zipped(files)) if as_zip else folder(tmp_path / "ada", files)
    assert open_submission(path, COURSE).files == {"engine.py": ENGINE, "nn.py": b"# code cell 1\nx = 1\n"}


@pytest.mark.parametrize("file", [STUB, STUB.replace(b"\n", b"\r\n"), b"", b" \n"])
def test_cells_count_more_than_the_stub(tmp_path, file):
    """Who works in a notebook leaves the stubs as they were handed out."""
    path = folder(tmp_path / "ada", in_folder({"engine.py": file, "engine.ipynb": notebook("x = 1")}))
    assert open_submission(path, COURSE).files == {"engine.py": b"# code cell 1\nx = 1\n"}


def test_a_notebook_beside_the_lectures_folder_counts(tmp_path):
    """A course folder with stubs and one notebook for everything."""
    path = folder(tmp_path / "ada", {**in_folder({"engine.py": STUB}), "all.ipynb": notebook("# engine.py\nx = 1")})
    assert open_submission(path, COURSE).files == {"engine.py": b"# code cell 1\nx = 1\n"}


def test_notebooks_of_experiments_do_no_harm(tmp_path):
    """Beside files that were worked on, what a notebook does not say is not asked for."""
    path = folder(tmp_path / "ada", {"engine.py": ENGINE, "scratch.ipynb": notebook("1/0"), "new.ipynb": b""})
    assert open_submission(path, COURSE).files == {"engine.py": ENGINE}


def test_a_notebook_that_is_not_needed_is_not_read(tmp_path):
    """If all modules are there, a broken one costs nothing."""
    path = folder(tmp_path / "ada", {**whole(), "scratch.ipynb": b"<<<<<<< HEAD"})
    assert open_submission(path, COURSE).files == whole()


def test_two_copies_of_a_notebook_are_one(tmp_path):
    """A browser that saved it twice."""
    files = {name: notebook("# engine.py\nx = 1") for name in ("a.ipynb", "a (1).ipynb")}
    assert open_submission(folder(tmp_path / "ada", files), COURSE).files == {"engine.py": b"# code cell 1\nx = 1\n"}


# ---- what is not Python


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("%matplotlib inline\nx = 1", "# %matplotlib inline\nx = 1"),
        ("!pip install torch\nx = 1", "# !pip install torch\nx = 1"),
        ("!pip install \\\n  torch\nx = 1", "# !pip install \\\n#   torch\nx = 1"),
        ("%%time\nx = 1", "# %%time\nx = 1"),
        ("%%capture out\nx = 1", "# %%capture out\nx = 1"),
        ("%%bash\nrm -rf x\n\necho", "# %%bash\n# rm -rf x\n\n# echo"),
        ("\n%%html\n<b>", "\n# %%html\n# <b>"),
        ("Value?\nValue.data??\n?Value", "# Value?\n# Value.data??\n# ?Value"),
        ("files = !ls\nhere = %pwd\na, b = !x", "# files = !ls\n# here = %pwd\n# a, b = !x"),
        ("if x:\n    !ls\n\t%timeit y()\nz = 1", "if x:\n    pass  # !ls\n\tpass  # %timeit y()\nz = 1"),
        ("%time x = 1\nif x:\n    %time y = 2", "x = 1\nif x:\n    y = 2"),
        ("%time x = (", "# %time x = ("),
        ("pip install torch", "# pip install torch"),
        ("# the folder\nls\n", "# # the folder\n# ls\n"),
        ("cd ..", "# cd .."),
        ("%time x = '''\ny = 1", "# %time x = '''\ny = 1"),
        ("!echo it's\n!echo (\nx = 1", "# !echo it's\n# !echo (\nx = 1"),
        ("%matplotlib inline", "# %matplotlib inline"),
    ],
)
def test_what_only_a_notebook_understands_becomes_a_comment(modules, cell, expected):
    """On its own line, so that all other lines keep their place."""
    assert modules("engine.ipynb", cell)["engine.py"] == f"# code cell 1\n{expected}\n"


@pytest.mark.parametrize(
    "cell",
    [
        "x = (a\n  %b\n  % c)",
        "x = 1\nls",
        "ls = [1]",
        "who += 1",
        "cat, dog = 1, 2",
        "ls(3)",
        "less.x",
        "x = [\n!= 1]",
        "x = a \\\n %b",
        'text = """\n%matplotlib inline\n!ls\n"""',
        "text = '''a\\'''\n!ls\n'''",
        "r = 'it\\'s' # ' \"\"\"\ny = f(1)\n",
        "a % b\na != b\na == b",
        "x = y if z else '%s' % w",
        "# %%time is slow (\nx = 1",
        "d = {\n  'a': 1,\n}\n",
    ],
)
def test_python_stays_as_it_is(modules, cell):
    """Within brackets and texts, what looks like a magic is none."""
    assert modules("engine.ipynb", cell)["engine.py"] == f"# code cell 1\n{cell}\n"


# ---- pack


def test_a_notebook_is_packed_as_the_modules_that_it_gives(tmp_path):
    """What is handed in is what was checked: modules, the same as the grader would make of the notebook."""
    home = folder(tmp_path / "home", in_folder({"engine.ipynb": notebook("x = 1"), "nn.py": b"y = 2\n", "a.txt": b""}))
    choice = choose(home, LECTURE)
    file = package(tmp_path, build(choice, COURSE, "ada"))
    assert choice.ignored == ("a.txt",)
    assert dict(choice.notebooks) == {"engine.py": "lecture1_micrograd/engine.ipynb"}
    assert open_submission(file, COURSE).files == open_submission(home, COURSE, LECTURE).files
    assert sorted(open_submission(file, COURSE).files) == ["engine.py", "nn.py"]


def test_reading_notebooks_is_imported_late():
    """Who hands in modules does not wait for nbformat."""
    program = "import grader.submission, sys; assert not {'nbformat', 'jsonschema'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True)


def test_reading_a_notebook_executes_nothing(tmp_path):
    """Neither Python nor a line for the shell."""
    trap = tmp_path / "sprung"
    cells = [f"# engine.py\nopen({str(trap)!r}, 'w')", f"!touch {trap}", f"%%bash\ntouch {trap}"]
    open_submission(package(tmp_path, notebook(*cells), "ada.ipynb"), COURSE).sources()
    assert not trap.exists()
