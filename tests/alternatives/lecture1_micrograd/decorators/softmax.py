from functools import reduce
from operator import add


def softmax(logits):
    exponentials = list(map(lambda z: z.exp(), logits))
    total = reduce(add, exponentials)
    return [e * total**-1 for e in exponentials]


def negative_log_likelihood(probs, label):
    return (1 / probs[label]).log()
