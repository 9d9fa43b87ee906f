try:
    from engine import Value
except ModuleNotFoundError:
    from grader.inside.probes.lecture9_microgpt.abacus import Value


class Vector(list):
    def dot(self, other):
        first, *more = [a * b for a, b in zip(self, other)]
        for product in more:
            first = first + product
        return first

    def map(self, change):
        return Vector(change(value) for value in self)


def linear(x, w):
    return Vector(Vector(row).dot(x) for row in w)


def softmax(logits):
    peak = max([logit.data for logit in logits])
    exps = Vector(logits).map(lambda logit: (logit - peak).exp())
    total = sum(exps[1:], exps[0])
    return exps.map(lambda e: e / total)


class Net:
    def __init__(self, numbers):
        self.values = {name: [Vector(map(Value, row)) for row in rows] for name, rows in numbers.items()}

    def loss(self, token, target):
        hidden = linear(self.values["wte"][token], self.values["w1"]).map(lambda value: value.relu())
        return -softmax(linear(hidden, self.values["w2"]))[target].log()

    def gradients(self):
        return {name: [list(row.map(lambda v: v.grad)) for row in rows] for name, rows in self.values.items()}


def net_gradients(net, token, target):
    made = Net(net)
    made.loss(token, target).backward()
    return made.gradients()
