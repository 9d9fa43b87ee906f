"""Values as short text, and what kind of value one is."""

from grader.inside.plain import Array, Plain, article

MAX_SHOWN = 160
MAX_NESTED = 2


def show(value: Plain) -> str:
    """A value as short text: floats to 10 digits, long things cut with a count."""
    text = _text(value)
    if len(text) <= MAX_SHOWN:
        return text
    return f"{text[:MAX_SHOWN]} ... ({len(text) - MAX_SHOWN} more characters)"


def _text(value: Plain, depth: int = 0) -> str:
    if isinstance(value, float):
        return repr(value) if len(repr(value)) <= 12 else repr(float(f"{value:.10g}"))
    if isinstance(value, list | tuple) and depth >= MAX_NESTED:
        return "[...]"
    if isinstance(value, list | tuple):
        more = [f"... ({len(value) - 50} more)"] if len(value) > 50 else []
        inner = ", ".join([*(_text(item, depth + 1) for item in value[:50]), *more])
        return f"[{inner}]"
    if isinstance(value, dict):
        pairs = [f"{_text(k, depth + 1)}: {_text(v, depth + 1)}" for k, v in list(value.items())[:20]]
        return "{" + ", ".join([*pairs, *([f"... ({len(value) - 20} more)"] if len(value) > 20 else [])]) + "}"
    if isinstance(value, Array):
        return f"{article(value.dtype)} array of shape {value.shape}"
    return repr(value)


def counted(items: Plain) -> str:
    """How many items, and which."""
    return f"{len(items)} item{'' if len(items) == 1 else 's'}: {show(items)}"


def kind(value: Plain) -> str:
    """What a value is, in a word."""
    if isinstance(value, bool):
        return "truth value"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, list | tuple):
        return "list"
    return {"NoneType": "nothing", "str": "text", "Array": "array"}.get(type(value).__name__, type(value).__name__)
