def softmax(logits):
    e = [x.exp() for x in logits]
    total = sum(e)
    return [x / total for x in e]

def negative_log_likelihood(probs, label):
    return -probs[label].log()
