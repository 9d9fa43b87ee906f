from graphviz import Digraph


def trace(root):
    def ancestors(v, seen):
        if v in seen:
            return []
        seen.add(v)
        arrows = [(parent, v) for parent, _ in v.recipe]
        for parent, _ in v.recipe:
            arrows += ancestors(parent, seen)
        return arrows

    nodes = set()
    edges = ancestors(root, nodes)
    return list(nodes), edges


def draw_dot(root):
    nodes, edges = trace(root)
    number = {v: i for i, v in enumerate(nodes)}
    g = Digraph("expression", format="svg", node_attr={"shape": "record"}, graph_attr={"rankdir": "LR"})
    for v, i in number.items():
        g.node(f"v{i}", label=f"{{ {v.label} | data {v.data:.4f} | grad {v.grad:.4f} }}")
        if v.kind is not None:
            g.node(f"op{i}", label=v.kind, shape="circle")
            g.edge(f"op{i}", f"v{i}")
    for a, b in edges:
        g.edge(f"v{number[a]}", f"op{number[b]}")
    return g
