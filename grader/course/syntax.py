"""Source as a syntax tree, which executes nothing."""

import ast
import warnings


def tree_of(source: str) -> ast.Module | None:
    """The tree; None for what does not parse. Raises RecursionError or MemoryError for what is nested too deeply."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source)
    except (SyntaxError, ValueError):
        return None
