import math
import numpy as np


def f(x):
  return 3*x**2 - 4*x + 5

h = 0.0001
x = 3.0
(f(x + h) - f(x))/h

def slope(f, x, h):
  d1 = f(x)
  d2 = f(x + h)
  return (d2 - d1)/h

def symmetric_slope(f, x, h):
  d1 = f(x - h)
  d2 = f(x + h)
  return (d2 - d1)/h/2

def gradf(a, b, c):
  # f = -a**3 + sin(3b) - 1.0/c + b**2.5 - a**0.5
  dfda = -3*a**2 - 0.5/math.sqrt(a)
  dfdb = math.cos(3*b)*3 + 2.5*b**1.5
  dfdc = 1.0/c**2
  return [dfda, dfdb, dfdc]

def numerical_gradient(f, args, h):
  grads = [0]*len(args)
  for i in range(len(args)):
    a1 = args.copy()
    a2 = args.copy()
    a1[i] += h
    a2[i] -= h
    grads[i] = (f(*a1) - f(*a2))/(2*h)
  return grads
