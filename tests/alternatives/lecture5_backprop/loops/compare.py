def cmp(dt, t):
    if list(dt.shape) != list(t.shape):
        return (False, False, float("inf"))
    exact, close, largest = True, True, 0.0
    for a, b in zip(dt.flatten().tolist(), t.flatten().tolist()):
        gap = abs(a - b)
        exact = exact and a == b
        close = close and gap <= 1e-8 + 1e-5 * abs(b)
        largest = max(largest, gap)
    return exact, close, largest
