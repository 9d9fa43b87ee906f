from itertools import chain

from graphviz import Digraph


def trace(root):
    def walk(node, seen):
        if node not in seen:
            seen[node] = [source for source, _ in node._sources]
            for source in seen[node]:
                walk(source, seen)
        return seen

    graph = walk(root, {})
    return list(graph), list(dict.fromkeys((source, node) for node, sources in graph.items() for source in sources))


def draw_dot(root):
    numbers = {}

    def name(node, kind=""):
        return f"{kind}n{numbers.setdefault(node, len(numbers))}"

    nodes, edges = trace(root)
    dot = Digraph()
    dot.attr(rankdir="LR")
    for node in nodes:
        dot.node(name(node), "{%s|data %.4f|grad %.4f}" % (node.label, node.data, node.grad), {"shape": "record"})
    made = [node for node in nodes if node._sign]
    for node in made:
        dot.node(name(node, "op"), node._sign)
    for tail, head in chain(((name(n, "op"), name(n)) for n in made), ((name(a), name(b, "op")) for a, b in edges)):
        dot.edge(tail, head)
    return dot
