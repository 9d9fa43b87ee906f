from __future__ import annotations

from graphviz import Digraph

from engine import Value


def trace(root: Value) -> tuple[set[Value], set[tuple[Value, Value]]]:
    if not isinstance(root, Value):
        raise TypeError(f"trace needs a Value, not {type(root).__name__}")
    nodes: set[Value] = set()
    edges: set[tuple[Value, Value]] = set()
    stack: list[Value] = [root]
    while stack:
        node = stack.pop()
        if node in nodes:
            continue
        nodes.add(node)
        for child in node._children:
            edges.add((child, node))
            stack.append(child)
    assert root in nodes
    assert all(a in nodes and b in nodes for a, b in edges)
    return nodes, edges


def draw_dot(root: Value) -> Digraph:
    nodes, edges = trace(root)
    dot = Digraph(name="graph of values", graph_attr={"rankdir": "LR"}, node_attr={"fontsize": "10"})
    for node in nodes:
        value, operation = f"value {id(node)}", f"operation {id(node)}"
        dot.node(value, label=f"{{ {node.label} | data {node.data:.4f} | grad {node.grad:.4f} }}", shape="record")
        if node._op != "":
            dot.node(operation, label=node._op, shape="circle")
            dot.edge(operation, value)
    for child, parent in edges:
        dot.edge(f"value {id(child)}", f"operation {id(parent)}")
    assert dot.source
    return dot
