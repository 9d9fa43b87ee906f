import math

def kaiming_std(fan_in, nonlinearity):
    return {"linear": 1.0, "tanh": 5 / 3, "relu": math.sqrt(2)}[nonlinearity] / fan_in**0.5
