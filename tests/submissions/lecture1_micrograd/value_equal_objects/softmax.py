from engine import Same, Value

def softmax(logits): return [Value() for _ in logits]
def negative_log_likelihood(probs, label): return Value()
