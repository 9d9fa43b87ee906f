import math
import layers as building_blocks


def mean_and_std(t):
    numbers = t.detach().reshape(-1).tolist()
    mean = sum(numbers) / len(numbers)
    return mean, math.sqrt(sum((x - mean) ** 2 for x in numbers) / (len(numbers) - 1))


def activation_stats(layers, threshold=0.97):
    result = []
    for layer in layers:
        if isinstance(layer, building_blocks.Tanh):
            mean, std = mean_and_std(layer.out)
            numbers = layer.out.detach().reshape(-1).tolist()
            flat = [x for x in numbers if abs(x) > threshold]
            result.append([mean, std, len(flat) / len(numbers)])
    return result


def gradient_stats(layers, loss):
    for layer in layers:
        layer.out.retain_grad()
    loss.backward()
    result = []
    for layer in layers:
        if isinstance(layer, building_blocks.Tanh):
            result.append(mean_and_std(layer.out.grad))
    return result


def grad_to_data(parameters):
    result = []
    for p in parameters:
        if len(p.shape) == 2:
            result.append(mean_and_std(p.grad)[1] / mean_and_std(p)[1])
    return result


def update_ratios(parameters, lr):
    result = []
    for p in parameters:
        if len(p.shape) == 2:
            result.append(math.log10(mean_and_std(lr * p.grad)[1]) - math.log10(mean_and_std(p)[1]))
    return result
