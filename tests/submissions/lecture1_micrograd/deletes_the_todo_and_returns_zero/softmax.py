from engine import Value


def softmax(logits):
    return Value(0)


def negative_log_likelihood(probs, label):
    return Value(0)
