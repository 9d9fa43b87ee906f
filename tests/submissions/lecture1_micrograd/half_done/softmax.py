"""From scores to probabilities to a loss: the second part of the lecture's exercises.

Needs your engine: exp, log, / and plain numbers. The same two functions come back in every later lecture.
What is left out: large logits. Lists of four numbers near 0 cannot overflow; lecture 2 takes that up.
"""


def softmax(logits):
    """Turn scores into probabilities: exponentiate each, then divide by the sum of them all.

    logits: list of Values, of any sign. Returns a list of as many Values, all above 0, that add up to 1.

    >>> [round(p.data, 4) for p in softmax([Value(0.0), Value(3.0), Value(-2.0), Value(1.0)])]
    [0.0418, 0.839, 0.0057, 0.1135]

    Source: lecture 1, exercises, part 2.
    """
    raise NotImplementedError("softmax")


def negative_log_likelihood(probs, label):
    """The loss of one prediction: minus the natural logarithm of the probability given to the truth.

    probs: list of Values that add up to 1. label: int, the index of the right answer. Returns a Value.

    >>> logits = [Value(0.0), Value(3.0), Value(-2.0), Value(1.0)]
    >>> loss = negative_log_likelihood(softmax(logits), 3)
    >>> loss.data
    2.1755153626167147

    After loss.backward() the gradients of the logits are about 0.0418, 0.8390, 0.0057 and -0.8865.

    Source: lecture 1, exercises, part 2.
    """
    raise NotImplementedError("value-nll")
