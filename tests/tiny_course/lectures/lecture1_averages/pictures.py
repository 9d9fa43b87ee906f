"""The picture of the tiny course: a jumpy curve and its moving mean."""

from grader.desk.pictures import Motif, Picture, View, canvas
from grader.inside.probes import lecture1_averages as probes

JUMPY = [3.0, 2.0, 2.8, 1.9, 2.3, 1.2, 1.9, 1.0, 1.4, 0.8]


def smooth(view: View) -> Picture:
    """Your moving mean over the curve that it smooths, beside what is expected."""
    yours, expected = view.both(canvas.numbers)
    same = yours.shape == expected.shape and canvas.agree(yours, expected, 1e-9)
    title = "Your moving mean is smooth" if same else "Your moving mean is not what is expected"
    figure = canvas.sheet(9, 5, title, f"Ten numbers, three neighbours at a time: {JUMPY}")
    axes = figure.subplots()
    axes.plot(JUMPY, color=canvas.SOFT, linewidth=1)
    canvas.both(axes, range(1, len(expected) + 1), yours, expected, same)
    text = f"A curve of {len(JUMPY)} numbers and its {len(expected)} means of three neighbours. {title}."
    return Picture(view.name, title, text, (("first mean", f"{yours[0]:.3f}", f"{expected[0]:.3f}"),), figure)


MOTIFS = (Motif("smooth", ("mean", "moving-mean"), probes.moving_means, lambda words: {"xs": JUMPY, "n": 3}, smooth),)
