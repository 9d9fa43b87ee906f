import numpy

def slope(f, x, h):
    return numpy.array([(f(x + h) - f(x)) / h, (f(x) - f(x - h)) / h])

def symmetric_slope(f, x, h):
    return slope(f, x, h).mean()
