"""What several of lecture 9's public checks look at."""

NET = {
    "wte": [[1.0, 2.0], [0.5, -1.0], [-1.5, 0.75], [0.25, 1.25]],
    "w1": [[1.0, 0.5], [-1.0, 0.3], [0.4, -0.8]],
    "w2": [[0.5, 1.0, -0.5], [1.0, 3.0, 0.2], [-0.7, 0.6, 1.1], [0.1, -1.2, 0.9]],
}
LARGE = {  # the same net, but with logits that exp cannot take
    **NET,
    "w2": [[500.0, 1.0, -0.5], [500.2, 3.0, 0.2], [499.0, 0.6, 1.1], [480.0, -1.2, 0.9]],
}
SIZES = [5, 4, 4, 1]  # vocab_size, block_size, n_embd, n_layer
SMALL = [5, 4, 2, 1]
DEEPER = [5, 4, 2, 2]
LETTERS = "abcd"
DOCS = ["abba", "cad", "dab"]
UPSTREAM = [0.7, -1.1, 0.4, 1.9]
FIVE = [*UPSTREAM, -0.3]
WIDE = [0.7, -1.1, 0.4, 1.9, -0.6, 0.2, 1.3, -0.9]
