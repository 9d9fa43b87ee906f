from graphviz import Digraph as D
from .engine import Value

def trace(v):
    below = [trace(p) for p, _ in v.links]
    return {v}.union(*(n for n, _ in below)), {(p, v) for p, _ in v.links}.union(*(e for _, e in below))

def draw_dot(root):
    (nodes, edges), d = trace(root), D(graph_attr=dict(rankdir="LR"))
    for v in nodes:
        d.node(str(v.nr), f"{v.label} | data {v.data:.4f} | grad {v.grad:.4f}", shape="record")
        if v.op: d.node(f"{v.nr}{v.op}", v.op); d.edge(f"{v.nr}{v.op}", str(v.nr))
    d.edges((str(a.nr), f"{b.nr}{b.op}") for a, b in edges)
    return d
