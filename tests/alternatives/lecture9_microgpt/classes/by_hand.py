import math


class Matrix:
    def __init__(self, rows):
        self.rows = rows

    def times(self, vector):
        return [math.fsum(a * b for a, b in zip(row, vector)) for row in self.rows]

    def transposed(self):
        return Matrix([list(column) for column in zip(*self.rows)])


class Pass:
    """One token on its way forward, and back."""

    def __init__(self, net, token):
        self.net, self.token = net, token
        self.x = net["wte"][token]
        self.pre = Matrix(net["w1"]).times(self.x)
        self.open = [p > 0 for p in self.pre]
        self.h = [p if is_open else 0.0 for p, is_open in zip(self.pre, self.open)]
        logits = Matrix(net["w2"]).times(self.h)
        peak = max(logits)
        weights = [math.exp(logit - peak) for logit in logits]
        total = math.fsum(weights)
        self.probs = [weight / total for weight in weights]

    def back(self, target):
        logits = [share - 1.0 if i == target else share for i, share in enumerate(self.probs)]
        arriving = Matrix(self.net["w2"]).transposed().times(logits)
        let_through = [a if is_open else 0.0 for a, is_open in zip(arriving, self.open)]
        below = Matrix(self.net["w1"]).transposed().times(let_through)
        nothing = [0.0 for _ in below]
        return {
            "wte": [below if i == self.token else nothing for i in range(len(self.net["wte"]))],
            "w1": [[a * b for b in self.x] for a in let_through],
            "w2": [[a * b for b in self.h] for a in logits],
        }


def forward(net, token):
    one = Pass(net, token)
    return one.x, one.pre, one.h, one.probs


def net_loss(net, token, target):
    return -math.log(Pass(net, token).probs[target])


def hand_gradients(net, token, target):
    return Pass(net, token).back(target)


class Nudged:
    """A number of a net that is another one while one looks."""

    def __init__(self, row, j):
        self.row, self.j, self.before = row, j, row[j]

    def by(self, h):
        self.row[self.j] = self.before + h
        return self

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.row[self.j] = self.before


def number_gradients(loss, net, h):
    def slope(row, j):
        with Nudged(row, j).by(h):
            above = loss(net)
        with Nudged(row, j).by(-h):
            below = loss(net)
        return (above - below) / h / 2

    return {name: [[slope(row, j) for j in range(len(row))] for row in rows] for name, rows in net.items()}
