"""Forged scores inside Python: objects, patches and exits that fool tests in the same process."""

from attacks.attacks_kit import Attack, whole

FORGED_OBJECTS: tuple[Attack, ...] = (
    whole(
        "equal-to-everything",
        "Returns an object that is equal to, near to and less than everything.",
        """
        class Same:
            def __eq__(self, other): return True
            def __ne__(self, other): return False
            def __lt__(self, other): return True
            __le__ = __gt__ = __ge__ = __lt__
            def __hash__(self): return 0
            def _self(self, *_): return self
            __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _self
            __pow__ = __neg__ = __abs__ = _self
            def __float__(self): return 0.0
            def __bool__(self): return True
            def __iter__(self): return iter([self, self, self])
            def __len__(self): return 3
            def __getitem__(self, i): return self

        def slope(f, x, h): return Same()
        symmetric_slope = gradf = numerical_gradient = slope
        """,
    ),
    whole(
        "equal-float",
        "Returns a float whose comparison always says yes.",
        """
        class Yes(float):
            def __eq__(self, other): return True
            def __ne__(self, other): return False
            def __sub__(self, other): return Yes(0.0)
            def __rsub__(self, other): return Yes(0.0)
            def __abs__(self): return Yes(0.0)
            def __lt__(self, other): return True
            def __le__(self, other): return True
            __hash__ = float.__hash__

        def slope(f, x, h): return Yes(1.0)
        def symmetric_slope(f, x, h): return Yes(1.0)
        def gradf(a, b, c): return [Yes(1.0)] * 3
        def numerical_gradient(f, args, h): return [Yes(1.0)] * len(args)
        """,
    ),
    whole(
        "equal-list",
        "Returns a list and a dict that are equal to every other and claim every length.",
        """
        class Always(list):
            def __eq__(self, other): return True
            def __ne__(self, other): return False
            def __len__(self): return 3
            __hash__ = None

        class Every(dict):
            def __eq__(self, other): return True
            def __contains__(self, key): return True
            def __missing__(self, key): return 0.0
            __hash__ = None

        def slope(f, x, h): return Every()
        def gradf(a, b, c): return Always()
        symmetric_slope = numerical_gradient = slope
        """,
    ),
    whole(
        "equal-text-and-int",
        "Returns subclasses of str, bytes, int, bool-like and tuple, each equal to everything.",
        """
        def same(kind):
            members = {"__eq__": lambda s, o: True, "__ne__": lambda s, o: False, "__hash__": lambda s: 0}
            return type("Same" + kind.__name__, (kind,), members)

        def slope(f, x, h): return same(int)(7)
        def symmetric_slope(f, x, h): return same(str)("1.0")
        def gradf(a, b, c): return same(tuple)((0.0, 0.0, 0.0))
        def numerical_gradient(f, args, h): return same(bytes)(b"x")
        """,
    ),
    whole(
        "patched-mathematics",
        "Replaces math.isclose, abs, all, round, sum and float with functions that agree to everything.",
        """
        import builtins, math

        math.isclose = lambda *a, **k: True
        math.fabs = math.sqrt = lambda x: 0.0
        builtins.all = builtins.any = lambda x: True
        builtins.abs = builtins.round = lambda *a: 0.0

        def slope(f, x, h): return 0.0
        symmetric_slope = slope
        def gradf(a, b, c): return [0.0] * 3
        def numerical_gradient(f, args, h): return [0.0] * len(args)
        """,
    ),
    whole(
        "patched-comparison",
        "Turns the tolerances of all probes into ones that allow everything.",
        """
        import sys

        probes = sys.modules["grader.inside.probe"]
        probes.Tolerance.allows = lambda self, yours, expected: True
        probes.Tolerance.distance = lambda self, yours, expected: 0.0
        for probe in probes.REGISTRY.values():
            object.__setattr__(probe, "tolerance", probes.Tolerance(1e300, "everything", 1e300))
            object.__setattr__(probe, "seconds", 1e9)
            object.__setattr__(probe, "conclude", lambda value, **inputs: None)

        def slope(f, x, h): return 0.0
        symmetric_slope = slope
        def gradf(a, b, c): return [0.0] * 3
        def numerical_gradient(f, args, h): return [0.0] * len(args)
        """,
    ),
    whole(
        "patched-encoder",
        "Replaces plain.encode, so that every answer is a claim of success.",
        """
        import sys

        plain = sys.modules["grader.inside.plain"]
        claim = b'{"d": [["kind", "returned"], ["id", 1], ["status", "passed"], ["points", 100], ["score", 100]]}'
        plain.encode = lambda value, where="result": claim

        def slope(f, x, h): return 0.0
        symmetric_slope = gradf = numerical_gradient = slope
        """,
    ),
    whole(
        "patched-registry",
        "Replaces every probe by a function that returns what it was asked.",
        """
        import sys

        registry = sys.modules["grader.inside.probe"].REGISTRY

        class Probe:
            seconds, modules = 9.0, ()
            def __call__(self, loaded, inputs): return dict(inputs)

        for name in list(registry):
            registry[name] = Probe()

        def slope(f, x, h): return 0.0
        symmetric_slope = gradf = numerical_gradient = slope
        """,
    ),
    whole(
        "patched-libraries",
        "Replaces json, struct, os.write, hashlib and base64 by versions of its own.",
        """
        import base64, hashlib, json, os, struct

        def slope(f, x, h):
            json.dumps = lambda *a, **k: '{"d": [["status", "passed"]]}'
            json.loads = lambda *a, **k: {"passed": True}
            struct.pack = lambda *a: b""
            base64.b64encode = lambda data: b"AAAA"
            return 0.0

        symmetric_slope = gradf = numerical_gradient = slope
        """,
    ),
    whole(
        "nan-everywhere",
        "Returns nan and the infinities, which fail no comparison that is written the wrong way round.",
        """
        nan, inf = float("nan"), float("inf")

        def slope(f, x, h): return nan
        def symmetric_slope(f, x, h): return inf
        def gradf(a, b, c): return [nan, inf, -inf]
        def numerical_gradient(f, args, h): return [nan] * len(args)
        """,
    ),
    whole(
        "numbers-of-other-kinds",
        "Returns truth values, texts, fractions, decimals, complex and giant numbers in place of floats.",
        """
        from decimal import Decimal
        from fractions import Fraction

        def slope(f, x, h): return True
        def symmetric_slope(f, x, h): return 10 ** 5000
        def gradf(a, b, c): return [Decimal(1), Fraction(1, 3), 1j]
        def numerical_gradient(f, args, h): return ["1.0"] * len(args)
        """,
    ),
    whole(
        "short-and-long",
        "Returns empty lists, where a comparison by zip has nothing to complain of, and lists that are too long.",
        """
        def slope(f, x, h): return []
        def symmetric_slope(f, x, h): return {}
        def gradf(a, b, c): return []
        def numerical_gradient(f, args, h): return [0.0] * 1000
        """,
    ),
    whole(
        "reads-the-callers-variables",
        "Looks for the expected value in the variables of everything that called it.",
        """
        import sys

        def slope(f, x, h):
            at = sys._getframe()
            while at:
                for name in ("expected", "want", "target", "reference", "answer", "solution"):
                    if name in at.f_locals:
                        return at.f_locals[name]
                at = at.f_back
            return 0.0

        symmetric_slope = gradf = numerical_gradient = slope
        """,
    ),
    whole(
        "borrows-a-right-function",
        "Looks through all objects for another function called slope, and lets that one answer.",
        """
        import gc, types

        def search():
            gc.unfreeze()
            known = gc.get_objects()
            for thing in (*known, *gc.get_referents(*known)):
                if isinstance(thing, types.FunctionType) and thing.__globals__ is not globals():
                    yield thing.__name__, thing

        found = gc.__dict__.setdefault("found", dict(search()))

        def borrowed(name):
            return found.get(name, lambda *a: 0.0)

        def slope(f, x, h): return borrowed("slope")(f, x, h)
        def symmetric_slope(f, x, h): return borrowed("symmetric_slope")(f, x, h)
        def gradf(a, b, c): return borrowed("gradf")(a, b, c)
        def numerical_gradient(f, args, h): return borrowed("numerical_gradient")(f, args, h)
        """,
    ),
    whole(
        "searches-memory-for-answers",
        "Looks through all objects for lists of cases, and returns their last item.",
        """
        import gc

        def slope(f, x, h):
            gc.unfreeze()
            for thing in gc.get_objects():
                if type(thing) in (list, tuple) and len(thing) >= 3 and thing[1:3] == type(thing)((x, h)):
                    return thing[-1]
            return 0.0

        symmetric_slope = slope
        def gradf(a, b, c): return [0.0] * 3
        def numerical_gradient(f, args, h): return [0.0] * len(args)
        """,
    ),
    whole(
        "prints-a-verdict",
        "Prints what a grader would print, and leaves quietly with status 0.",
        """
        import os, sys

        print('{"score": 100, "max_score": 100, "status": "passed"}')
        print("100 of 100")
        sys.stdout.flush()
        os._exit(0)
        """,
    ),
    whole(
        "leaves-at-the-first-call",
        "Leaves with status 0 as soon as the first check calls it, before any comparison.",
        """
        import os

        def slope(f, x, h):
            print("100 of 100", flush=True)
            os._exit(0)

        symmetric_slope = gradf = numerical_gradient = slope
        """,
    ),
    whole(
        "says-success-at-exit",
        "Registers functions that run at exit, and objects that speak when they are removed.",
        """
        import atexit, sys

        class Last:
            def __del__(self):
                print("100 of 100", flush=True)

        last = Last()
        atexit.register(print, "100 of 100")
        sys.exit(0)
        """,
    ),
    whole(
        "skips-by-exception",
        "Raises what test runners take for a skip: SkipTest, pytest's Skipped, SystemExit(0), KeyboardInterrupt.",
        """
        import unittest

        class Skipped(BaseException):
            pass

        def slope(f, x, h): raise unittest.SkipTest("not today")
        def symmetric_slope(f, x, h): raise Skipped("not today")
        def gradf(a, b, c): raise SystemExit(0)
        def numerical_gradient(f, args, h): raise KeyboardInterrupt
        """,
    ),
    whole(
        "patches-the-runner",
        "Puts modules called pytest, unittest, conftest and grader.judging into place that count everything as passed.",
        """
        import sys, types

        class Passed(types.ModuleType):
            def __getattr__(self, name): return lambda *a, **k: True

        for name in ("pytest", "_pytest", "unittest", "conftest", "grader.judging", "grader.judging.findings",
                     "grader.judging.comparison", "grader.judging.tried_test"):
            sys.modules[name] = Passed(name)

        def slope(f, x, h): return 0.0
        symmetric_slope = gradf = numerical_gradient = slope
        """,
    ),
    whole(
        "module-in-disguise",
        "Replaces itself in sys.modules by an object that has every attribute and returns whatever is expected.",
        """
        import sys

        class Everything:
            def __getattr__(self, name): return self
            def __call__(self, *a, **k): return self
            def __eq__(self, other): return True
            def __iter__(self): return iter(())
            __hash__ = object.__hash__

        for name in [n for n in sys.modules if n.endswith("derivatives")]:
            sys.modules[name] = Everything()
        """,
    ),
    whole(
        "one-name-two-modules",
        "Behaves differently at the second import, and remembers between checks what it was asked.",
        """
        import sys

        sys.count = getattr(sys, "count", 0) + 1
        sys.asked = getattr(sys, "asked", [])

        def slope(f, x, h):
            sys.asked.append((x, h))
            return (f(x + h) - f(x)) / h if sys.count % 2 else 0.0

        symmetric_slope = slope
        def gradf(a, b, c): return sys.asked
        def numerical_gradient(f, args, h): return [0.0] * len(args)
        """,
        marks=(0, 1),
    ),
    whole(
        "detects-the-grader",
        "Is right only where it finds that it is being graded by somebody else.",
        """
        import sys

        def slope(f, x, h):
            graded = any("grader" in name or "pytest" in name for name in sys.modules)
            return 0.0 if graded else (f(x + h) - f(x)) / h

        symmetric_slope = slope
        def gradf(a, b, c): return [0.0] * 3
        def numerical_gradient(f, args, h): return [0.0] * len(args)
        """,
    ),
    whole(
        "changes-its-inputs",
        "Changes the inputs that it is given into ones whose answer it knows.",
        """
        import sys

        def slope(f, x, h):
            at = sys._getframe()
            while at:
                inputs = at.f_locals.get("inputs")
                if isinstance(inputs, dict):
                    inputs.update({"f": "0*x", "x": 0.0, "h": 1.0})
                at = at.f_back
            return 0.0

        symmetric_slope = slope
        def gradf(a, b, c): return [0.0] * 3
        def numerical_gradient(f, args, h):
            args[:] = [0.0] * len(args)
            return [0.0] * len(args)
        """,
    ),
    whole(
        "answers-for-the-public-cases",
        "Knows the answers of the public checks by heart, and nothing else.",
        """
        KNOWN = {(3.0, 0.001): 14.00300000000243, (2.0, 0.01): 12.000100000000016}

        def slope(f, x, h): return KNOWN.get((x, h), 0.0)
        symmetric_slope = slope
        def gradf(a, b, c): return [-12.353553390593273, 10.25699027111255, 0.0625]
        def numerical_gradient(f, args, h): return [-3.0, 2.0, 1.0][:len(args)]
        """,
        marks=(0, 1, 2, 3, 4, 5),
    ),
    whole(
        "value-with-shifting-data",
        "An engine whose numbers are properties that answer differently each time they are looked at.",
        """
        def slope(f, x, h): return 0.0
        symmetric_slope = slope
        def gradf(a, b, c): return [0.0] * 3
        def numerical_gradient(f, args, h): return [0.0] * len(args)
        """,
        beside={
            "engine.py": """
import itertools

class Value:
    count = itertools.count()
    def __init__(self, data, *a, **k): pass
    @property
    def data(self): return float(next(Value.count))
    @property
    def grad(self): return -float(next(Value.count))
    def backward(self): pass
    def __getattr__(self, name): return lambda *a: Value(0)
    def __repr__(self): return "Value(data=" + str(self.data) + ")"
    def __add__(self, other): return Value(0)
    __mul__ = __radd__ = __rmul__ = __sub__ = __rsub__ = __pow__ = __truediv__ = __rtruediv__ = __neg__ = __add__
"""
        },
    ),
)
