import numpy as np

def slope(f, x, h): return (f(x + h) - f(x)) / h
def symmetric_slope(f, x, h): return (f(x + h) - f(x - h)) / 2 / h
def gradf(a, b, c): return np.array([-3*a**2 - .5*a**-.5, 3*np.cos(3*b) + 2.5*b**1.5, 1/c**2])
def numerical_gradient(f, args, h):
    at, steps = np.array(args), np.eye(len(args)) * h
    return np.array([(f(*(at + s)) - f(*(at - s))) / (2*h) for s in steps])
