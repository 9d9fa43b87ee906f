def softmax(logits):
    powers = []
    total = 0
    for logit in logits:
        power = logit.exp()
        powers.append(power)
        total += power
    return [power / total for power in powers]


def negative_log_likelihood(probs, label):
    return (1 / probs[label]).log()
