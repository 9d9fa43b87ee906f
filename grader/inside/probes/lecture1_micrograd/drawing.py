"""What is measured of drawing.py: traced and drawn graphs, as the texts and numbers in them."""

import re
from contextlib import suppress
from types import ModuleType
from typing import Any

from grader.inside import expressions
from grader.inside.probe import EXACT, NotAsStated, probe, several
from grader.inside.probes.lecture1_micrograd.shared import (
    METHODS,
    ROUNDING,
    as_list,
    data_of,
    named_results,
    run_program,
    shown,
)


@probe(ROUNDING, lambda program, at: f"{shown(program, at)}; trace(...)")
def traced_graph(engine: ModuleType, drawing: ModuleType, *, program: str, at: dict[str, float]) -> Any:
    """The data of all nodes, and of both ends of all edges, sorted."""
    root = _labelled(engine, program, at)
    found = as_list(drawing.trace(root), "trace(root)")
    if len(found) != 2:
        raise NotAsStated(f"trace(root) returned {several(len(found), 'thing')}; the statement asks for (nodes, edges)")
    nodes, edges = (as_list(part, "a part of trace(root)") for part in found)
    pairs = [as_list(edge, "an edge") for edge in edges]
    return {
        "nodes": sorted(data_of(node, "a node") for node in nodes),
        "edges": sorted([data_of(end, "the end of an edge") for end in pair] for pair in pairs),
    }


@probe(EXACT, lambda program, at: f"{shown(program, at)}; draw_dot(...).source")
def drawn_graph(engine: ModuleType, drawing: ModuleType, *, program: str, at: dict[str, float]) -> Any:
    """The texts of the drawing's nodes, and of both ends of its arrows, read from the DOT source."""
    return _read_dot(_drawn(engine, drawing, program, at))


@probe(EXACT, lambda program, at: f"{shown(program, at)}; draw_dot(...).source")
def drawn_operations(engine: ModuleType, drawing: ModuleType, *, program: str, at: dict[str, float]) -> Any:
    """How many Values, operations and arrows are drawn, whatever an engine calls its operations."""
    found = _read_dot(_drawn(engine, drawing, program, at))
    values = sum(BAR in text for text in found["nodes"])
    return {"Values": values, "operations": len(found["nodes"]) - values, "arrows": len(found["arrows"])}


def _drawn(engine: ModuleType, drawing: ModuleType, program: str, at: dict[str, float]) -> str:
    """The DOT source of a program's result, after backward()."""
    root = _labelled(engine, program, at)
    root.backward()
    source = getattr(drawing.draw_dot(root), "source", None)
    if not isinstance(source, str):
        raise NotAsStated("draw_dot(root) has no .source; the statement asks for a graphviz.Digraph")
    return source


DOT_ID = r'"(?:[^"\\]|\\.)*"|[\w.+-]+'
DOT_NODE = re.compile(rf"^\s*({DOT_ID}) \[(.*)\]\s*$", re.MULTILINE)
DOT_PORT = rf"(?::(?:{DOT_ID})){{0,2}}"
DOT_EDGE = re.compile(rf"^\s*({DOT_ID}){DOT_PORT} -> ({DOT_ID}){DOT_PORT}(?: \[.*\])?\s*$", re.MULTILINE)
DOT_LABEL = re.compile(rf"label=({DOT_ID})")
DOT_SHAPE = re.compile(r"shape=\"?(\w+)")
BAR = " | "  # between the fields of a record, once it is tidied


def _read_dot(source: str) -> Any:
    texts: dict[str, str] = {}
    shapes: set[str] = set()
    usual = "ellipse"
    for name, attributes in DOT_NODE.findall(source):
        label, shape = DOT_LABEL.search(attributes), DOT_SHAPE.search(DOT_LABEL.sub("", attributes))
        if name == "node":  # what holds for all that follow
            usual = shape.group(1) if shape else usual
        elif name not in ("graph", "edge"):
            texts[name.strip('"')] = text = _tidy(label.group(1) if label else name)
            shapes.update({shape.group(1) if shape else usual} if BAR in text else ())
    ends = [(a.strip('"'), b.strip('"')) for a, b in DOT_EDGE.findall(source)]
    direction = re.search(r'rankdir="?(\w+)', source)
    return {
        "nodes": sorted(texts.values()),
        "shapes of the Values": sorted(shapes),
        "arrows": sorted([texts.get(a, "?"), texts.get(b, "?")] for a, b in ends),
        "rankdir": direction.group(1) if direction else "TB",
    }


def _tidy(label: str) -> str:
    """The fields of a record label with one space round each bar, whatever the student's spacing was."""
    fields = label.strip('"').strip().removeprefix("{").removesuffix("}").split("|")
    return BAR.join(" ".join(field.split()) for field in fields)


def _labelled(engine: ModuleType, program: str, at: dict[str, float]) -> Any:
    steps = expressions.parse(program, METHODS)
    names = run_program(engine, steps, at)
    for name in [*at, *named_results(steps)]:
        with suppress(AttributeError):  # an engine without labels can be traced, and draws none
            names[name].label = name
    return names[steps[-1].target]
