"""Draw the expression graph, with every value and every gradient in it.

Lecture 1, 0:19 (the lecture hands this code out; here you write it). Uses the Python package graphviz.
What is left out: layout. The program `dot` does that, and nothing here needs it until you render.

`_prev` and `_op` are the lecture's names. If your engine calls them something else, use your names.
"""

from graphviz import Digraph



def trace(root):
    """All the Values that root was made from, and the arrows between them.

    root: a Value. Returns (nodes, edges): a set of Values, root included, and a set of pairs
    (child, parent), one for each Value `child` that `parent` was made from.

    >>> a, b = Value(2.0), Value(-3.0)
    >>> nodes, edges = trace(a + b)
    >>> len(nodes), len(edges)
    (3, 2)

    Source: lecture 1, 0:25.
    """
    return {root}, set(), root


def draw_dot(root):
    """The graph of root as a graphviz.Digraph, left to right.

    root: a Value. One node of shape record per Value with the text "{ label | data 2.0000 | grad 0.0000 }"
    (four digits each), one plain node per operation with its sign ('+', '*', 'tanh', ...), an arrow from each child
    to the operation, and one from the operation to its result.

    >>> print(draw_dot(Value(2.0, label="a")).source)      # the long number is id(a), and differs
    digraph {
        graph [rankdir=LR]
        140213 [label="{ a | data 2.0000 | grad 0.0000 }" shape=record]
    }

    Source: lecture 1, 0:25.
    """
    raise NotImplementedError("draw-dot")  # TODO: your code goes here
