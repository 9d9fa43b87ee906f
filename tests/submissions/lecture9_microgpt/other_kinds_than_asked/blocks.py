def rmsnorm(x):
    return sum(xi * xi for xi in x) / len(x)
