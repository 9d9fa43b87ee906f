from functools import reduce
from operator import add


def softmax(logits):
    grown = [x.exp() for x in logits]
    scale = 1 / reduce(add, grown)
    return [g * scale for g in grown]


def negative_log_likelihood(probs, label):
    return 0 - probs[label].log()
