def softmax(logits):
  counts = [logit.exp() for logit in logits]
  denominator = sum(counts)
  out = [c / denominator for c in counts]
  return out

def negative_log_likelihood(probs, label):
  loss = -probs[label].log()
  return loss
