from graphviz import Digraph

from lecture1_micrograd.engine import Value


def trace(root: Value):
    assert isinstance(root, Value), "can only trace a Value"
    nodes, edges = set(), set()

    def visit(v):
        print("visit", v)
        nodes.add(v)
        for child in v._prev:
            edges.add((child, v))
            if child not in nodes:
                visit(child)

    visit(root)
    return (frozenset(nodes), frozenset(edges))


def draw_dot(root: Value) -> Digraph:
    dot = Digraph(format="svg", graph_attr={"rankdir": "LR"})
    nodes, edges = trace(root)
    for n in nodes:
        uid = "n" + str(id(n))
        dot.node(name=uid, label="{ %s | data %.4f | grad %.4f }" % (n.label, n.data, n.grad), shape="record", color="blue")
        if n._op:
            dot.node(name=uid + "_op", label=n._op, color="red")
            dot.edge(uid + "_op", uid, color="red")
    for n1, n2 in edges:
        dot.edge("n" + str(id(n1)), "n" + str(id(n2)) + "_op")
    print(dot.source)
    return dot
