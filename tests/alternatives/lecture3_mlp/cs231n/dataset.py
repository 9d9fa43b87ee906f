import numpy as np
import torch


def build_dataset(words, stoi, block_size):
    N = sum(len(w) + 1 for w in words)
    X = np.zeros((N, block_size), dtype=np.int64)
    Y = np.zeros(N, dtype=np.int64)
    n = 0
    for w in words:
        codes = np.zeros(block_size + len(w) + 1, dtype=np.int64)
        codes[block_size:-1] = [stoi[c] for c in w]
        windows = np.lib.stride_tricks.sliding_window_view(codes, block_size + 1)
        X[n : n + len(windows)] = windows[:, :-1]
        Y[n : n + len(windows)] = windows[:, -1]
        n += len(windows)
    return torch.from_numpy(X), torch.from_numpy(Y)


def split_words(words, rng):
    shuffled = list(words)
    rng.shuffle(shuffled)
    num_train, num_train_val = len(words) * 8 // 10, len(words) * 9 // 10
    mask_train, mask_val = range(num_train), range(num_train, num_train_val)
    mask_test = range(num_train_val, len(words))
    return [[shuffled[i] for i in mask] for mask in (mask_train, mask_val, mask_test)]
