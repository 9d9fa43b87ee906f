from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, field
from typing import Any, Iterable, Optional, Sequence, Type, Union

Number = Union[float, int]


@dataclass
class Context:
    """What forward keeps for backward."""

    saved_values: tuple = ()

    def save_for_backward(self, *values: Any) -> None:
        self.saved_values = values


class ScalarFunction:
    name = "?"

    @classmethod
    def apply(cls, *vals: Union["Value", Number]) -> "Value":
        scalars = [v if isinstance(v, Value) else Value(v) for v in vals]
        ctx = Context()
        c = cls.forward(ctx, *(s.data for s in scalars))
        return Value(c, back=ScalarHistory(cls, ctx, scalars))

    @classmethod
    def _backward(cls, ctx: Context, d_out: float) -> tuple:
        d = cls.backward(ctx, d_out)
        return d if isinstance(d, tuple) else (d,)


class Add(ScalarFunction):
    name = "+"

    @staticmethod
    def forward(ctx, a, b):
        return a + b

    @staticmethod
    def backward(ctx, d_output):
        return d_output, d_output


class Mul(ScalarFunction):
    name = "*"

    @staticmethod
    def forward(ctx, a, b):
        ctx.save_for_backward(a, b)
        return a * b

    @staticmethod
    def backward(ctx, d_output):
        a, b = ctx.saved_values
        return d_output * b, d_output * a


class Inv(ScalarFunction):
    name = "inv"

    @staticmethod
    def forward(ctx, a):
        ctx.save_for_backward(a)
        return 1.0 / a

    @staticmethod
    def backward(ctx, d_output):
        (a,) = ctx.saved_values
        return -d_output / (a * a)


class Neg(ScalarFunction):
    name = "neg"

    @staticmethod
    def forward(ctx, a):
        return -a

    @staticmethod
    def backward(ctx, d_output):
        return -d_output


class Exp(ScalarFunction):
    name = "exp"

    @staticmethod
    def forward(ctx, a):
        out = math.exp(a)
        ctx.save_for_backward(out)
        return out

    @staticmethod
    def backward(ctx, d_output):
        (out,) = ctx.saved_values
        return d_output * out


class Log(ScalarFunction):
    name = "log"

    @staticmethod
    def forward(ctx, a):
        ctx.save_for_backward(a)
        return math.log(a)

    @staticmethod
    def backward(ctx, d_output):
        (a,) = ctx.saved_values
        return d_output / a


class Tanh(ScalarFunction):
    name = "tanh"

    @staticmethod
    def forward(ctx, a):
        out = math.tanh(a)
        ctx.save_for_backward(out)
        return out

    @staticmethod
    def backward(ctx, d_output):
        (out,) = ctx.saved_values
        return d_output * (1.0 - out * out)


class ReLU(ScalarFunction):
    name = "relu"

    @staticmethod
    def forward(ctx, a):
        ctx.save_for_backward(a)
        return a if a > 0 else 0.0

    @staticmethod
    def backward(ctx, d_output):
        (a,) = ctx.saved_values
        return d_output if a > 0 else 0.0


class Pow(ScalarFunction):
    """The exponent is a constant: the derivative with respect to it is not asked for."""

    name = "pow"

    @classmethod
    def apply(cls, base: "Value", exponent: Number) -> "Value":
        ctx = Context()
        ctx.save_for_backward(base.data, exponent)
        return Value(base.data**exponent, back=ScalarHistory(cls, ctx, [base]))

    @staticmethod
    def backward(ctx, d_output):
        a, n = ctx.saved_values
        return d_output * n * math.pow(a, n - 1)


@dataclass
class ScalarHistory:
    """How a scalar came about. A leaf has the empty one."""

    last_fn: Optional[Type[ScalarFunction]] = None
    ctx: Optional[Context] = None
    inputs: Sequence["Value"] = field(default_factory=tuple)


class Value:
    _count = itertools.count(1)

    def __init__(self, data: Number, back: ScalarHistory = ScalarHistory(), label: str = ""):
        self.unique_id = next(Value._count)
        self.data = data
        self.history = back
        self.derivative: float = 0.0
        self.label = label

    # the name that the exercises use
    @property
    def grad(self) -> float:
        return self.derivative

    @grad.setter
    def grad(self, d: float) -> None:
        self.derivative = d

    def __repr__(self) -> str:
        return f"Value(data={self.data!r})"

    def __hash__(self) -> int:
        return hash(self.unique_id)

    def __add__(self, b):
        return Add.apply(self, b)

    def __radd__(self, b):
        return Add.apply(b, self)

    def __mul__(self, b):
        return Mul.apply(self, b)

    def __rmul__(self, b):
        return Mul.apply(b, self)

    def __neg__(self):
        return Neg.apply(self)

    def __sub__(self, b):
        return Add.apply(self, -b)

    def __rsub__(self, b):
        return Add.apply(b, -self)

    def __truediv__(self, b):
        return Mul.apply(self, Inv.apply(b))

    def __rtruediv__(self, b):
        return Mul.apply(b, Inv.apply(self))

    def __pow__(self, n):
        return Pow.apply(self, n)

    def exp(self):
        return Exp.apply(self)

    def log(self):
        return Log.apply(self)

    def tanh(self):
        return Tanh.apply(self)

    def relu(self):
        return ReLU.apply(self)

    def is_leaf(self) -> bool:
        return self.history.last_fn is None

    @property
    def parents(self) -> Iterable["Value"]:
        return self.history.inputs

    def chain_rule(self, d_output: float):
        h = self.history
        return zip(h.inputs, h.last_fn._backward(h.ctx, d_output))

    def accumulate_derivative(self, d: float) -> None:
        self.derivative += d

    def backward(self, d_output: float = 1.0) -> None:
        backpropagate(self, d_output)


def topological_sort(variable: Value) -> list[Value]:
    """From the right-most variable to the leaves."""
    order: list[Value] = []
    seen: set[int] = set()

    def visit(var: Value) -> None:
        if var.unique_id in seen:
            return
        if not var.is_leaf():
            for m in var.parents:
                visit(m)
        seen.add(var.unique_id)
        order.insert(0, var)

    visit(variable)
    return order


def backpropagate(variable: Value, deriv: float) -> None:
    derivatives = {variable.unique_id: deriv}
    for var in topological_sort(variable):
        d = derivatives[var.unique_id]
        var.accumulate_derivative(d)
        if var.is_leaf():
            continue
        for v, d_in in var.chain_rule(d):
            derivatives[v.unique_id] = derivatives.get(v.unique_id, 0.0) + d_in
