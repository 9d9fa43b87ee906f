"""What several of lecture 7's public checks look at."""

from grader.inside.arrays import array
from grader.inside.probes import lecture7_gpt as probes
from grader.judging.fresh_inputs import Draw

SEED = 1337  # the lecture's
# two rows of three positions with four channels: no two of these sizes are equal
X = array(
    [
        [[0.3, -1.2, 0.7, 1.5], [2.1, 0.4, -0.6, -0.2], [-0.9, 1.7, 1.3, 0.6]],
        [[1.1, 0.6, -0.4, 0.9], [-1.3, 0.9, 0.1, 2.2], [0.5, -0.7, 1.9, -1.4]],
    ]
)
ARRIVING = array(
    [
        [[0.5, -0.8, 1.2, 0.3], [-1.1, 0.7, 0.4, -0.9], [0.2, 1.6, -0.5, 0.8]],
        [[-0.3, 0.9, 0.6, -1.4], [1.3, -0.2, -0.7, 0.1], [0.4, -1.5, 1.1, 0.9]],
    ]
)
TWO_CHANNELS = array(
    [[[0.5, -0.8], [-1.1, 0.7], [0.2, 1.6]], [[-0.3, 0.9], [1.3, -0.2], [0.4, -1.5]]]
)  # what arrives at a head of size 2
GPT = [5, 4, 2, 2, 3]  # vocab_size, n_embd, n_head, n_layer, block_size
IDX = array([[3, 1, 4], [1, 0, 2]], "int64")
TARGETS = array([[1, 4, 1], [0, 2, 3]], "int64")


def numbers(spec, name, largest=0.9):
    """Numbers for all parameters of a module, in one row."""
    return Draw(name).array(probes.count(spec), low=-largest, high=largest, digits=2)
