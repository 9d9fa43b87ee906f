"""Lecture 4, hidden checks: the same on fresh inputs, drawn from the class seed."""

from math import prod

from grader.inside.probes import lecture4_batchnorm as probes
from grader.inside.tensors import array
from grader.judging.properties import any_of, arrays, numbers
from grader.judging.suite import exercise

# ---- initialisation.py


@exercise("expected-loss", points=1)
def test_loss_of_another_uniform_guess(agree, draw):
    """The loss is right for another number of characters."""
    agree(probes.uniform_loss, vocab_size=draw.randrange(5, 25))


@exercise("kaiming-std", points=2)
def test_spread_of_other_weights(agree, for_all, draw):
    """The spread is right for other numbers of inputs."""
    for nonlinearity in ("tanh", "relu", "linear"):
        agree(probes.weight_spread, fan_in=draw.randrange(5, 90), nonlinearity=nonlinearity)
    for_all(
        probes.weight_spread,
        arrays(fan_in=any_of(1, 4, 2, 9, 25, 30, 50, 80), nonlinearity=any_of("linear", "relu", "tanh")),
    )


@exercise("calm-init", points=2)
def test_parameters_of_another_net(agree, draw):
    """A net of another size, with another generator, starts as calmly."""
    sizes = {"vocab_size": 8, "block_size": 4, "n_embd": 3, "n_hidden": 19}
    agree(probes.calm_parameters, **sizes, seed=draw.randrange(10**6))


@exercise("saturated-fraction", points=1)
def test_share_of_other_activations(agree, draw):
    """The share is right for other activations and another threshold."""
    agree(probes.saturated_share, h=draw.array(7, 5, low=-0.999, high=0.999), threshold=draw.number(0.3, 0.7))


@exercise("dead-neurons", points=1)
def test_dead_neurons_of_another_batch(agree, draw):
    """The count is right for other activations and another threshold."""
    for _ in range(3):
        agree(probes.dead_count, h=draw.array(3, 14, low=-0.999, high=0.999), threshold=draw.number(0.25, 0.4))


# ---- batchnorm.py


@exercise("normalise-batch", points=2)
def test_batch_norm_of_a_fresh_batch(agree, for_all, draw):
    """Batch norm and its gradients are right for other batches, large and tiny."""
    gain, bias = draw.array(1, 4, low=0.5), draw.array(1, 4)
    for size in (3.0, 0.004):
        batch = draw.array(5, 4, low=-size, high=2 * size, digits=5)
        agree(probes.normalised_batch, hpreact=batch, bngain=gain, bnbias=bias)
    upstream = draw.array(5, 4)
    agree(probes.normalised_gradients, hpreact=draw.array(5, 4), bngain=gain, bnbias=bias, upstream=upstream, eps=0.07)
    for_all(
        probes.normalised_batch,
        arrays({"n": 2}, hpreact=numbers("n h"), bngain=numbers("1 h"), bnbias=numbers("1 h")),
    )


@exercise("running-statistics", points=2)
def test_running_statistics_of_fresh_batches(agree, draw):
    """Three batches of different sizes move the running numbers as stated, with the lecture's momentum and another."""
    batches = [draw.array(n, 3, low=-4.0, high=7.0) for n in (3, 5, 4)]
    start = {"mean": draw.array(1, 3), "std": draw.array(1, 3, low=0.3, high=2.0)}
    agree(probes.running_statistics, **start, batches=batches)
    agree(probes.running_statistics, **start, batches=batches, momentum=draw.number(0.05, 0.3))


@exercise("calibrate", points=2)
def test_calibration_on_a_fresh_training_set(agree, draw):
    """The statistics are right for other data."""
    contexts = {name: draw.integers(n, 2, low=0, high=7) for name, n in (("train", 11), ("dev", 5), ("test", 4))}
    agree(probes.calibrated_statistics, C=draw.array(7, 3), W1=draw.array(6, 5), **contexts)


@exercise("single-example", points=2)
def test_logits_of_fresh_contexts(agree, draw):
    """The logits are right for another net, for one context and for several."""
    shapes = [(6, 3), (6, 4), (4, 6), (6,), (1, 4), (1, 4)]
    net = {
        "parameters": [draw.array(*shape) for shape in shapes],
        "bnmean": draw.array(1, 4), "bnstd": draw.array(1, 4, low=0.2, high=1.5),
    }  # fmt: skip
    for count in (1, 5):
        X = draw.integers(count, 2, low=0, high=6)
        agree(probes.predicted_logits, **net, X=X)
        agree(probes.predicted_logits, **net, X=X, eps=draw.number(0.1, 0.4))


@exercise("spurious-bias", points=2)
def test_parameters_and_biases_of_another_net(agree, draw):
    """The parameters of another net are right, and so are the gradients of both biases."""
    sizes = {"vocab_size": 9, "block_size": 2, "n_embd": 4, "n_hidden": 13}
    agree(probes.useful_parameters, **sizes, seed=draw.randrange(10**6))
    agree(
        probes.bias_gradients,
        hpreact=draw.array(5, 3, low=-3.0, high=6.0), b1=draw.array(3), bngain=draw.array(1, 3),
        bnbias=draw.array(1, 3), upstream=draw.array(5, 3),
    )  # fmt: skip


# ---- layers.py


@exercise("linear", points=2)
def test_fresh_linear(agree, for_all, draw):
    """Another Linear starts and computes as stated."""
    agree(probes.fresh_linear, fan_in=12, fan_out=31, bias=True, seed=draw.randrange(10**6))
    x, upstream = draw.array(5, 4), draw.array(5, 3)
    agree(probes.linear_output, weight=draw.array(4, 3), bias=draw.array(3), x=x, upstream=upstream)
    for_all(
        probes.linear_output,
        arrays(weight=numbers("i o"), bias=numbers("o"), x=numbers("n i"), upstream=numbers("n o")),
    )


@exercise("batchnorm1d", points=2)
def test_batchnorm_of_fresh_batches(agree, for_all, draw):
    """Outputs, gradients and buffers are right for other batches."""
    parameters = {"gamma": draw.array(4, low=0.4), "beta": draw.array(4)}
    agree(probes.fresh_batchnorm, dim=4)
    agree(probes.batchnorm_output, **parameters, x=draw.array(5, 4), upstream=draw.array(5, 4), eps=0.03)
    start = {"mean": draw.array(4), "var": draw.array(4, low=0.3, high=3.0)}
    batches = [draw.array(n, 4, low=-5.0, high=8.0) for n in (4, 3, 5)]
    agree(probes.batchnorm_buffers, **start, batches=batches)
    for_all(
        probes.batchnorm_output,
        arrays({"n": 2}, x=numbers("n h"), gamma=numbers("h"), beta=numbers("h"), upstream=numbers("n h")),
    )


@exercise("batchnorm1d", points=2)
def test_batchnorm_in_fresh_evaluation(agree, draw):
    """Evaluation is right for other buffers and rows."""
    agree(
        probes.batchnorm_evaluation,
        mean=draw.array(3), var=draw.array(3, low=0.3, high=3.0), gamma=draw.array(3), beta=draw.array(3),
        rows=draw.array(4, 3, low=-5.0, high=8.0), eps=0.02,
    )  # fmt: skip


@exercise("tanh-layer", points=1)
def test_tanh_layer_on_fresh_numbers(agree, draw):
    """Tanh is right for other numbers."""
    agree(probes.tanh_output, x=draw.array(4, 3), upstream=draw.array(4, 3))


def another_net(draw):
    """Sizes, parameters and contexts of a deep net."""
    sizes = [6, 3, 2, 5, 3]
    count = sum(prod(shape) for shape in probes.parameter_shapes(sizes))
    return {
        "sizes": sizes, "numbers": draw.array(count, low=-1.5, high=1.5), "X": draw.integers(7, 3, low=0, high=6),
    }  # fmt: skip


@exercise("deep-net", points=2)
def test_another_deep_net(agree, draw):
    """A net of another size is built, computes and is switched as stated, whatever its layers are."""
    net = another_net(draw)
    agree(probes.deep_net_parts, sizes=net["sizes"], seed=draw.randrange(10**6))
    agree(probes.deep_net_draws, sizes=net["sizes"], seed=draw.randrange(10**6))
    agree(probes.deep_logits, **net)
    agree(probes.deep_switches, sizes=net["sizes"], numbers=net["numbers"])
    agree(probes.deep_modes, **net)


@exercise("deep-net", points=1)
def test_training_of_another_deep_net(agree, draw):
    """With your own layers, a net of another size trains as stated."""
    agree(
        probes.deep_losses,
        **another_net(draw), Y=draw.integers(7, low=0, high=6), steps=10, lr=draw.number(0.05, 0.2),
    )  # fmt: skip


# ---- diagnostics.py


@exercise("activation-stats", points=1)
def test_statistics_of_fresh_activations(agree, draw):
    """The statistics are right for other outputs."""
    outs = [draw.array(5, 4, low=-3.0, high=3.0), draw.array(5, 4, low=-0.999, high=0.999)]
    agree(probes.activation_numbers, kinds=["Linear", "Tanh"], outs=outs, threshold=draw.number(0.3, 0.7))


@exercise("gradient-stats", points=1)
def test_statistics_of_fresh_gradients(agree, draw):
    """The statistics are right for other layers."""
    agree(
        probes.gradient_numbers,
        kinds=["Linear", "Tanh", "Linear", "Tanh"], x=draw.array(4, 2),
        weights=[draw.array(2, 3), draw.array(3, 5)], upstream=draw.array(4, 5),
    )  # fmt: skip


@exercise("grad-to-data", points=1)
def test_other_gradients_beside_weights(agree, draw):
    """The ratios are right for other parameters."""
    shapes = [(3, 2), (2,), (2, 5), (5,), (5, 4)]
    data, grads = ([draw.array(*shape) for shape in shapes] for _ in range(2))
    agree(probes.gradient_ratios, data=data, grads=grads)


@exercise("update-ratios", points=1)
def test_other_updates_beside_weights(agree, draw):
    """The ratios are right for other parameters and another learning rate."""
    shapes = [(3, 2), (2,), (2, 5)]
    data, grads = ([draw.array(*shape) for shape in shapes] for _ in range(2))
    agree(probes.step_ratios, data=data, grads=grads, lr=draw.number(0.02, 0.4))


# ---- exercises.py


def tiny_net(C, W1, b1, W2, b2):
    """Parameters of a net with one number per character, one hidden unit, and three characters, on X = 0 and Y = 0."""
    parameters = [array([[c] for c in C]), array([[W1]]), array([b1]), array([W2]), array(b2)]
    return {"parameters": parameters, "X": array([[0]], "int64"), "Y": array([0], "int64")}


@exercise("zero-start", points=2)
def test_other_starts_at_zero(agree, draw):
    """Prediction and observation are right for every choice of zeros, and for a net that is sure of itself."""
    names = ["C", "W1", "b1", "W2", "b2"]
    for choice in range(32):
        zeroed = [name for i, name in enumerate(names) if choice >> i & 1]
        agree(probes.predicted_names, zeroed=draw.sample(zeroed, len(zeroed)))
    shapes = [(6, 2), (4, 3), (3,), (3, 6), (6,)]
    X, Y = draw.integers(5, 2, low=0, high=6), draw.integers(5, low=0, high=5)
    for zeroed in (["C"], ["W1"], ["b1"]):
        start = [
            draw.array(*s, low=0.0, high=0.0) if n in zeroed else draw.array(*s)
            for n, s in zip(names, shapes, strict=True)
        ]
        agree(probes.seen_names, parameters=start, X=X, Y=Y)
    C, b2 = [1.0, 0.5, -0.5], [0.1, -0.2, 0.3]
    for W2 in ([0.4, -0.3, 0.2], [-0.4, 0.3, -0.2]):  # gradients of either sign, some of one sign throughout
        agree(probes.seen_names, **tiny_net(C, 0.5, 0.25, W2, b2))
    agree(probes.seen_names, **tiny_net(C, 15.0, 15.0, [0.4, -0.3, 0.2], b2))  # tanh is flat where both add up
    agree(probes.seen_names, **tiny_net(C, 0.5, 0.25, [0.4, -0.3, 0.2], [400.0, -400.0, -400.0]))  # all is learned
    agree(probes.limit_loss, Y=draw.integers(23, low=0, high=6), vocab_size=7)


@exercise("fold-batchnorm", points=2)
def test_another_folded_layer(agree, draw):
    """Folding is right for other layers, with a bias and without."""
    for bias in (draw.array(4), None):
        agree(
            probes.folded_layer,
            weight=draw.array(3, 4), bias=bias, gamma=draw.array(4), beta=draw.array(4), mean=draw.array(4),
            var=draw.array(4, low=0.3, high=3.0), x=draw.array(5, 3),
        )  # fmt: skip
