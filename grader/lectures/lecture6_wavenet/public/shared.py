"""What several of lecture 6's public checks look at."""

from grader.inside.arrays import array
from grader.inside.probes import lecture6_wavenet as probes
from grader.judging.fresh_inputs import Draw

SEED = 42  # the lecture's
CALM = 0.2  # the largest number of a net that gives every symbol a chance, so that names end
TREE = [5, 4, 2, 3]  # vocab_size, block_size, n_embd, n_hidden
X = array([[0, 0, 3, 1], [0, 3, 1, 4], [3, 1, 4, 2], [1, 4, 2, 2], [4, 2, 2, 0], [2, 0, 0, 3]], "int64")
Y = array([4, 2, 2, 0, 3, 1], "int64")
# the numbers of position t are t and something; neither T nor C is the other, or the number of examples
POSITIONS = array(
    [
        [[0.0, 0.5, 10.0], [1.0, -1.5, 20.0], [2.0, 2.5, 10.0], [3.0, -0.5, 50.0]],
        [[0.5, 3.5, 40.0], [1.5, 4.5, 10.0], [2.5, -5.5, 90.0], [3.5, 6.5, 30.0]],
    ]
)
ARRIVING = array(
    [
        [[0.3, -1.2, 0.7], [2.1, 0.4, -0.6], [-0.9, 1.7, 1.3], [0.8, -0.5, 0.2]],
        [[1.1, 0.6, -0.4], [-1.3, 0.9, 0.1], [0.5, -0.7, 1.9], [-0.2, 1.4, -1.6]],
    ]
)


def numbers(sizes, name, largest=1.5):
    """Numbers for all parameters of build_model's net, in one row."""
    return Draw(name).array(probes.count(probes.tree_shapes(sizes)), low=-largest, high=largest, digits=2)
