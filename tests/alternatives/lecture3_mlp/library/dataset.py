"""Windows by unfold."""

import torch


def build_dataset(words, stoi, block_size=3, verbose=False):
    X, Y = [], []
    for w in words:
        ixs = torch.tensor([0] * block_size + [stoi[ch] for ch in f"{w}."])
        windows = ixs.unfold(0, block_size + 1, 1)
        X.append(windows[:, :block_size])
        Y.append(windows[:, block_size])
        if verbose:
            print(w, windows)
    X, Y = torch.cat(X), torch.cat(Y)
    print("X", X.shape, X.dtype, "Y", Y.shape, Y.dtype)
    return X, Y


def split_words(words, rng):
    """A permutation of positions, so that nothing of the caller's is touched."""
    order = list(range(len(words)))
    rng.shuffle(order)
    n1, n2 = (len(words) * tenths // 10 for tenths in (8, 9))
    return [words[i] for i in order[:n1]], [words[i] for i in order[n1:n2]], [words[i] for i in order[n2:]]
