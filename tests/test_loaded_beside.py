"""Which modules a measurement reaches when it puts something into a student's: all of the folder, and no others."""

import sys
from types import ModuleType

from grader.inside import probe
from grader.inside.modules import Modules, anew, loaded_beside

FILES = {"a.py": "import folder.b\nf = 1\n", "b.py": "f = 1\n", "c.py": "f = 1\n"}


def names(modules: list[ModuleType]) -> set[str]:
    return {module.__name__ for module in modules}


def test_whatever_of_the_folder_is_loaded_is_reached():
    """What a file imports, what is executed again, and what code has put there by hand; nothing that is not loaded."""
    with Modules("folder", FILES).fresh(["a"]) as loaded:
        assert names(loaded_beside(loaded.values())) == {"folder.a", "folder.b"}
        assert names(loaded_beside(anew([loaded["a"]]))) == {"folder.a", "folder.b"}
        sys.modules["folder.by_hand"] = ModuleType("folder.by_hand")
        try:
            assert names(loaded_beside([sys.modules["folder.a"]])) == {"folder.a", "folder.b", "folder.by_hand"}
        finally:
            del sys.modules["folder.by_hand"]


def test_modules_that_were_loaded_otherwise_are_reached_too():
    """Such as those of a library, while a submission's modules are loaded."""
    with Modules("folder", FILES).fresh(["a"]):
        assert probe in loaded_beside([probe])
        assert "folder.a" not in names(loaded_beside([probe]))


def test_what_stands_in_is_gone_afterwards():
    """A function of another file is put where it is known, and what was there comes back."""
    files = {"a.py": "from folder.b import f\n", "b.py": "def f(): return 1\n"}
    with Modules("folder", files).fresh(["a"]) as loaded:
        with probe.in_place(loaded["a"], {"f": lambda: 2}):
            assert [sys.modules[name].f() for name in ("folder.a", "folder.b")] == [2, 2]
        assert [sys.modules[name].f() for name in ("folder.a", "folder.b")] == [1, 1]
