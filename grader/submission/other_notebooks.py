"""Notebooks of other kinds, refused by name: marimo keeps its cells as functions in a .py file, Quarto as text."""

import re

from grader.course.safe_text import clean
from grader.course.source_text import text_of
from grader.submission.tree import Tree

MARIMO = re.compile(r"^\w+[ \t]*=[ \t]*marimo\.App\(", re.MULTILINE)
QUARTO = (".qmd", ".rmd")
MOST_READ = 20
MOST_BYTES = 100_000  # of one: where its cells begin is said early


def why_not(name: str, data: bytes) -> str:
    """That a file is a notebook of another kind, and what makes one of it that is taken; empty if it is none."""
    shown = clean(name, 60)
    if name.casefold().endswith(QUARTO):
        return f"{shown} is a Quarto document; make a notebook of it: quarto convert {shown}"
    if name.endswith(".py") and MARIMO.search(text_of(data[:MOST_BYTES])):
        stem = shown.removesuffix(".py")
        return f"{shown} is a marimo notebook; make one of Jupyter of it: marimo export ipynb {shown} -o {stem}.ipynb"
    return ""


def first_in(tree: Tree) -> str:
    """The same of the first such file at the top; empty if there is none."""
    names = [name for name in tree.files("") if name.casefold().endswith((*QUARTO, ".py"))]
    found = (why_not(name, tree.read(name, MOST_BYTES)) for name in names[:MOST_READ])
    return next(filter(None, found), "")
