"""What all pictures share: sheets, colours that can be told apart in grey, numbers safe to draw, marks on the axes.

matplotlib is used through its objects alone and imported inside.
"""

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from grader.inside.plain import Array
from grader.judging import comparison

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.colors import Colormap, Normalize
    from matplotlib.figure import Figure
    from matplotlib.text import Text

Numbers = npt.NDArray[np.float64]

DPI = 100
LARGEST = 1e9  # what lies beyond is drawn like what is no number: not at all
INK, SOFT, RAW, NO_NUMBER = "#1d2129", "#5b6472", "#8fb0d4", "#e8d5b5"
YOURS, EXPECTED = "#0b3d91", "#c44e00"  # dark blue, solid; dark orange, dashed
BEHIND = {"facecolor": "#ffffff", "edgecolor": "none", "alpha": 0.85, "pad": 0.5}  # so that lines stop at words


def sheet(width: float, height: float, title: str, used: str) -> "Figure":
    """A figure of that many inches, with its finding above and what was used for it below."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), dpi=DPI, layout="constrained")
    size = max(1.0, width / 14)  # wide ones are looked at from further away
    line = width / size
    words = {"x": 0.012, "ha": "left"}
    figure.suptitle(textwrap.fill(title, int(8.2 * line)), fontsize=14 * size, fontweight="bold", **words)
    figure.supxlabel(textwrap.fill(used, int(13 * line)), fontsize=9 * size, color=SOFT, **words)
    return figure


# ---- numbers


def numbers(values: Any) -> Numbers:
    """Plain data as float64. Whatever cannot be drawn, because it is no number or too large, is nan."""
    found = comparison.numbers(values) if isinstance(values, Array) else [_float(value) for value in values]
    drawn = np.array(found, dtype=np.float64)
    with np.errstate(all="ignore"):
        drawn[~(np.abs(drawn) <= LARGEST)] = np.nan
    return drawn


def _float(value: Any) -> Any:
    """A number, or a list of numbers, as floats; an integer beyond every float as nan."""
    if isinstance(value, list | tuple):
        return [_float(item) for item in value]
    return float(value) if abs(value) <= LARGEST else np.nan


def agree(yours: Any, expected: Any, absolute: float, relative: float = 0.0) -> bool:
    """Whether two numbers or arrays would look the same. What is no number agrees with nothing."""
    return bool(np.allclose(yours, expected, rtol=relative, atol=absolute))


def mean(values: Numbers) -> float:
    """The mean of what can be drawn; nan if nothing can."""
    there = values[np.isfinite(values)]
    return float(there.mean()) if there.size else float("nan")


def blocks(values: Numbers, size: int) -> tuple[Numbers, Numbers]:
    """The middles of the blocks of that many values, and the mean of each."""
    starts = range(0, len(values) - size + 1, size)
    return np.array([start + (size - 1) / 2 for start in starts]), np.array(
        [mean(values[i : i + size]) for i in starts]
    )


def correlation(one: Numbers, other: Numbers) -> float:
    """Pearson's r over the places where both are numbers; nan if either does not vary there."""
    both = np.isfinite(one) & np.isfinite(other)
    a, b = one[both] - mean(one[both]), other[both] - mean(other[both])
    size = float(np.sqrt((a @ a) * (b @ b)))
    return float(a @ b) / size if size > 0 else float("nan")


def limits(*curves: Numbers, margin: float = 0.05) -> tuple[float, float]:
    """Room for all that can be drawn. The last curve, which is expected, decides how far outliers may stretch it."""
    low, high = float(np.nanmin(curves[-1])), float(np.nanmax(curves[-1]))
    span = (high - low) or 1.0
    there = np.concatenate([curve[np.isfinite(curve)].ravel() for curve in curves])
    low, high = max(float(there.min()), low - 2 * span), min(float(there.max()), high + 2 * span)
    return low - margin * span, high + margin * span


# ---- colours


def white_to_dark() -> "Colormap":
    """For counts and shares: zero is exactly white, more is darker; what is no number is tan."""
    from matplotlib.colors import LinearSegmentedColormap

    steps = ["#ffffff", "#cfe0f1", "#7fa8d1", "#3b6ea5", "#12315e"]
    return LinearSegmentedColormap.from_list("white to dark", steps).with_extremes(bad=NO_NUMBER)


def below_and_above() -> "Colormap":
    """For numbers with a sign: zero is exactly white, below it brown, above it blue."""
    from matplotlib.colors import LinearSegmentedColormap

    steps = ["#7a4100", "#d9a15e", "#ffffff", "#7fa8d1", "#12315e"]
    made = LinearSegmentedColormap.from_list("below and above", steps, N=257)  # odd: the one in the middle is white
    return made.with_extremes(bad=NO_NUMBER)


def root_scale(largest: float) -> "Normalize":
    """From 0 to the largest, by square roots, so that small numbers are not lost beside large ones."""
    from matplotlib.colors import PowerNorm

    return PowerNorm(0.5, vmin=0, vmax=max(largest, 1e-9), clip=True)


def signed_scale(largest: float) -> "Normalize":
    """From minus to plus the largest, zero in the middle."""
    from matplotlib.colors import Normalize

    return Normalize(-max(largest, 1e-9), max(largest, 1e-9), clip=True)


def ink_on(colour: Sequence[float]) -> str:
    """The colour of letters that can be read on this one."""
    red, green, blue = colour[:3]
    return INK if 0.299 * red + 0.587 * green + 0.114 * blue > 0.55 else "#ffffff"


# ---- on the axes


def letters(axes: "Axes", symbols: str, size: float = 9, top: str = "", left: str = "") -> None:
    """A square table's rows and columns are named by symbols, columns at the top."""
    places = range(len(symbols))
    axes.set_xticks(places, list(symbols), fontsize=size)
    axes.set_yticks(places, list(symbols), fontsize=size)
    axes.xaxis.tick_top()
    axes.xaxis.set_label_position("top")
    axes.set_xlabel(top)
    axes.set_ylabel(left)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)


def outline(axes: "Axes", places: Any) -> None:
    """A frame around every cell of a table that is marked."""
    from matplotlib.patches import Rectangle

    for row, column in zip(*np.nonzero(places), strict=True):
        frame = Rectangle((column - 0.46, row - 0.46), 0.92, 0.92, fill=False, edgecolor=EXPECTED, linewidth=1.6)
        axes.add_patch(frame)


def cell(axes: "Axes", x: float, y: float, text: str, colour: Any, **style: Any) -> None:
    """A square with a character on it."""
    from matplotlib.colors import to_rgb
    from matplotlib.patches import Rectangle

    frame = {"edgecolor": "#c3cad4", "linewidth": 0.8, **style}
    axes.add_patch(Rectangle((x - 0.47, y - 0.47), 0.94, 0.94, facecolor=colour, **frame))
    axes.text(x, y, text, ha="center", va="center", color=ink_on(to_rgb(colour)), clip_on=True, in_layout=False)


def both(axes: "Axes", x: Any, yours: Numbers, expected: Numbers, same: bool) -> None:
    """Your curve, solid, and the expected one over it, dashed; the legend says so if they are the same."""
    axes.plot(x, yours, color=YOURS, linewidth=2.4, label="yours")
    label = "expected (the same)" if same else "expected"
    axes.plot(x, expected, color=EXPECTED, linewidth=1.4, linestyle=(0, (4, 3)), label=label)
    axes.legend(frameon=False, loc="best")


def level(axes: "Axes", y: float, text: str, above: bool = True) -> None:
    """A thin dotted line at a height that means something, with its meaning above or below it."""
    axes.axhline(y, color=SOFT, linewidth=1, linestyle=":")
    place: dict[str, Any] = {"xytext": (-4, 3 if above else -3), "textcoords": "offset points", "ha": "right"}
    axes.annotate(
        text, (1, y), xycoords=axes.get_yaxis_transform(), va="bottom" if above else "top",
        fontsize=9, color=SOFT, bbox=BEHIND, **place,
    )  # fmt: skip


def note(axes: "Axes", x: float, y: float, text: str, **style: Any) -> "Text":
    """Words on the axes, on white so that lines do not run through them."""
    return axes.text(x, y, text, **{"bbox": BEHIND, "fontsize": 10, "zorder": 5, **style})


def apart(heights: Sequence[float], gap: float) -> list[float]:
    """Heights for labels, in the same order, at least `gap` from each other and near where they belong."""
    groups: list[tuple[float, list[int]]] = []  # labels that touch, with the middle of their heights
    for i in sorted(range(len(heights)), key=lambda i: heights[i]):
        middle, members = heights[i], [i]
        while groups and middle - groups[-1][0] < gap * (len(members) + len(groups[-1][1])) / 2:
            members = [*groups.pop()[1], *members]
            middle = sum(heights[j] for j in members) / len(members)
        groups.append((middle, members))
    placed = {i: m + gap * (k - (len(g) - 1) / 2) for m, g in groups for k, i in enumerate(g)}
    return [placed[i] for i in range(len(heights))]
