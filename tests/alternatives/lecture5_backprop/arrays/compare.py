import numpy as np


def cmp(dt, t):
    a, b = np.asarray(dt), np.asarray(t)
    if a.shape != b.shape:
        return False, False, np.inf
    return bool(np.array_equal(a, b)), bool(np.isclose(a, b, rtol=1e-5, atol=1e-8).all()), float(np.max(np.abs(a - b)))
