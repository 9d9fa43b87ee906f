from graphviz import Digraph
from engine import Value

def trace(root):
    nodes, edges = set(), set()
    todo = [root]
    while todo:
        v = todo.pop()
        nodes.add(v)
        for child in v._prev:
            edges.add((child, v))
            todo.append(child)
    return nodes, edges

def draw_dot(root):
    dot = Digraph(format='svg', graph_attr={'rankdir': 'LR'})
    nodes, edges = trace(root)
    for v in nodes:
        name = str(id(v))
        dot.node(name, "{ %s | data %.4f | grad %.4f }" % (v.label, v.data, v.grad), shape='record')
        if v._op != '':
            dot.node(name + 'op', v._op)
            dot.edge(name + 'op', name)
    for child, v in edges:
        dot.edge(str(id(child)), str(id(v)) + 'op')
    return dot
