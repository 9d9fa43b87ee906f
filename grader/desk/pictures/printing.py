"""Figures on paper: matplotlib's settings while one is drawn or saved, and the bytes of a PNG or an SVG.

The settings are changed only within `paper`; the same picture gives the same bytes.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from grader.desk.pictures.canvas import DPI, INK, SOFT

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SETTINGS: dict[str, Any] = {
    "svg.hashsalt": "grader",
    "svg.fonttype": "none",
    "text.parse_math": False,  # a dollar sign is a dollar sign
    "axes.formatter.use_mathtext": False,
    "axes.unicode_minus": False,
    "font.family": ["DejaVu Sans"],
    "font.size": 11,
    "text.color": INK,
    "axes.edgecolor": SOFT,
    "axes.labelcolor": INK,
    "axes.titlesize": 12,
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": INK,
    "ytick.color": INK,
}


@contextmanager
def paper() -> Iterator[None]:
    """Our settings for as long as something is drawn or saved, whatever the reader's own are; then theirs again."""
    import matplotlib

    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(SETTINGS)  # type: ignore[arg-type]
        yield


def settle(figure: "Figure") -> None:
    """Put everything in its place, once: to save it again and again is then cheap, and gives the same."""
    if (engine := figure.get_layout_engine()) is not None:
        for _ in range(2):  # what a first pass has moved, a second one finds
            engine.execute(figure)
        figure.set_layout_engine("none")


def png(figure: "Figure", title: str, text: str) -> bytes:
    """The picture as PNG, the same bytes for the same picture; the text alternative is inside."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    out = io.BytesIO()
    about = {"Title": title, "Description": text, "Software": None}
    with paper():
        settle(figure)
        surface: Any = FigureCanvasAgg(figure)
        surface.print_png(out, metadata=about)  # savefig would draw everything twice
    return out.getvalue()


def svg(figure: "Figure", title: str, text: str) -> bytes:
    """The picture as SVG, the same bytes for the same picture, with <title> and <desc>."""
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    out = io.StringIO()
    with paper():
        settle(figure)
        surface: Any = FigureCanvasSVG(figure)
        surface.print_svg(out, metadata={"Title": title, "Date": None, "Creator": None})
        figure.set_dpi(DPI)  # an SVG is drawn with 72
    described = out.getvalue().replace("</title>", f"</title>\n <desc>{escape(text)}</desc>", 1)
    return described.replace("<svg ", '<svg role="img" ', 1).encode()
