"""Lecture 4, hidden checks of exercises.py: every choice of zeros, and other layers to fold."""

from grader.inside.arrays import array
from grader.inside.probes import lecture4_batchnorm as probes
from grader.judging.suite import exercise


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
