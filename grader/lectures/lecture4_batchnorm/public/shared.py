"""What several of lecture 4's public checks look at."""

from grader.inside.arrays import array

SEED = 2147483647  # the lecture's
LECTURE = {"vocab_size": 27, "block_size": 3, "n_embd": 10, "n_hidden": 200}
SMALL = {"vocab_size": 5, "block_size": 2, "n_embd": 3, "n_hidden": 7}
TANH_OUTPUTS = array([[0.995, -0.999, 0.5, -0.991], [-0.2, -0.998, 0.1, -0.993], [0.992, -0.994, -0.3, 0.996]])
BATCH = array([[1.0, 100.0, -0.5], [2.0, 300.0, 0.25], [6.0, 800.0, 0.75], [4.0, 500.0, 3.0]])
ARRIVING = array([[0.3, -1.2, 0.7], [2.1, 0.4, -0.6], [-0.9, 1.7, 1.3], [0.8, -0.5, 0.2]])
