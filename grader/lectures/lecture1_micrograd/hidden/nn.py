"""Lecture 1, hidden checks of nn.py: other weights, inputs and sizes."""

from grader.inside.probes import lecture1_micrograd as probes
from grader.judging.suite import exercise


@exercise("neuron", points=1)
def test_output_of_a_fresh_neuron(agree, draw):
    """A neuron with other weights and other inputs gives the right output."""
    agree(
        probes.neuron_output,
        w=draw.numbers(4, -0.9, 0.9), b=draw.number(-0.9, 0.9), x=draw.numbers(4, -1.5, 1.5),
    )  # fmt: skip


@exercise("neuron", points=1)
def test_parameters_of_a_fresh_neuron(agree, draw):
    """A larger neuron draws and lists its parameters in the same order."""
    agree(probes.neuron_parameters, nin=5, seed=draw.randrange(10**6))


@exercise("layer", points=1)
def test_fresh_layer(agree, draw):
    """A layer of another size gives the right outputs."""
    seed = draw.randrange(10**6)
    agree(probes.layer_parameters, nin=2, nout=3, seed=seed)
    agree(probes.layer_output, nin=2, nout=3, seed=seed, x=draw.numbers(2, -1.5, 1.5))


@exercise("mlp", points=1)
def test_fresh_mlp(agree, draw):
    """A net of another shape, with two outputs, gives the right outputs."""
    seed = draw.randrange(10**6)
    agree(probes.mlp_parameters, nin=2, nouts=[3, 5, 2], seed=seed)
    agree(probes.mlp_output, nin=2, nouts=[3, 5, 2], seed=seed, x=draw.numbers(2, -1.5, 1.5))


@exercise("zero-grad", points=1)
def test_zero_grad_of_a_neuron_and_a_layer(agree):
    """A neuron and a layer have zero_grad too."""
    agree(probes.gradients_after_zero_grad, kind="Neuron", sizes=[4])
    agree(probes.gradients_after_zero_grad, kind="Layer", sizes=[2, 3])
