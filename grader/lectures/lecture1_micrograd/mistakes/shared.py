"""What the known mistakes of lecture 1 share: files, rules of the reference, operators with closures of their own."""

from grader.judging.mistakes.known import Edit

ENGINE, NN, TRAINING, DERIVATIVES, SOFTMAX = "engine.py", "nn.py", "training.py", "derivatives.py", "softmax.py"

SUM_RULE = "            self.grad += out.grad\n            other.grad += out.grad\n"
PRODUCT_RULE = "            self.grad += other.data * out.grad\n            other.grad += self.data * out.grad\n"
POWER_RULE = "other * self.data ** (other - 1) * out.grad"
EXP_RULE, LOG_RULE = "out.data * out.grad", "(1 / self.data) * out.grad"
TANH_RULE, RELU_RULE = "(1 - out.data**2) * out.grad", "(self.data > 0) * out.grad"

# the last lines of the closure of each operation that has one
RULES = (SUM_RULE, PRODUCT_RULE, *(f"{rule}\n" for rule in (POWER_RULE, EXP_RULE, LOG_RULE, TANH_RULE, RELU_RULE)))
STORED = "\n        out._backward = _backward\n"
RETURNED = "        return out\n"

SUB_BODY = "        # a difference is a sum: nothing new to differentiate\n        return self + (-other)\n"
DIV_BODY = """        other = other if isinstance(other, Value) else Value(other)
        return self * other**-1
"""
RSUB, RDIV = "return (-self) + other", "return self**-1 * other"
OWN = """        other = other if isinstance(other, Value) else Value(other)
        out = Value({forward}, (self, other), "{sign}")

        def _backward():
            {shares}
{stored}        return out
"""

Ways = tuple[tuple[Edit, ...], ...]


def difference(*shares: str, forward: str = "self.data - other.data", stored: str = STORED) -> Ways:
    """A difference with a closure of its own; also with 2 - a computed by it."""
    return _own(SUB_BODY, OWN.replace("{sign}", "-"), RSUB, "return Value(other) - self", shares, forward, stored)


def quotient(*shares: str, forward: str = "self.data / other.data", stored: str = STORED) -> Ways:
    """A quotient with a closure of its own; also with 2 / a computed by it."""
    return _own(DIV_BODY, OWN.replace("{sign}", "/"), RDIV, "return Value(other) / self", shares, forward, stored)


def _own(body: str, own: str, reflected: str, by_own: str, shares: tuple[str, ...], forward: str, stored: str) -> Ways:
    lines = "\n            ".join(shares)
    one = Edit(ENGINE, body, own.format(forward=forward, shares=lines, stored=stored))
    return ((one,), (one, Edit(ENGINE, reflected, by_own)))
