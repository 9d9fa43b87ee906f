"""What only a notebook understands (%magic, !command, name?) turned into comments, each on its own line as before."""

import re

from grader.course.syntax import tree_of

# magics whose cell is Python all the same; the cells of all others are something else
PYTHON_MAGICS = ("time", "timeit", "capture", "prun", "python", "python3", "memit", "mprun", "debug")
CELL_MAGIC = re.compile(r"%%(\w*)")
# what IPython takes for a magic without a sign, where it is all that a cell holds
ALONE = re.compile(
    r"(?:[ \t]*(?:#[^\n]*)?\n)*+(?:pip|conda|mamba|ls|ll|cd|pwd|mkdir|rmdir|rm|cp|mv|cat|less|more|man|clear|who|whos)"
    r"(?:[ \t]+(?![-+*/%&|^@<>=!]*=|[(,\[]|\.\w)[^\n]*)?\s*+"
)
TIMED = re.compile(r"%time[ \t]+(?P<statement>[^\n]+)")
# at the start of a statement: %name, %%name, !command, ?name, name?, names = !command, name = %magic
LINE_MAGIC = re.compile(
    r"([ \t]*+)(?:%%?[a-zA-Z]|[!?]|[\w.]++\?\??[ \t]*+(?=\n|\Z)|[\w., \t]++=[ \t]*+(?:!|%[a-zA-Z]))"
    r"(?:\\\n|[^\n])*+"
)
# what may hide the end of a statement; each of these matches once it has begun, so that no text is read twice
TOKEN = re.compile(
    r'"""(?:[^"\\]++|\\.|"(?!""))*+(?:"""|\\?\Z)'
    r"|'''(?:[^'\\]++|\\.|'(?!''))*+(?:'''|\\?\Z)"
    r'|"(?:[^"\\\n]++|\\.)*+"?'
    r"|'(?:[^'\\\n]++|\\.)*+'?"
    r"|#[^\n]*+|\\\n|(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<end>\n)",
    re.DOTALL,
)


def as_python(cell: str) -> str:
    """The cell with as many lines as before, and nothing in it that is not meant for Python."""
    magic = CELL_MAGIC.match(cell.lstrip())
    if (magic and magic[1] not in PYTHON_MAGICS) or ALONE.fullmatch(cell):
        return _commented(cell)
    return "".join(_statements(cell))


def _statements(text: str) -> list[str]:
    """The text in pieces, the line magics among them as comments."""
    pieces: list[str] = []
    at, kept, depth, begins = 0, 0, 0, True
    while at < len(text):
        if begins and (magic := LINE_MAGIC.match(text, at)):
            pieces += text[kept:at], _timed(magic[0], magic[1]) or _commented(magic[0], magic[1])
            at = kept = magic.end()
        token = TOKEN.search(text, at)
        if token is None:
            break
        depth = max(0, depth + bool(token["open"]) - bool(token["close"]))
        begins = bool(token["end"]) and depth == 0
        at = token.end()
    return [*pieces, text[kept:]]


def _timed(text: str, indent: str) -> str:
    """The statement that %time runs, which is a statement of the cell; empty if this is something else."""
    timed = TIMED.fullmatch(text, len(indent))
    return indent + timed["statement"] if timed and _is_python(timed["statement"]) else ""


def _is_python(text: str) -> bool:
    try:
        return tree_of(text) is not None
    except (RecursionError, MemoryError):  # nested too deeply to be read
        return False


def _commented(text: str, indent: str = "") -> str:
    """Every line behind a mark. In an indented block a statement is left, for a block cannot be empty."""
    lines = [f"# {line}" if line.strip() else line for line in text[len(indent) :].split("\n")]
    return (f"{indent}pass  " if indent else "") + "\n".join(lines)
