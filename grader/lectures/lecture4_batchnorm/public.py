"""Lecture 4, public checks: the lecture's own numbers, and the smallest cases that show a mistake."""

from math import prod

from grader.inside.probes import lecture4_batchnorm as probes
from grader.inside.tensors import array
from grader.judging.fresh_inputs import Draw
from grader.judging.properties import any_of, arrays, numbers
from grader.judging.suite import exercise

SEED = 2147483647  # the lecture's
LECTURE = {"vocab_size": 27, "block_size": 3, "n_embd": 10, "n_hidden": 200}
SMALL = {"vocab_size": 5, "block_size": 2, "n_embd": 3, "n_hidden": 7}
EMMA = {
    "X": array([[0, 0, 0], [0, 0, 5], [0, 5, 13], [5, 13, 13], [13, 13, 1]], "int64"),
    "Y": array([5, 13, 13, 1, 0], "int64"),
}  # fmt: skip
TANH_OUTPUTS = array([[0.995, -0.999, 0.5, -0.991], [-0.2, -0.998, 0.1, -0.993], [0.992, -0.994, -0.3, 0.996]])
BATCH = array([[1.0, 100.0, -0.5], [2.0, 300.0, 0.25], [6.0, 800.0, 0.75], [4.0, 500.0, 3.0]])
GAIN, SHIFT = array([[2.0, 0.5, -1.5]]), array([[3.0, -0.25, 0.75]])
ARRIVING = array([[0.3, -1.2, 0.7], [2.1, 0.4, -0.6], [-0.9, 1.7, 1.3], [0.8, -0.5, 0.2]])


# ---- initialisation.py


@exercise("expected-loss", points=1)
def test_loss_of_a_uniform_guess(agree):
    """A net without preferences starts at 3.2958 for the lecture's 27 characters, and at 1.3863 for 4."""
    agree(probes.uniform_loss, vocab_size=27)
    agree(probes.uniform_loss, vocab_size=4)


@exercise("kaiming-std", points=3)
def test_spread_of_weights(agree, for_all):
    """The spread falls with the root of the number of inputs, and the gain fits what follows."""
    agree(probes.weight_spread, fan_in=30, nonlinearity="tanh")
    agree(probes.weight_spread, fan_in=100, nonlinearity="linear")
    agree(probes.weight_spread, fan_in=100, nonlinearity="relu")
    for_all(
        probes.weight_spread,
        arrays(fan_in=any_of(1, 4, 2, 9, 25, 30, 50, 80), nonlinearity=any_of("linear", "relu", "tanh")),
    )


@exercise("calm-init", points=3)
def test_parameters_of_the_lectures_net(agree):
    """Every parameter has its shape and its spread, and comes from the generator in the stated order."""
    agree(probes.calm_parameters, **LECTURE, seed=SEED)
    agree(probes.calm_parameters, **SMALL, seed=1)


@exercise("calm-init", points=2)
def test_first_loss_of_the_lectures_net(agree):
    """Before any training, the loss on the name emma is near 3, and not near 30."""
    agree(probes.first_loss, **LECTURE, seed=SEED, **EMMA)


@exercise("saturated-fraction", points=2)
def test_share_of_saturated_activations(agree):
    """Both flat ends of tanh count, and the share is taken of all entries."""
    agree(probes.saturated_share, h=array([[0.5, -0.999, 0.1], [0.995, -0.2, 0.3]]))
    agree(probes.saturated_share, h=TANH_OUTPUTS)
    agree(probes.saturated_share, h=TANH_OUTPUTS, threshold=0.45)
    agree(probes.saturated_share, h=array([[0.25, -0.75, 0.5], [0.625, -0.5, 0.875]]), threshold=0.5)  # just on it


@exercise("dead-neurons", points=3)
def test_neurons_that_are_saturated_for_every_example(agree):
    """A neuron is dead if its column is flat from top to bottom, at whichever end."""
    agree(probes.dead_count, h=array([[0.995, -0.999, 0.1], [-0.992, -0.2, 0.3]]))
    agree(probes.dead_count, h=TANH_OUTPUTS)
    agree(probes.dead_count, h=array([[0.995, -0.993, 0.998], [0.2, 0.5, -0.1]]))  # a flat example, no dead neuron
    agree(probes.dead_count, h=array([[0.992, 0.5, -0.995, 0.994], [0.2, -0.3, 0.993, -0.999]]))
    agree(probes.dead_count, h=array([[0.6, -0.7, 0.8, 0.1], [0.9, 0.75, -0.65, 0.95]]), threshold=0.5)
    agree(probes.dead_count, h=array([[0.75, 0.5, 0.625], [-0.875, -0.75, -0.5]]), threshold=0.5)  # just on it


# ---- batchnorm.py


@exercise("normalise-batch", points=2)
def test_batch_norm_of_a_batch(agree, for_all):
    """Each column gets the mean of bnbias and the spread of bngain, whatever its own were."""
    agree(probes.normalised_batch, hpreact=array([[1.0], [2.0], [6.0]]), bngain=array([[2.0]]), bnbias=array([[3.0]]))
    agree(probes.normalised_batch, hpreact=BATCH, bngain=GAIN, bnbias=SHIFT)
    for_all(
        probes.normalised_batch,
        arrays({"n": 2}, hpreact=numbers("n h"), bngain=numbers("1 h"), bnbias=numbers("1 h")),
    )


@exercise("normalise-batch", points=2)
def test_batch_norm_of_columns_that_hardly_vary(agree):
    """A column that is constant, or nearly so, stays finite: eps is added to the variance, before the root."""
    still = array([[0.5, 0.001], [0.5, 0.002], [0.5, 0.006]])
    agree(probes.normalised_batch, hpreact=still, bngain=array([[2.0, 0.5]]), bnbias=array([[3.0, -0.25]]))
    agree(
        probes.normalised_batch,
        hpreact=array([[1.0, -0.5], [2.0, 0.25], [6.0, 0.75]]), bngain=array([[2.0, 0.5]]),
        bnbias=array([[3.0, -0.25]]), eps=0.3,
    )  # fmt: skip


@exercise("normalise-batch", points=1)
def test_gradients_through_batch_norm(agree):
    """Gradients flow through batch norm to the batch, the gain and the bias."""
    agree(probes.normalised_gradients, hpreact=BATCH, bngain=GAIN, bnbias=SHIFT, upstream=ARRIVING)


@exercise("running-statistics", points=2)
def test_running_statistics_creep(agree):
    """After a batch, the running numbers have moved by the share momentum towards the batch's."""
    start = {"mean": array([[0.0]]), "std": array([[1.0]])}
    agree(probes.running_statistics, **start, batches=[array([[1.0], [2.0], [6.0]])], momentum=0.1)
    agree(probes.running_statistics, mean=array([[0.0] * 3]), std=array([[1.0] * 3]), batches=[BATCH])


@exercise("running-statistics", points=2)
def test_running_statistics_of_two_batches(agree):
    """A second batch moves them on, and neither hangs on the graph."""
    agree(
        probes.running_statistics,
        mean=array([[0.5, 50.0, -1.0]]), std=array([[1.5, 20.0, 0.7]]),
        batches=[BATCH, array([[0.5, 60.0, 2.0], [3.0, 20.0, -4.0], [-1.0, 90.0, 1.0]])], momentum=0.2,
    )  # fmt: skip


@exercise("calibrate", points=3)
def test_calibration_on_the_training_set(agree):
    """The statistics are those of all training examples and of no others."""
    draw = Draw("calibrate")
    agree(
        probes.calibrated_statistics,
        C=array([[0.0], [1.0], [3.0]]), W1=array([[2.0, 0.0], [0.0, 1.0]]),
        train=array([[0, 0], [0, 1], [1, 2], [2, 1]], "int64"), dev=array([[2, 2], [0, 2], [2, 0]], "int64"),
        test=array([[1, 1], [2, 2]], "int64"),
    )  # fmt: skip
    agree(
        probes.calibrated_statistics,
        C=draw.array(6, 2, digits=1), W1=draw.array(6, 4, digits=1), train=draw.integers(7, 3, low=0, high=6),
        dev=draw.integers(4, 3, low=0, high=6), test=draw.integers(3, 3, low=0, high=6),
    )  # fmt: skip


def some_net(name):
    """Parameters, contexts and statistics of a small net with batch norm."""
    draw = Draw(name)
    shapes = [(5, 2), (6, 4), (4, 5), (5,), (1, 4), (1, 4)]
    return {
        "parameters": [draw.array(*shape, digits=1) for shape in shapes],
        "bnmean": draw.array(1, 4, low=-0.5, high=0.9, digits=2),
        "bnstd": draw.array(1, 4, low=0.4, high=2.5, digits=2),
    }


@exercise("single-example", points=2)
def test_logits_of_one_context(agree):
    """A single context gets its logits from the statistics that are handed in."""
    one = [[[0.0], [1.0]], [[2.0], [1.0]], [[1.0, -1.0]], [0.5, 0.0], [[1.0]], [[0.5]]]
    agree(
        probes.predicted_logits,
        parameters=[array(p) for p in one], X=array([[0, 1]], "int64"), bnmean=array([[2.0]]), bnstd=array([[4.0]]),
    )  # fmt: skip
    agree(probes.predicted_logits, **some_net("single"), X=array([[0, 3, 1]], "int64"))


@exercise("single-example", points=2)
def test_logits_of_several_contexts(agree):
    """In company a context gets the same logits, and eps is added to the square of bnstd, before the root."""
    contexts = array([[0, 3, 1], [3, 1, 4], [1, 4, 2]], "int64")
    agree(probes.predicted_logits, **some_net("single"), X=contexts)
    agree(probes.predicted_logits, **some_net("single"), X=contexts, eps=0.2)
    quiet = some_net("quiet") | {
        "bnstd": array([[0.001, 0.004, 0.002, 0.003]]),
        "bnmean": array([[0.002, -0.001, 0.003, 0.001]]),
    }
    quiet["parameters"][1] = Draw("quiet weights").array(6, 4, low=-0.002, high=0.002, digits=4)
    agree(probes.predicted_logits, **quiet, X=array([[0, 3, 1]], "int64"))


@exercise("spurious-bias", points=2)
def test_parameters_with_batch_norm(agree):
    """The lecture's net with batch norm has 12,097 parameters, and starts as before."""
    agree(probes.useful_parameters, **LECTURE, seed=SEED)
    agree(probes.useful_parameters, **SMALL, seed=1)


@exercise("spurious-bias", points=1)
def test_gradient_of_the_bias_in_front(agree):
    """The bias in front of batch norm gets no gradient, and the one behind it gets all."""
    inputs = {"hpreact": BATCH, "bngain": GAIN, "bnbias": SHIFT, "upstream": ARRIVING}
    agree(probes.bias_gradients, **inputs, b1=array([0.3, -20.0, 1.5]))


# ---- layers.py


@exercise("linear", points=1)
def test_new_linear(agree):
    """A new Linear has a weight (fan_in, fan_out), scaled by the root of fan_in, and a bias of zeros or none."""
    agree(probes.fresh_linear, fan_in=100, fan_out=25, bias=True, seed=SEED)
    agree(probes.fresh_linear, fan_in=5, fan_out=3, bias=False, seed=SEED)


@exercise("linear", points=2)
def test_output_of_linear(agree, for_all):
    """Linear multiplies by its weight and adds its bias, keeps the result in out, and lets gradients through."""
    weight, x = array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), array([[1.0, -1.0], [0.5, 2.0], [-3.0, 0.25], [1.5, 0.75]])
    upstream = array([[0.3, -1.2, 0.7], [2.1, 0.4, -0.6], [-0.9, 1.7, 1.3], [0.8, -0.5, 0.2]])
    agree(probes.linear_output, weight=weight, bias=array([0.5, 0.25, -0.5]), x=x, upstream=upstream)
    agree(probes.linear_output, weight=weight, bias=None, x=x, upstream=upstream)
    for_all(
        probes.linear_output,
        arrays(weight=numbers("i o"), bias=numbers("o"), x=numbers("n i"), upstream=numbers("n o")),
    )


@exercise("batchnorm1d", points=1)
def test_new_batchnorm(agree):
    """A new BatchNorm1d changes nothing but the mean and spread: gain 1, shift 0, running mean 0 and variance 1."""
    agree(probes.fresh_batchnorm, dim=3)


@exercise("batchnorm1d", points=2)
def test_batchnorm_in_training(agree, for_all):
    """A column is normalised by the batch and eps, scaled and shifted."""
    gamma, beta = array([2.0, 0.5, -1.5]), array([3.0, -0.25, 0.75])
    agree(probes.batchnorm_output, x=BATCH, gamma=gamma, beta=beta, upstream=ARRIVING)
    still = array([[0.5, 0.001], [0.5, 0.002], [0.5, 0.006]])
    upstream = array([[0.3, -1.2], [2.1, 0.4], [-0.9, 1.7]])
    agree(probes.batchnorm_output, x=still, gamma=array([2.0, 0.5]), beta=array([3.0, -0.25]), upstream=upstream)
    agree(probes.batchnorm_output, x=BATCH, gamma=gamma, beta=beta, upstream=ARRIVING, eps=0.3)
    for_all(
        probes.batchnorm_output,
        arrays({"n": 2}, x=numbers("n h"), gamma=numbers("h"), beta=numbers("h"), upstream=numbers("n h")),
    )


@exercise("batchnorm1d", points=2)
def test_buffers_in_training(agree):
    """The running statistics creep towards each batch's, off the graph."""
    column = {"mean": array([0.0]), "var": array([1.0])}
    agree(probes.batchnorm_buffers, **column, batches=[array([[1.0], [2.0], [6.0]])])
    second = array([[0.5, 60.0, 2.0], [3.0, 20.0, -4.0], [-1.0, 90.0, 1.0]])
    start = {"mean": array([0.5, 50.0, -1.0]), "var": array([1.5, 20.0, 0.7])}
    agree(probes.batchnorm_buffers, **start, batches=[BATCH, second], momentum=0.2)


@exercise("batchnorm1d", points=2)
def test_batchnorm_in_evaluation(agree):
    """In evaluation the buffers alone count, and stay as they are."""
    agree(
        probes.batchnorm_evaluation,
        mean=array([0.3]), var=array([1.6]), gamma=array([2.0]), beta=array([0.5]), rows=array([[2.0], [5.0]]),
    )  # fmt: skip
    agree(
        probes.batchnorm_evaluation,
        mean=array([0.5, 50.0, -1.0]), var=array([2.25, 900.0, 0.00004]), gamma=array([2.0, 0.5, -1.5]),
        beta=array([3.0, -0.25, 0.75]), rows=BATCH, eps=0.02,
    )  # fmt: skip


@exercise("tanh-layer", points=1)
def test_tanh_layer(agree):
    """Tanh keeps its result in out, lets gradients through, and has nothing to learn."""
    agree(
        probes.tanh_output,
        x=array([[0.5, -2.0], [0.1, 1.2], [-0.7, 0.3]]),
        upstream=array([[0.3, 2], [-1, 0.7], [1, 4]]),
    )


NET = [5, 2, 3, 4, 2]  # vocab_size, block_size, n_embd, n_hidden, depth


def parameters(sizes, name):
    """Numbers for all parameters of a deep net, in one row."""
    count = sum(prod(shape) for shape in probes.parameter_shapes(sizes))
    return Draw(name).array(count, low=-1.5, high=1.5, digits=1)


@exercise("deep-net", points=2)
def test_parts_of_the_lectures_deep_net(agree):
    """17 separate layers, 47,024 parameters, and a smaller last gamma."""
    agree(probes.deep_net_parts, sizes=[27, 3, 10, 100, 5], seed=SEED)
    agree(probes.deep_net_draws, sizes=NET, seed=SEED)
    agree(probes.deep_net_draws, sizes=[5, 2, 3, 4, 3], seed=SEED)


@exercise("deep-net", points=1)
def test_logits_of_a_deep_net(agree):
    """The logits of a small net are right, whatever its layers are."""
    X = array([[0, 3], [3, 1], [1, 4], [2, 2], [4, 0], [1, 3]], "int64")
    agree(probes.deep_logits, sizes=NET, numbers=parameters(NET, "logits"), X=X)


@exercise("deep-net", points=1)
def test_deep_net_in_training(agree):
    """With your own layers, the losses of a small net's first ten steps are right."""
    X, Y = array([[0, 3], [3, 1], [1, 4], [2, 2], [4, 0], [1, 3]], "int64"), array([3, 1, 4, 0, 2, 1], "int64")
    agree(probes.deep_losses, sizes=NET, numbers=parameters(NET, "losses"), X=X, Y=Y, steps=10, lr=0.1)


@exercise("deep-net", points=1)
def test_modes_of_a_deep_net(agree):
    """set_training switches every BatchNorm1d, so that looking at one context changes nothing."""
    X = array([[0, 3], [3, 1], [1, 4]], "int64")
    agree(probes.deep_switches, sizes=NET, numbers=parameters(NET, "modes"))
    agree(probes.deep_modes, sizes=NET, numbers=parameters(NET, "modes"), X=X)


# ---- diagnostics.py


@exercise("activation-stats", points=2)
def test_statistics_of_activations(agree):
    """Mean, spread and saturated share are those of the Tanh outputs, with both flat ends."""
    agree(probes.activation_numbers, kinds=["Tanh"], outs=[array([[0.0, 0.7616, -0.995], [0.9866, -0.4621, 0.2449]])])
    wide = array([[3.0, -2.5, 0.5], [-0.98, 1.5, -4.0]])
    agree(
        probes.activation_numbers,
        kinds=["Linear", "BatchNorm1d", "Tanh", "Linear", "Tanh"],
        outs=[wide, wide, array([[0.995, -0.987, 0.4621], [-0.753, 0.905, -0.999]]), wide, TANH_OUTPUTS],
    )  # fmt: skip
    agree(probes.activation_numbers, kinds=["Tanh"], outs=[TANH_OUTPUTS], threshold=0.25)
    on_it = array([[0.25, -0.75, 0.5], [0.625, -0.5, 0.875]])
    agree(probes.activation_numbers, kinds=["Tanh"], outs=[on_it], threshold=0.5)


@exercise("gradient-stats", points=3)
def test_statistics_of_gradients(agree):
    """Mean and spread are those of the gradients that arrive at the Tanh outputs."""
    agree(
        probes.gradient_numbers,
        kinds=["Tanh"], x=array([[0.5, -1.0, 2.0]]), weights=[], upstream=array([[0.3, -1.2, 0.7]]),
    )  # fmt: skip
    agree(
        probes.gradient_numbers,
        kinds=["Linear", "Tanh", "Linear", "Tanh", "Linear"],
        x=array([[0.5, -1.0], [0.25, 0.75], [-1.5, 0.3]]),
        weights=[
            array([[0.5, -0.4, 0.3], [0.8, 0.2, -0.7]]), array([[0.6, -0.9], [0.4, 0.35], [-0.2, 1.1]]),
            array([[1.2, -0.3, 0.4, 0.9], [0.5, 0.7, -0.6, 0.1]]),
        ],
        upstream=array([[0.3, -1.2, 0.7, 2.1], [0.4, -0.6, -0.9, 1.7], [1.3, 0.8, -0.5, 0.2]]),
    )  # fmt: skip


TWO_MATRICES = {
    "data": [array([[1.0, 2.0], [3.0, 6.0]]), array([1.0, 2.5]), array([[0.5, -0.25, 4.0], [-1.5, 0.75, 2.0]])],
    "grads": [array([[0.1, 0.0], [0.0, 0.3]]), array([0.5, 0.1]), array([[0.02, -0.05, 0.01], [0.03, 0.04, -0.06]])],
}  # fmt: skip


@exercise("grad-to-data", points=2)
def test_gradients_beside_weights(agree):
    """For each matrix the spread of its gradient is divided by its own; a bias does not count."""
    agree(probes.gradient_ratios, **TWO_MATRICES)


@exercise("update-ratios", points=3)
def test_updates_beside_weights(agree):
    """A step with lr = 0.1 moves the weights ten times as far as one with lr = 0.01, which makes 1 on this scale."""
    agree(probes.step_ratios, **TWO_MATRICES, lr=0.1)
    agree(probes.step_ratios, **TWO_MATRICES, lr=0.01)


# ---- exercises.py


@exercise("zero-start", points=2)
def test_prediction_for_a_start_at_zero(agree):
    """The prediction is right if all parameters start at zero, if none does, and if some do."""
    agree(probes.predicted_names, zeroed=["C", "W1", "b1", "W2", "b2"])
    agree(probes.predicted_names, zeroed=[])
    agree(probes.predicted_names, zeroed=["W2", "b2"])
    agree(probes.predicted_names, zeroed=["W1", "b1"])
    agree(probes.predicted_names, zeroed=["C"])
    agree(probes.predicted_names, zeroed=["C", "b1"])


@exercise("zero-start", points=1)
def test_what_moves_from_a_start_at_zero(agree):
    """Running the net shows which parameters have a gradient; from zero, the loss ends at the characters' own."""
    shapes = {"C": (4, 2), "W1": (6, 5), "b1": (5,), "W2": (5, 4), "b2": (4,)}
    X, Y = array([[0, 0, 0], [0, 0, 3], [0, 3, 1]], "int64"), array([3, 1, 3], "int64")  # row 2 of C is not used
    for zeroed in (["C", "W1", "b1", "W2", "b2"], ["W1", "b1"], ["W2"], []):
        draw = Draw("what moves")
        start = [draw.array(*shape, digits=1) for shape in shapes.values()]
        zeros = [zero(shape) if name in zeroed else p for (name, shape), p in zip(shapes.items(), start, strict=True)]
        agree(probes.seen_names, parameters=zeros, X=X, Y=Y)
        agree(probes.seen_names, parameters=zeros, X=X, Y=Y, earlier=0.5)
    agree(probes.limit_loss, Y=array([0, 1, 1, 3], "int64"), vocab_size=5)


def zero(shape):
    """An array of zeros."""
    return array([0.0] * shape[0] if len(shape) == 1 else [[0.0] * shape[1]] * shape[0])


@exercise("fold-batchnorm", points=3)
def test_folded_layer(agree):
    """The folded Linear gives what Linear and BatchNorm1d give in evaluation, and both stay as they were."""
    agree(
        probes.folded_layer,
        weight=array([[6.0]]), bias=None, gamma=array([2.0]), beta=array([0.5]), mean=array([3.0]), var=array([16.0]),
        x=array([[2.0]]), eps=0.0,
    )  # fmt: skip
    agree(
        probes.folded_layer,
        weight=array([[1.0, -2.0, 0.5], [4.0, 0.25, -3.0]]), bias=array([0.5, 1.5, -0.75]),
        gamma=array([2.0, 0.5, -1.5]), beta=array([3.0, -0.25, 0.75]), mean=array([0.5, -2.0, 1.5]),
        var=array([2.25, 9.0, 0.3]),
        x=array([[1.0, -1.0], [0.5, 2.0], [-3.0, 0.25], [1.5, 0.75]]), eps=0.1,
    )  # fmt: skip
