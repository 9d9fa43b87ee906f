"""Forged scores on the wire: frames ahead of the question, doubled, broken, huge, with wrong numbers and odd JSON."""

import textwrap

from attacks.attacks_kit import Attack

# what these share: the four-byte length, the two frames of an answer, and the number of the current question
WIRE = """
import json, os, struct, sys, threading, time


def frame(body):
    return struct.pack("<I", len(body)) + body


def head(number, kind="returned", **more):
    pairs = [["kind", kind], ["id", number], ["seconds", 0.0], *map(list, more.items())]
    return json.dumps({"d": pairs}).encode()


def asked():
    at = sys._getframe()
    while at and "request" not in at.f_locals:
        at = at.f_back
    return at.f_locals["request"]["id"] if at else 1


def send(data, descriptors=(4,)):
    for descriptor in descriptors:
        try:
            os.write(descriptor, data)
        except OSError:
            pass


def gradf(a, b, c): return [0.0] * 3
def numerical_gradient(f, args, h): return [0.0] * len(args)
"""


def sends(name: str, tries: str, body: str, marks: int | tuple[int, ...] = 0) -> Attack:
    """An attack whose slope does something to the pipes and then returns 0."""
    body = textwrap.dedent(body).strip("\n")
    rest = "" if "symmetric_slope" in body else "symmetric_slope = slope\n"
    return Attack(name, tries, f"{WIRE}\n\n{body}\n\n\n{rest}", marks, hurried=True)


FORGED_FRAMES: tuple[Attack, ...] = (
    sends(
        "frames-to-every-descriptor",
        "Writes a complete answer to each of the first 256 descriptors.",
        """
        def slope(f, x, h):
            send(frame(head(asked())) + frame(b"0.0"), range(3, 256))
            return 0.0
        """,
    ),
    sends(
        "answers-ahead-of-the-question",
        "Writes answers to the next five questions before they are asked.",
        """
        def slope(f, x, h):
            for ahead in range(1, 6):
                send(frame(head(asked() + ahead)) + frame(b"0.0"))
            return 0.0
        """,
    ),
    sends(
        "two-answers-to-one-question",
        "Answers twice, so that the second answer could pass for the next one's.",
        """
        def slope(f, x, h):
            for _ in range(2):
                send(frame(head(asked())) + frame(b"1.0"))
            return 0.0
        """,
    ),
    sends(
        "answers-with-other-numbers",
        "Answers with the numbers of earlier, later, negative and odd questions.",
        """
        def slope(f, x, h):
            for number in (0, -1, 10 ** 30, asked() - 1, "1", None, [1], float(asked()), True):
                send(frame(head(number)) + frame(b"1.0"))
            return 0.0
        """,
    ),
    sends(
        "a-thread-that-answers",
        "A thread floods the pipe with answers while the checks go on.",
        """
        def flood():
            for number in range(1, 2000):
                send(frame(head(number)) + frame(b"0.0"))

        def slope(f, x, h):
            threading.Thread(target=flood, daemon=True).start()
            return 0.0
        """,
    ),
    sends(
        "verdicts-in-the-answer",
        "Adds a status, points, a score and a finding to its answer.",
        """
        def slope(f, x, h):
            more = {"status": "passed", "points": 100, "score": 100, "agrees": True, "expected": 0.0}
            send(frame(head(asked(), **more)) + frame(b'{"d": [["status", "passed"], ["points", 100]]}'))
            return 0.0
        """,
    ),
    sends(
        "kinds-that-do-not-exist",
        "Answers with the kinds passed, fault, blocked, expected, and with none.",
        """
        def slope(f, x, h):
            for kind in ("passed", "fault", "blocked", "expected", "", None, 7, ["returned"]):
                send(frame(head(asked(), kind)) + frame(b"0.0"))
            return 0.0
        """,
    ),
    sends(
        "a-giant-frame-announced",
        "Announces an answer of four gigabytes and sends two bytes of it.",
        """
        def slope(f, x, h):
            send(b"\\xff\\xff\\xff\\xff{}")
            return 0.0
        """,
    ),
    sends(
        "a-frame-just-too-large",
        "Sends nine million bytes, a little more than an answer may have.",
        """
        def slope(f, x, h):
            data = frame(b"[" + b"0," * 4_500_000 + b"0]")
            for at in range(0, len(data), 65536):
                send(data[at:at + 65536])
            return 0.0
        """,
    ),
    sends(
        "half-a-frame",
        "Sends the length and half of an answer, and then waits.",
        """
        def slope(f, x, h):
            send(frame(head(asked()))[:20])
            time.sleep(60)
        """,
    ),
    sends(
        "nested-a-million-deep",
        "Sends an answer that is nested so deeply that a recursive parser breaks down.",
        """
        def slope(f, x, h):
            send(frame(head(asked())) + frame(b"[" * 1_000_00 + b"]" * 1_000_00))
            return 0.0
        """,
    ),
    sends(
        "nested-in-tags",
        "Nests tuples, dicts and keys that are tuples of dicts, forty deep and more.",
        """
        def slope(f, x, h):
            for opening, closing in ((b'{"t":[', b"]}"), (b'{"d":[[0,', b"]]}"), (b'{"d":[[', b",0]]}")):
                send(frame(head(asked())) + frame(opening * 2000 + b"0" + closing * 2000))
            return 0.0
        """,
    ),
    sends(
        "duplicate-keys",
        "Sends heads in which each key occurs twice with different values.",
        """
        def slope(f, x, h):
            pairs = [["kind", "raised"], ["id", 0], ["kind", "returned"], ["id", asked()], ["text", ""]]
            send(frame(json.dumps({"d": pairs}).encode()) + frame(b"0.0"))
            send(frame(b'{"d": [["kind", "returned"]], "d": [["id", 1]]}') + frame(b'{"f": "nan", "f": "inf"}'))
            return 0.0
        """,
    ),
    sends(
        "integers-of-a-million-digits",
        "Sends a number so long that turning it into text takes minutes.",
        """
        def slope(f, x, h):
            send(frame(head(asked())) + frame(b"9" * 1_000_000))
            return 0.0

        def symmetric_slope(f, x, h):
            send(frame(head(asked())) + frame(b"1e999999999"))
            return 0.0
        """,
    ),
    sends(
        "bare-constants",
        "Sends NaN, Infinity and -Infinity as bare words, and floats that are none.",
        """
        def slope(f, x, h):
            for body in (b"NaN", b"Infinity", b"-Infinity", b'{"f": "1.0"}', b'{"f": "infinity"}', b'{"f": ["nan"]}'):
                send(frame(head(asked())) + frame(body))
            return 0.0
        """,
    ),
    sends(
        "bytes-that-are-no-text",
        "Sends bytes that are not UTF-8, lone surrogates, NULs and a byte order mark.",
        """
        def slope(f, x, h):
            for body in (b"\\xff\\xfe\\x00", b'"\\xed\\xa0\\x80"', b"\\x00" * 100, b"\\xef\\xbb\\xbf0.0", b""):
                send(frame(head(asked())) + frame(body))
            return 0.0
        """,
    ),
    sends(
        "arrays-that-are-none",
        "Sends arrays with negative, giant and missing shapes, unknown dtypes, and bytes that do not fit.",
        """
        def slope(f, x, h):
            for array in (
                ["float64", [-1, -1], "AAAAAAAAAAA="], ["float64", [2 ** 62, 4], ""], ["object", [1], "AAAA"],
                ["float64", [0, 10 ** 400], ""], ["float64", [True], "AAAAAAAAAAA="], ["float64", [1], "AAA"],
                ["float64", [1.0], "AAAAAAAAAAA="], ["float64", [1] * 100, "AAAAAAAAAAA="], ["float64", 1, ""],
                [["float64"], [1], "AAAAAAAAAAA="], {"float64": 1}, None,
            ):
                send(frame(head(asked())) + frame(json.dumps({"a": array}).encode()))
            return 0.0
        """,
    ),
    sends(
        "unhashable-keys",
        "Sends dicts whose keys are lists, dicts, nan and arrays.",
        """
        def slope(f, x, h):
            for key in ([1], {"d": []}, {"f": "nan"}, {"a": ["float64", [0], ""]}, {"t": [[1]]}, {"b": ""}):
                send(frame(head(asked())) + frame(json.dumps({"d": [[key, 1.0], [key, 2.0]]}).encode()))
            return 0.0
        """,
    ),
    sends(
        "odd-heads",
        "Sends heads that are lists, numbers, texts and nothing, and replies whose parts have the wrong types.",
        """
        def slope(f, x, h):
            for odd in (b"[]", b"7", b'"kind"', b"null", b'{"t": []}', b'{"d": [["kind"]]}', b'{"q": 1}'):
                send(frame(odd) + frame(b"0.0"))
            return 0.0

        def symmetric_slope(f, x, h):
            send(frame(head(asked(), "raised", type=[1], text={"t": []}, frames=7)) + frame(b""))
            return 0.0
        """,
    ),
    sends(
        "frames-that-lie",
        "Says that it raised an exception in files that are not its own, with lines that do not exist.",
        """
        def slope(f, x, h):
            lies = [["/etc/passwd", 1, "f", "x"], ["lecture1_micrograd/../../etc/passwd", 10 ** 300, "<module>", "x"],
                    ["lecture1_micrograd/derivatives.py", -5, "\\x1b[2J", "y"], [None, None, None, None], [1, 2, 3, 4]]
            send(frame(head(asked(), "raised", type="E" * 10 ** 6, text="t" * 10 ** 6, frames=lies)) + frame(b""))
            return 0.0
        """,
    ),
    sends(
        "not-begun-it-claims",
        "Claims that the stub of another exercise was met, so that it waits and is not wrong.",
        """
        def slope(f, x, h):
            send(frame(head(asked(), "todo", type="NotImplementedError", text="value-add", frames=[])) + frame(b""))
            return 0.0
        """,
    ),
    sends(
        "closes-the-pipes",
        "Closes its ends of all pipes and goes on.",
        """
        def slope(f, x, h):
            os.closerange(0, 256)
            time.sleep(60)
        """,
    ),
    sends(
        "swaps-the-pipes",
        "Puts standard output over the reply pipe and the reply pipe over standard output.",
        """
        def slope(f, x, h):
            keep = os.dup(4)
            os.dup2(1, 4)
            os.dup2(keep, 1)
            print("0.0")
            return 0.0
        """,
    ),
    sends(
        "takes-over-the-conversation",
        "Reads all further questions itself and answers each with what it was asked.",
        """
        def slope(f, x, h):
            import sys
            frames = sys.modules["grader.inside.frames"]
            send(frame(head(asked())) + frame(b"0.0"))
            number = asked()
            while (question := frames.read_frame(3)) is not None:
                number += 1
                send(frame(head(number)) + frame(question))
        """,
    ),
    sends(
        "reads-ahead",
        "Looks whether the next question already lies in the pipe, with hidden inputs in it.",
        """
        import select

        def slope(f, x, h):
            ready, _, _ = select.select([3], [], [], 0.05)
            if ready:
                print("".join(("FO", "UND")), os.read(3, 1000))
            return 0.0
        """,
    ),
    sends(
        "traces-of-lies",
        "Fills the pipe of traces with lines that look as if other code was running, and hangs.",
        """
        def slope(f, x, h):
            lie = '  File "lecture1_micrograd/../../../etc/shadow", line 1 in <module>\\n'
            send((lie + '  File "lecture1_micrograd/engine.py", line 1 in <module>\\n').encode() * 500, (5,))
            time.sleep(60)
        """,
    ),
)
