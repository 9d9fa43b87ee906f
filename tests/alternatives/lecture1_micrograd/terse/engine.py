import itertools, math
V = lambda x: x if isinstance(x, Value) else Value(x)

def _unary(a, y, dy, op): return Value(y, ((a, dy),), op)
def _binary(a, b, y, da, db, op): return Value(y, ((a, da), (b, db)), op)

class Value:
    born = itertools.count()

    def __init__(self, data, links=(), op="", label=""):
        self.data, self.links, self.op, self.label, self.grad, self.nr = data, links, op, label, 0, next(Value.born)

    __repr__ = lambda a: f"Value(data={a.data})"
    __add__ = __radd__ = lambda a, b: _binary(a, b := V(b), a.data + b.data, 1, 1, "+")
    __mul__ = __rmul__ = lambda a, b: _binary(a, b := V(b), a.data * b.data, b.data, a.data, "*")
    __pow__ = lambda a, n: _unary(a, a.data ** n, n * a.data ** (n - 1), "**")
    __neg__ = lambda a: -1 * a
    __sub__ = lambda a, b: a + -V(b)
    __rsub__ = lambda a, b: -a + b
    __truediv__ = lambda a, b: a * V(b) ** -1
    __rtruediv__ = lambda a, b: b * a ** -1
    exp = lambda a: _unary(a, y := math.exp(a.data), y, "exp")
    log = lambda a: _unary(a, math.log(a.data), 1 / a.data, "log")
    tanh = lambda a: _unary(a, y := math.tanh(a.data), 1 - y * y, "tanh")
    relu = lambda a: _unary(a, a.data * (a.data >= 0), a.data >= 0, "relu")     # slope 1 at 0

    def backward(self):
        found, todo = {self}, [self]
        for v in todo:
            new = {p for p, _ in v.links} - found
            found |= new; todo += new
        self.grad = 1
        for v in sorted(found, key=lambda v: -v.nr):        # the youngest first
            for p, d in v.links: p.grad += d * v.grad
