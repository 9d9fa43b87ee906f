from lecture1_micrograd.engine import Value


def softmax(logits):
    biggest = max(logit.data for logit in logits)       # against overflow; cancels out
    exps = [(logit - biggest).exp() for logit in logits]
    total = Value(0.0)
    for e in exps:
        total = total + e
    probs = [e / total for e in exps]
    print("probabilities", probs)
    return probs


def negative_log_likelihood(probs, label):
    if not 0 <= label < len(probs):
        raise IndexError(f"no class {label}")
    return -(probs[label].log())
