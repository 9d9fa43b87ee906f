"""Known mistakes in engine.py of lecture 1: how gradients are collected and sent back through a whole graph."""

from grader.judging.mistakes.known import Edit, Misconception, edit
from grader.lectures.lecture1_micrograd.mistakes.shared import ENGINE, PRODUCT_RULE, SUM_RULE

RULES = (
    SUM_RULE,
    PRODUCT_RULE,
    "self.grad += other * self.data",
    "self.grad += out.data * out.grad",
    "self.grad += (1 / self.data)",
    "self.grad += (1 - out.data**2)",
    "self.grad += (self.data > 0)",
)

WHOLE_SWEEP = """        # topological order: every node stands behind all the nodes it was made from
        topo = []
        visited = set()

        def build_topo(v):
            if v not in visited:
                visited.add(v)
                for child in v._prev:
                    build_topo(child)
                topo.append(v)

        build_topo(self)

        # from the output back: d(self)/d(self) is 1, the chain rule does the rest
        self.grad = 1.0
        for v in reversed(topo):
            v._backward()
"""
UNORDERED = """        self.grad = 1.0
        def visit(v):
            v._backward()
            for child in {children}:
                visit(child)
        visit(self)
"""
UNORDERED_SET = UNORDERED.replace("{children}", "dict.fromkeys({children})")  # in a + a, a set holds a once
PREORDER = """        self.grad = 1.0
        visited = set()
        def visit(v):
            if v not in visited:
                visited.add(v)
                v._backward()
                for child in {children}:
                    visit(child)
        visit(self)
"""
BREADTH_FIRST = """        self.grad = 1.0
        queue, visited = [self], {{self}}
        while queue:
            v = queue.pop(0)
            v._backward()
            for child in {children}:
                if child not in visited:
                    visited.add(child)
                    queue.append(child)
"""

# the orders in which a set of children may come, from node to node
CHILDREN = (
    "v._prev",
    "reversed(v._prev)",
    '(v._prev if v._op == "*" else v._prev[::-1])',
    '(v._prev if v._op == "+" else v._prev[::-1])',
)


def sweep(order: str) -> tuple[tuple[Edit, ...], ...]:
    """A whole backward() in another order, with the children taken in every order that matters."""
    return tuple((Edit(ENGINE, WHOLE_SWEEP, order.format(children=children)),) for children in CHILDREN)


def overwriting() -> tuple[tuple[Edit, ...], ...]:
    """Assigning in all operations or in one, with the children visited from the left and from the right."""
    every = Edit(ENGINE, ".grad +=", ".grad =", 9)
    one = [Edit(ENGINE, rule, rule.replace("+=", "="), 1) for rule in RULES]
    right = Edit(ENGINE, "for child in v._prev:", "for child in reversed(v._prev):")
    return tuple(variant for e in (every, *one) for variant in ((e,), (e, right)))


MISCONCEPTIONS = (
    Misconception(
        "grad-overwrite",
        "Your gradient is replaced where it should be added to, so that only the last use of a Value counts.",
        "How many times is this Value used? What happens to its first share when the second one arrives?",
        overwriting(),
        varies=True,
    ),
    Misconception(
        "topo-forward-order",
        "Your sweep runs from the inputs to the result, so that a Value passes its gradient on before it has any.",
        "When a Value passes its gradient on, has it already received it?",
        (edit(ENGINE, "for v in reversed(topo):", "for v in topo:"),),
    ),
    Misconception(
        "naive-recursion",
        "Your sweep visits a result once for every use of it, and passes its gradient on again each time.",
        "Draw a result that two later ones use and that has inputs of its own. How often does its closure run?",
        (*sweep(UNORDERED), *sweep(UNORDERED_SET)),
        varies=True,
    ),
    Misconception(
        "dfs-preorder-visited",
        "Your sweep follows one path down to the inputs before the other paths have brought their gradient.",
        "Each result is visited once, but has everything arrived by then?",
        sweep(PREORDER),
        varies=True,
    ),
    Misconception(
        "bfs-visited",
        "Your sweep goes level by level, so that a result near the end passes on before a longer path has come in.",
        "Find a result that is one step from the end by one path and three by another. Which share comes too late?",
        sweep(BREADTH_FIRST),
        varies=True,
    ),
    Misconception(
        "visited-by-value",
        "Two different Values that hold the same number are taken for one, and only one of them is visited.",
        "If a = 2 and b = 2, are they the same Value? How does your sweep tell them apart?",
        (
            (
                Edit(ENGINE, "if v not in visited:", "if v.data not in visited:"),
                Edit(ENGINE, "visited.add(v)", "visited.add(v.data)"),
            ),
        ),
    ),
    Misconception(
        "missing-child",
        "Of two Values in an operation only one is remembered or visited: nothing behind the other gets a gradient.",
        "Draw the graph. Is every arrow there, and does your sweep follow each of them?",
        (
            (
                Edit(ENGINE, '(self, other), "+"', '(self,), "+"'),
                Edit(ENGINE, '(self, other), "*"', '(self,), "*"'),
            ),
            edit(ENGINE, '(self, other), "+"', '(self,), "+"'),
            edit(ENGINE, '(self, other), "*"', '(self,), "*"'),
            (
                Edit(ENGINE, '(self, other), "+"', '(other,), "+"'),
                Edit(ENGINE, '(self, other), "*"', '(other,), "*"'),
            ),
            edit(ENGINE, "for child in v._prev:", "for child in v._prev[:1]:"),
            edit(ENGINE, "for child in v._prev:", "for child in v._prev[-1:]:"),
        ),
    ),
    Misconception(
        "seed-not-one",
        "No gradient sets out: that of the result itself stays 0, and so do all the others.",
        "By how much does the result change if the result changes by one?",
        (edit(ENGINE, "        self.grad = 1.0\n", ""),),
    ),
    Misconception(
        "closure-on-self",
        "The closure is stored on an input, where a later operation on the same Value replaces it.",
        "Whose gradient does the closure read? Which Value should own it?",
        (edit(ENGINE, "out._backward = _backward", "self._backward = _backward", 7),),
    ),
    Misconception(
        "closure-called-early",
        "The closure is called when it should only be stored, so that what is stored is None.",
        "Do you hand over the function, or what it returned?",
        (edit(ENGINE, "out._backward = _backward", "out._backward = _backward()", 7),),
    ),
)
