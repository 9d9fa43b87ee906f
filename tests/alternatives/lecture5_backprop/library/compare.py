import torch


def cmp(dt, t):
    try:
        torch.testing.assert_close(dt, t, rtol=0, atol=float("inf"))
    except AssertionError:
        return False, False, float("inf")
    return torch.eq(dt, t).all(), torch.isclose(dt, t).all(), torch.linalg.vector_norm(dt - t, ord=float("inf"))
