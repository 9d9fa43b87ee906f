from graphviz import Digraph


def trace(root):
    nodes, edges, pending = {root}, set(), [root]
    while pending:
        var = pending.pop(0)
        for parent in var.parents:
            edges.add((parent, var))
            if parent not in nodes:
                nodes.add(parent)
                pending.append(parent)
    return nodes, edges


class GraphBuilder:
    def __init__(self):
        self.dot = Digraph(graph_attr={"rankdir": "LR"})

    def add_node(self, var):
        text = " | ".join([var.label, f"data {var.data:.4f}", f"grad {var.derivative:.4f}"])
        self.dot.node(f"v{var.unique_id}", "{ " + text + " }", shape="record")
        if not var.is_leaf():
            self.dot.node(f"f{var.unique_id}", var.history.last_fn.name)
            self.dot.edge(f"f{var.unique_id}", f"v{var.unique_id}")

    def add_edge(self, parent, var):
        self.dot.edge(f"v{parent.unique_id}", f"f{var.unique_id}")


def draw_dot(root):
    builder = GraphBuilder()
    nodes, edges = trace(root)
    for var in sorted(nodes, key=lambda v: v.unique_id):
        builder.add_node(var)
    for parent, var in edges:
        builder.add_edge(parent, var)
    return builder.dot
