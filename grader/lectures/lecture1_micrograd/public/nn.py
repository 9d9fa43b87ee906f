"""Lecture 1, public checks of nn.py: a neuron, a layer, a net."""

from grader.inside.probes import lecture1_micrograd as probes
from grader.judging.suite import exercise


@exercise("neuron", points=2)
def test_output_of_the_lectures_neuron(agree):
    """The lecture's neuron gives 0.7071; at x = 0 only the bias is left."""
    agree(probes.neuron_output, w=[-3.0, 1.0], b=6.8813735870195432, x=[2.0, 0.0])
    agree(probes.neuron_output, w=[0.5, -1.5, 0.25], b=0.75, x=[0.0, 0.0, 0.0])
    agree(probes.neuron_output, w=[0.5, -1.5, 0.25], b=-0.75, x=[-1.0, 0.5, 2.0])


@exercise("neuron", points=1)
def test_parameters_of_a_neuron(agree):
    """A neuron's parameters are its weights and then its bias, drawn in this order."""
    agree(probes.neuron_parameters, nin=3, seed=1337)


@exercise("layer", points=1)
def test_layer(agree):
    """A layer's neurons each have their own weights; a single output comes without a list."""
    agree(probes.layer_parameters, nin=3, nout=4, seed=1337)
    agree(probes.layer_output, nin=3, nout=4, seed=1337, x=[2.0, 3.0, -1.0])
    agree(probes.layer_output, nin=2, nout=1, seed=1337, x=[0.5, -1.5])


@exercise("mlp", points=2)
def test_the_lectures_mlp(agree):
    """MLP(3, [4, 4, 1]) has 41 parameters, and squashes its output with tanh too."""
    agree(probes.mlp_parameters, nin=3, nouts=[4, 4, 1], seed=1337)
    agree(probes.mlp_output, nin=3, nouts=[4, 4, 1], seed=1337, x=[2.0, 3.0, -1.0])


@exercise("zero-grad", points=1)
def test_zero_grad_of_a_net(agree):
    """zero_grad puts the gradient of every parameter of a net back to 0."""
    agree(probes.gradients_after_zero_grad, kind="MLP", sizes=[3, [4, 1]])
