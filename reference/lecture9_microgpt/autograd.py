"""Numbers that remember how they were made: the engine of lecture 1 takes over the work of step 2.

Step 3 of 6. From here on vectors are lists of Values, and matrices are lists of rows of Values.

Value is your own engine of lecture 1, once you have begun it: the checks find engine.py in its folder, or a copy beside
this file. If there is none, or a gradient of it is wrong, they take one that the kit brings. You may also write the
class here. What is used of it: `data`, `grad`, `backward()`, + - * / with Values and plain numbers on either side, **
with a plain number, `exp()`, `log()`, `relu()`.
"""

try:
    from engine import Value
except ModuleNotFoundError:
    from grader.inside.probes.lecture9_microgpt.abacus import Value


def linear(x, w):
    """The product of a matrix and a vector: one number for each row of w, the sum of its products with x.

    x: a list of n Values. w: a list of rows, each of n Values. There is no bias. Returns a list of len(w) Values.

    >>> w = [[Value(1.0), Value(2.0)], [Value(3.0), Value(4.0)], [Value(0.5), Value(0.0)]]
    >>> [out.data for out in linear([Value(10.0), Value(-1.0)], w)]
    [8.0, 26.0, 5.0]

    Source: microgpt, linear.
    """
    ### BEGIN SOLUTION value-linear
    return [sum(wi * xi for wi, xi in zip(row, x)) for row in w]
    ### END SOLUTION


def softmax(logits):
    """Numbers of any size as shares of a whole: exp of each, divided by the sum of all of them.

    logits: a list of Values. Returns a list of as many Values. exp(1000) is more than a float can hold, so subtract the
    largest number (its `data` will do) from all of them first: the shares stay the same, and their gradients too.

    >>> [round(p.data, 4) for p in softmax([Value(1001.0), Value(1000.0), Value(998.0)])]
    [0.7054, 0.2595, 0.0351]

    Source: microgpt, softmax.
    """
    ### BEGIN SOLUTION value-softmax
    largest = max(logit.data for logit in logits)
    exps = [(logit - largest).exp() for logit in logits]
    total = sum(exps)
    return [e / total for e in exps]
    ### END SOLUTION


def net_gradients(net, token, target):
    """What hand_gradients of step 2 computes, this time by backward(). Returns a dict like net, of floats.

    net: a dict of matrices of plain floats, "wte", "w1" and "w2", which stays as it is. Make a Value of every number;
    then embedding, linear, relu, linear, softmax, -log of the target's probability, and one backward().

    >>> net = {"wte": [[1.0, 2.0], [0.0, 1.0]], "w1": [[1.0, 0.5], [-1.0, 0.0]], "w2": [[0.5, 1.0], [1.0, 3.0]]}
    >>> [[round(slope, 4) for slope in row] for row in net_gradients(net, 0, 1)["w1"]]
    [[-0.1345, -0.2689], [0.0, 0.0]]

    Source: microgpt, the third of its six steps.
    """
    ### BEGIN SOLUTION net-gradients
    values = {name: [[Value(number) for number in row] for row in matrix] for name, matrix in net.items()}

    # forward pass: the lines of step 2, and nothing more
    x = values["wte"][token]
    h = [pre.relu() for pre in linear(x, values["w1"])]
    probs = softmax(linear(h, values["w2"]))
    loss = -probs[target].log()

    # backward pass: the engine's work now
    loss.backward()
    return {name: [[value.grad for value in row] for row in matrix] for name, matrix in values.items()}
    ### END SOLUTION
