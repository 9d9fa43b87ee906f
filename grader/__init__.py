"""A course kit that grades itself, for Andrej Karpathy's lectures Neural Networks: Zero to Hero."""

from functools import cache

__version__ = "0.1.0"


@cache
def version_of(package: str) -> str | None:
    """The version of an installed package; None if there is none."""
    from importlib import metadata

    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def load_ipython_extension(shell: object) -> None:
    """What `%load_ext grader` calls in a notebook: it brings %check, %hint and %draw."""
    from grader.desk.notebooks.magics import load

    load(shell)
