"""How large a step? Try a thousand sizes in one run, and look where the loss falls best.

Lecture 3, 0:45 to 0:53. Needs your mlp.py.
What is left out: the plot. `grader draw lecture3_mlp` shows yours.
"""

import torch

from mlp import forward, loss, minibatch, sgd_step


def candidate_rates(low, high, count):
    """Learning rates between 10**low and 10**high, with exponents in even steps.

    low, high: floats, the smallest and the largest exponent. count: int. Returns a tensor (count,) of rates,
    both ends included, from 10**low to 10**high.

    >>> candidate_rates(-3, 0, 4)
    tensor([0.0010, 0.0100, 0.1000, 1.0000])

    Source: lecture 3, 0:46.
    """
    ### BEGIN SOLUTION candidate-rates
    lre = torch.linspace(low, high, count)       # the exponents, evenly spaced
    return 10**lre
    ### END SOLUTION


def sweep(parameters, X, Y, low, high, count, batch_size, generator):
    """One training step at each candidate rate, the smallest first. Returns (rates, losses).

    parameters: of mlp.py, trained along the way. X, Y: all rows and targets. low, high, count: for `candidate_rates`.
    batch_size, generator: for `minibatch`, which is called once per rate.
    rates: list of `count` floats, the rates themselves (for the plot the lecture keeps their exponents instead).
    losses: list of `count` floats, each measured on its own minibatch before the step with its rate.
    Both lists are new with every call.

    >>> g = torch.Generator().manual_seed(2147483647)
    >>> X, Y = build_dataset(["emma", "olivia", "ava", "isabella", "sophia"], stoi, 3)
    >>> sweep(init_parameters(27, 3, 2, 100, g), X, Y, -3, 0, 4, 32, g)                   # rounded
    ([0.001, 0.01, 0.1, 1.0], [18.7017, 20.0753, 17.8261, 12.5586])

    Source: lecture 3, 0:47.
    """
    ### BEGIN SOLUTION rate-sweep
    rates, losses = [], []
    for lr in candidate_rates(low, high, count).tolist():
        # forward pass
        Xb, Yb = minibatch(X, Y, batch_size, generator)
        l = loss(forward(parameters, Xb), Yb)

        # backward pass, and a step of this size
        for p in parameters:
            p.grad = None
        l.backward()
        sgd_step(parameters, lr)

        # track
        rates.append(lr)
        losses.append(l.item())
    return rates, losses
    ### END SOLUTION


def pick(rates, losses, block=50):
    """The rate in the middle of the block of rates whose mean loss is the smallest.

    rates, losses: lists of as many floats, as `sweep` returns them. block: int, how many losses are averaged.
    One minibatch says little, so look at blocks: the first `block` losses, the next `block`, and so on. Fewer than
    `block` at the end do not count; there is always at least one whole block. Of the block with the smallest mean loss,
    return the rate at its place block // 2 (its first place is 0), as a float.

    >>> rates = [0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128]
    >>> pick(rates, [5.0, 5.0, 4.5, 4.0, 3.5, 2.0, 3.0, 3.0], block=3)      # means 4.8333 and 3.1667; two are left over
    0.016

    Source: lecture 3, 0:50, where the eye does the averaging.
    """
    ### BEGIN SOLUTION pick-rate
    n = len(losses) // block                     # how many whole blocks there are
    means = torch.tensor(losses[:n * block]).view(n, block).mean(1)
    best = means.argmin().item()
    return rates[best * block + block // 2]
    ### END SOLUTION
