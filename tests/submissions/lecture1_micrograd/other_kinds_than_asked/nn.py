"""A neural net out of Values: a neuron, a layer of neurons, a stack of layers.

Lecture 1, 1:44 to 2:01. Needs your engine: +, *, tanh and plain numbers.
What is left out: other activations. Every neuron here ends in tanh, the last layer's too, as in the video.
"""

import random

from engine import Value


class Module:
    """What a neuron, a layer and a net have in common: parameters that gradients collect in."""

    def parameters(self):
        return []

    def zero_grad(self):
        """Set the gradient of every parameter back to 0, so that the next backward() starts afresh.

        >>> model = MLP(2, [1]); model(x).backward(); model.zero_grad()
        >>> all(p.grad == 0 for p in model.parameters())
        True

        Source: lecture 1, 2:10 (the bug that everybody makes once).
        """
        raise NotImplementedError("zero-grad")  # TODO: your code goes here


class Neuron(Module):
    """tanh(w . x + b), with one weight per input and one bias."""

    def __init__(self, nin, rng=random):
        """nin: how many inputs. rng: where random numbers come from (`random`, or a random.Random(seed)).

        Every weight, and then the bias, is a Value of rng.uniform(-1, 1), drawn in this order.
        Keep the list of weights in self.w and the bias in self.b.

        Source: lecture 1, 1:44.
        """
        self.weights = [Value(rng.uniform(-1, 1)) for _ in range(nin + 1)]

    def __call__(self, x):
        """The neuron's output, a Value. x: a list of nin numbers or Values.

        With w = [-3, 1], b = 6.8813735870195432 and x = [2, 0] the output is 0.7071067811865476.

        Source: lecture 1, 1:45; the numbers are those of 0:52.
        """
        return self.weights[-1]

    def parameters(self):
        """All the Values that training may change, as a list: the weights in order, then the bias.

        Source: lecture 1, 1:58.
        """
        return self.weights


class Layer(Module):
    """nout neurons that all see the same inputs."""

    def __init__(self, nin, nout, rng=random):
        """nin: inputs of each neuron. nout: how many neurons, made one after the other from rng.

        Source: lecture 1, 1:48.
        """
        raise NotImplementedError("layer")  # TODO: your code goes here

    def __call__(self, x):
        """The neurons' outputs: a list of Values, or the one Value itself if there is a single neuron.

        Source: lecture 1, 1:48 and 1:51 (why a single output is handed out bare).
        """
        raise NotImplementedError("layer")  # TODO: your code goes here

    def parameters(self):
        """The parameters of the first neuron, then those of the second, and so on, in one list.

        Source: lecture 1, 1:59.
        """
        raise NotImplementedError("layer")  # TODO: your code goes here


class MLP(Module):
    """A multi-layer perceptron: each layer's outputs are the next layer's inputs."""

    def __init__(self, nin, nouts, rng=random):
        """nin: how many inputs. nouts: list, the number of neurons of each layer, made in order from rng.

        Source: lecture 1, 1:49.
        """
        raise NotImplementedError("mlp")  # TODO: your code goes here

    def __call__(self, x):
        """The output of the last layer. x: a list of nin numbers.

        Source: lecture 1, 1:50.
        """
        raise NotImplementedError("mlp")  # TODO: your code goes here

    def parameters(self):
        """The parameters of the first layer, then those of the second, and so on, in one list.

        >>> len(MLP(3, [4, 4, 1]).parameters())
        41

        Source: lecture 1, 2:00.
        """
        raise NotImplementedError("mlp")  # TODO: your code goes here
