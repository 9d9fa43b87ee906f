"""The pictures of lecture 1's net, trained to tell two moons apart: its loss, and where it draws the line."""

import math
import random
from typing import TYPE_CHECKING, Any

import numpy as np

from grader.desk.pictures import Motif, Picture, View, canvas
from grader.desk.pictures.canvas import Numbers
from grader.inside.probes.lecture1_micrograd import pictures as probes

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COUNT, NOISE, SEED = 24, 0.05, 1  # of the points
NOUTS, STEPS, RATE = [6, 1], 70, 0.02
WIDE, HIGH = 37, 25  # places at which the net is asked all around
LEFT, RIGHT, LOW, HIGHEST = -3.6, 3.6, -2.4, 2.4


def moons() -> tuple[list[list[float]], list[float]]:
    """Points along two half circles that reach into each other: the upper ones are to give 1, the lower ones -1."""
    rng, xs, ys = random.Random(SEED), [], []
    for i in range(COUNT):
        angle, is_upper = math.pi * (i // 2) / (COUNT // 2 - 1), i % 2 == 0
        x, y = math.cos(angle) - 0.5, math.sin(angle) - 0.25
        x, y = (x, y) if is_upper else (-x, -y)
        xs.append([round(2 * (place + rng.gauss(0, NOISE)), 3) for place in (x, y)])
        ys.append(1.0 if is_upper else -1.0)
    return xs, ys


def of_moons(words: list[str]) -> dict[str, Any]:
    xs, ys = moons()
    around = [[round(float(x), 3), round(float(y), 3)] for y in _rows() for x in _columns()]
    return {"xs": xs, "ys": ys, "nouts": NOUTS, "seed": SEED, "steps": STEPS, "lr": RATE, "around": around}


def _columns() -> Numbers:
    return np.linspace(LEFT, RIGHT, WIDE)


def _rows() -> Numbers:
    return np.linspace(LOW, HIGHEST, HIGH)


def _used(view: View) -> str:
    count = len(view.inputs["xs"])
    return f"{STEPS} steps of your train, learning rate {RATE}, on {count} points in two moons; your MLP(2, {NOUTS})."


# ---- the loss


def loss(view: View) -> Picture:
    """The loss of every step, and what a net costs that says 0 of every point."""
    yours, expected = view.both(lambda side: canvas.numbers(side["losses"]))
    same, idle = canvas.agree(yours, expected, 1e-3), float(len(view.inputs["xs"]))
    title = (
        f"In {STEPS} steps the loss falls from {yours[0]:.1f} to {yours[-1]:.2f}"
        if same
        else f"Your loss ends at {yours[-1]:.2f}, expected {expected[-1]:.2f}"
    )
    figure = canvas.sheet(9, 5.4, title, _used(view))
    _falling(figure.subplots(), yours, expected, idle)
    text = (
        f"Curve of the loss over {STEPS} steps: from {yours[0]:.2f} to {yours[-1]:.2f}; expected {expected[-1]:.2f}. "
        f"A net that always says 0 costs {idle:g}."
    )
    facts = (
        ("loss at the start", f"{yours[0]:.2f}", f"{expected[0]:.2f}"),
        ("loss at the end", f"{yours[-1]:.2f}", f"{expected[-1]:.2f}"),
    )
    return Picture(view.name, title, text, facts, figure)


def _falling(axes: "Axes", yours: Numbers, expected: Numbers, idle: float) -> None:
    canvas.both(axes, range(STEPS), yours, expected, canvas.agree(yours, expected, 1e-3))
    canvas.level(axes, idle, f"always says 0: {idle:g}")
    axes.set_ylim(*canvas.limits(yours, np.array([0.0, idle]), expected))
    axes.set_xlabel("step")
    axes.set_ylabel("loss (sum of squares)")


# ---- where it draws the line


def boundary(view: View) -> Picture:
    """What the net says at every place, and on which side of its 0 the points lie."""
    yours, expected = view.both(lambda side: canvas.numbers(side["around"]).reshape(HIGH, WIDE))
    right, should = view.both(lambda side: _on_their_side(side["at"], view.inputs["ys"]))
    count, same = len(view.inputs["xs"]), canvas.agree(yours, expected, 1e-2)
    title = (
        f"The line bends around both moons: {right} of {count} points are on their side"
        if same
        else f"Your line is not the expected one: {right} of {count} points on their side, expected {should}"
    )
    figure = canvas.sheet(9, 6.4, title, f"{_used(view)} Blue is above 0.")
    axes = figure.subplots()
    _field(axes, yours, expected, same)
    _points(axes, view.inputs["xs"], view.inputs["ys"])
    text = (
        f"Map of the net's output around two moons, with the line where it is 0: {right} of {count} points lie on "
        f"their side, expected {should}."
    )
    facts = (("points on their side", f"{right} of {count}", f"{should} of {count}"), _at_the_middle(yours, expected))
    return Picture(view.name, title, text, facts, figure)


def _on_their_side(outputs: Any, ys: list[float]) -> int:
    return int(np.sum(canvas.numbers(outputs) * np.array(ys) > 0))


def _at_the_middle(yours: Numbers, expected: Numbers) -> tuple[str, str, str]:
    middle = HIGH // 2, WIDE // 2
    return "output in the middle", f"{yours[middle]:.3f}", f"{expected[middle]:.3f}"


def _field(axes: "Axes", yours: Numbers, expected: Numbers, same: bool) -> None:
    """Yours in colour with its line, solid; the expected line over it, dashed."""
    size = (LEFT, RIGHT, LOW, HIGHEST)
    axes.imshow(
        yours, extent=size, origin="lower", cmap=canvas.below_and_above(), norm=canvas.signed_scale(1.6),
        interpolation="nearest", aspect="equal",
    )  # fmt: skip
    label = "expected (the same)" if same else "expected"
    for field, name, colour, style in ((yours, "yours", canvas.YOURS, "-"), (expected, label, canvas.EXPECTED, "--")):
        if np.nanmin(np.append(field, 0.0)) < 0 < np.nanmax(np.append(field, 0.0)):
            axes.contour(_columns(), _rows(), field, levels=[0.0], colors=colour, linestyles=style, linewidths=2)
        axes.plot([], [], color=colour, linestyle=style, linewidth=2, label=name)
    axes.set_xlim(LEFT, RIGHT)
    axes.set_ylim(LOW, HIGHEST)


def _points(axes: "Axes", xs: list[list[float]], ys: list[float]) -> None:
    """Two shapes, so that they can be told apart without colours."""
    for sign, marker, colour, label in ((1.0, "o", canvas.YOURS, "to give 1"), (-1.0, "^", "#7a4100", "to give -1")):
        of_sign = np.array([x for x, y in zip(xs, ys, strict=True) if y == sign])
        look: dict[str, Any] = {"s": 60, "edgecolors": "#ffffff", "linewidths": 1.2, "zorder": 4}
        axes.scatter(of_sign[:, 0], of_sign[:, 1], marker=marker, color=colour, label=label, **look)
    axes.legend(loc="lower right", framealpha=0.9)


NET = (
    "value-add", "value-mul", "value-reflected", "value-neg-sub", "value-pow", "value-tanh", "value-backward",
    "neuron", "layer", "mlp", "zero-grad", "squared-error", "gradient-step", "train-mlp",
)  # fmt: skip
MOTIFS = (
    Motif("loss", NET, probes.pictured_net, of_moons, loss),
    Motif("boundary", NET, probes.pictured_net, of_moons, boundary),
)
