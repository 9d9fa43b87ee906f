"""Forged scores in the lectures with tensors: odd tensors, arrays that are none, claims, huge numbers."""

from attacks.attacks_kit import Attack

from grader.course import load, reference_sources

BIGRAM, BATCHNORM = "lecture2_bigram", "lecture4_batchnorm"

# every probe measures honestly, and then its numbers are spoilt before they are sent
SPOIL = """

def _spoil_everything():
    import dataclasses, struct, sys

    plain, registry = sys.modules["grader.inside.plain"], sys.modules["grader.inside.probe"].REGISTRY
    Array, encode, decode = plain.Array, plain.encode, plain.decode
    number = text = array = lambda value: value

    def bytes_of(value, one):
        count = 1
        for n in value.shape:
            count *= n
        return one * count

{spoil}

    def spoilt(value):
        kinds = {{int: number, float: number, bool: number, str: text, Array: array}}
        if type(value) in kinds:
            return kinds[type(value)](value)
        if type(value) in (list, tuple):
            return type(value)(spoilt(item) for item in value)
        return {{key: spoilt(item) for key, item in value.items()}} if type(value) is dict else value

    def wrapped(measure):
        spoilt_measure = lambda *modules, **inputs: spoilt(decode(encode(measure(*modules, **inputs))))
        spoilt_measure.is_spoilt = True
        return spoilt_measure

    for name, probe in list(registry.items()):
        if not hasattr(probe.measure, "is_spoilt"):
            registry[name] = dataclasses.replace(probe, measure=wrapped(probe.measure))


_spoil_everything()
"""


def spoils(name: str, tries: str, spoil: str, marks: int = 0) -> Attack:
    """The right layers of lecture 4, from which something else is measured."""
    files = reference_sources(load().lecture(BATCHNORM))
    spoil = "\n".join(f"    {line}" for line in spoil.strip().splitlines())
    files["layers.py"] += SPOIL.format(spoil=spoil)
    return Attack(name, tries, "", marks, lecture=BATCHNORM, beside=files, exercises=("linear",))


def splits(name: str, tries: str, code: str, marks: int | tuple[int, ...] = 0) -> Attack:
    """Exercises of lecture 2 without any solution."""
    files = reference_sources(load().lecture(BIGRAM)) | {"exercises.py": code}
    return Attack(name, tries, "", marks, lecture=BIGRAM, beside=files, exercises=("split-words", "one-hot"))


CLAIM = """
import dataclasses, sys

registry = sys.modules["grader.inside.probe"].REGISTRY
for name, probe in list(registry.items()):
    if name.endswith("shares_of_split"):
        registry[name] = dataclasses.replace(probe, measure=lambda exercises, **inputs: {claim})
"""
ONE_HOT = 4  # solved in neural.py, which these leave alone

FORGED_TENSORS: tuple[Attack, ...] = (
    spoils(
        "arrays-of-nan",
        "Sends nan in every place of every array and for every number.",
        """
number = lambda value: float("nan")
array = lambda value: Array("float32", value.shape, bytes_of(value, struct.pack("<f", float("nan"))))
""",
    ),
    spoils(
        "arrays-of-other-kinds",
        "Sends arrays of bytes in place of floats, arrays in place of numbers, numbers in place of arrays.",
        """
number = lambda value: Array("float64", (), struct.pack("<d", 1.0))
array = lambda value: 7
text = lambda value: b"x"
""",
    ),
    spoils(
        "arrays-that-are-empty",
        "Sends arrays without entries, which agree in every entry with anything.",
        """
number = lambda value: []
array = lambda value: Array("float64", (0,) * len(value.shape), b"")
""",
    ),
    spoils(
        "arrays-of-sixteen-dimensions",
        "Sends arrays that could be stretched over any other, and dicts with odd keys.",
        """
number = lambda value: {(1, 2): {None: b""}}
array = lambda value: Array("uint8", (1,) * 16, b"x")
""",
    ),
    spoils(
        "integers-beyond-every-float",
        "Sends integers of 400 digits where whole numbers are expected and a tolerance is in force.",
        """
number = lambda value: 10 ** 399
""",
        marks=2,  # of the checks that look at tensors alone, which are right
    ),
    splits(
        "claims-what-holds",
        "Claims the conclusions that the trusted side draws by itself.",
        CLAIM.format(claim='{"sizes": [8, 1, 1], "words in no part": 0, "words is left as it was": True}'),
        ONE_HOT,
    ),
    splits(
        "words-that-collide",
        "Sends a hundred thousand numbers with one and the same hash to whoever counts them.",
        CLAIM.format(
            claim='dict.fromkeys(("split", "again", "other", "given"), [[n * (2 ** 61 - 1) for n in range(60_000)]])'
        ),
        ONE_HOT,
    ),
    splits(
        "tensors-that-agree-to-everything",
        "Returns a subclass of tensor that answers every operation of torch with yes.",
        """
import torch

class Yes(torch.Tensor):
    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        return torch.ones((), dtype=torch.bool)
    def __len__(self): return 3
    def __iter__(self): return iter((self, self, self))
    def tolist(self): return [self]

torch.allclose = torch.equal = torch.isclose = lambda *a, **k: True

def split(words, rng): return torch.zeros(3).as_subclass(Yes)
split_words = split
""",
        ONE_HOT,
    ),
    splits(
        "patched-comparisons-of-torch",
        "Replaces torch's comparisons, its operators, its generator and its way to make tensors.",
        """
import torch

torch.allclose = torch.equal = torch.isclose = lambda *a, **k: True
torch.Tensor.__eq__ = torch.Tensor.__le__ = lambda self, other: True
torch.Tensor.item = torch.Tensor.tolist = lambda self: 0
torch.set_default_dtype(torch.float16)
torch.manual_seed = lambda *a: None
torch.nn.functional.one_hot = lambda *a, **k: torch.zeros(1)
""",
        (0, ONE_HOT),
    ),
)
