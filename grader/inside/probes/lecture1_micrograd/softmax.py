"""What is measured of softmax.py: probabilities, losses and their gradients."""

from types import ModuleType
from typing import Any

from grader.inside.probe import probe
from grader.inside.probes.lecture1_micrograd.shared import ROUNDING, as_list, as_value, data_of, listed


@probe(ROUNDING, lambda logits: f"softmax({listed(logits)})")
def softmax_values(engine: ModuleType, softmax: ModuleType, *, logits: list[float]) -> Any:
    """The probabilities."""
    probs = softmax.softmax([engine.Value(x) for x in logits])
    return {"probs": [data_of(p, "a probability") for p in as_list(probs, "softmax(...)")]}


@probe(ROUNDING, lambda logits, of: f"softmax({listed(logits)})[{of}].backward()")
def softmax_gradients(engine: ModuleType, softmax: ModuleType, *, logits: list[float], of: int) -> Any:
    """The gradient of every logit from one of the probabilities."""
    nodes = [engine.Value(x) for x in logits]
    as_value(as_list(softmax.softmax(nodes), "softmax(...)")[of], "a probability").backward()
    return {"logits' grad": [node.grad for node in nodes]}


@probe(ROUNDING, lambda probs, label: f"negative_log_likelihood({listed(probs)}, {label})")
def likelihood_loss(engine: ModuleType, softmax: ModuleType, *, probs: list[float], label: int) -> Any:
    """The loss of given probabilities."""
    nodes = [engine.Value(x) for x in probs]
    return data_of(softmax.negative_log_likelihood(nodes, label), "negative_log_likelihood(...)")


@probe(ROUNDING, lambda logits, label: f"negative_log_likelihood(softmax({listed(logits)}), {label}).backward()")
def softmax_loss(engine: ModuleType, softmax: ModuleType, *, logits: list[float], label: int) -> Any:
    """The loss of given scores, and the gradient of each score."""
    nodes = [engine.Value(x) for x in logits]
    loss = softmax.negative_log_likelihood(softmax.softmax(nodes), label)
    as_value(loss, "negative_log_likelihood(...)").backward()
    return {"loss": loss.data, "logits' grad": [node.grad for node in nodes]}
