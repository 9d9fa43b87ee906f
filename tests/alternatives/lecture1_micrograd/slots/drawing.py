import graphviz


def trace(root):
    nodes = {root}
    edges = set()
    stack = [root]
    while stack:
        parent = stack.pop()
        for child in parent._inputs:
            edges.add((child, parent))
            if child not in nodes:
                nodes.add(child)
                stack.append(child)
    return nodes, edges


def draw_dot(root):
    picture = graphviz.Digraph()
    picture.attr(rankdir="LR")
    nodes, edges = trace(root)
    name = lambda node: "value%d" % id(node)
    machine = lambda node: "op%d" % id(node)
    for node in nodes:
        text = "{%s|data %.4f|grad %.4f}" % (node.label, node.data, node.grad)
        picture.node(name(node), text, shape="record")
        if node._inputs:
            picture.node(machine(node), node._sign)
            picture.edge(machine(node), name(node))
    for child, parent in edges:
        picture.edge(name(child), machine(parent))
    return picture
