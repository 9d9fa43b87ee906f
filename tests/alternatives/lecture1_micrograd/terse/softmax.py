def softmax(logits): return [e / s for es in [[l.exp() for l in logits]] for s in [sum(es)] for e in es]
negative_log_likelihood = lambda probs, label: -probs[label].log()
