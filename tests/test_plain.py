"""Plain data: what goes in comes out, what is outside is refused by place, and no bytes break the decoder."""

import base64
import enum
import json
import math
from collections import OrderedDict

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.inside.plain import (
    MAX_ALIKE,
    MAX_BYTES,
    MAX_DEPTH,
    MAX_DIGITS,
    MAX_ITEMS,
    WIDTHS,
    Array,
    NotPlain,
    article,
    decode,
    encode,
)

BIGGEST = 10**MAX_DIGITS - 1


def shaped_bytes(dtype: str, shape: list[int]) -> st.SearchStrategy[Array]:
    size = math.prod(shape) * WIDTHS[dtype]
    return st.binary(min_size=size, max_size=size).map(lambda data: Array(dtype, tuple(shape), data))


arrays = st.tuples(st.sampled_from(sorted(WIDTHS)), st.lists(st.integers(0, 3), max_size=3)).flatmap(
    lambda drawn: shaped_bytes(*drawn)
)
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-BIGGEST, BIGGEST),
    st.floats(),
    st.text(st.characters(exclude_categories=())),  # lone surrogates too
    st.binary(max_size=20),
    arrays,
)
keys = st.recursive(scalars, lambda inner: st.lists(inner, max_size=3).map(tuple), max_leaves=5)
plain_data = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(keys, inner, max_size=4),
    ),
    max_leaves=15,
)
# JSON that looks like the decoder's own form, with anything in the places of the tags' contents
lookalikes = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.sampled_from([*WIDTHS, "nan", "-inf", "AAAA"])),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.sampled_from("fbtdax"), inner, max_size=2)),
    max_leaves=20,
)


def decodes_or_refuses(raw: bytes) -> None:
    """Whatever the bytes, the decoder returns plain data or raises NotPlain; all else comes out of here."""
    try:
        value = decode(raw)
    except NotPlain:
        return
    assert repr(value) == repr(decode(encode(value)))


def refusal(value: object) -> str:
    with pytest.raises(NotPlain) as caught:
        encode(value)
    return str(caught.value)


def nested(depth: int) -> list[object]:
    value: list[object] = []
    for _ in range(depth):
        value = [value]
    return value


@given(plain_data)
@settings(deadline=None, max_examples=150)
def test_plain_data_comes_back_as_it_was(value):
    """Decoding what was encoded gives the same values of the same types in the same order, nan and -0.0 included."""
    assert repr(value) == repr(decode(encode(value)))


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, -0.0, 5e-324, "\ud800", "a\udcff\0b"])
def test_odd_values_come_back_as_they_were(value):
    """Values that bare JSON or UTF-8 cannot hold survive."""
    assert repr(value) == repr(decode(encode(value)))


@pytest.mark.parametrize("key", [1, 1.5, None, True, b"\xff", (1, "b"), Array("uint8", (1,), b"\0"), math.inf])
def test_a_dict_may_have_any_plain_key(key):
    """Keys that are not text keep their type, which JSON objects would lose."""
    assert {key: [key]} == decode(encode({key: [key]}))


@pytest.mark.parametrize("dtype", sorted(set(WIDTHS) - {"bfloat16"}))
def test_a_numpy_array_becomes_an_array(dtype):
    """Every dtype of the vocabulary keeps its name, its shape and its numbers."""
    values = numpy.array([[0, 1, 1], [1, 0, 1]], dtype=dtype)
    expected = Array(dtype, (2, 3), values.tobytes())
    assert expected == decode(encode(values))


@pytest.mark.parametrize(
    "turned",
    [
        numpy.arange(6.0).reshape(2, 3).T,
        numpy.asfortranarray(numpy.arange(6.0).reshape(3, 2)),
        numpy.arange(12.0).reshape(3, 4)[:, ::-2],
        numpy.broadcast_to(numpy.float64(7.0), (2, 2)),
    ],
    ids=["transposed", "fortran", "strided", "broadcast"],
)
def test_an_array_is_sent_in_row_order(turned):
    """However an array lies in memory, its bytes are sent row by row."""
    assert numpy.array(turned.tolist()).tobytes() == decode(encode(turned)).data


@pytest.mark.parametrize("shape", [(), (0,), (3, 0)])
def test_an_array_may_be_empty_or_without_dimensions(shape):
    """A single number and an array of nothing keep their shape."""
    assert shape == decode(encode(numpy.zeros(shape))).shape


def test_an_array_of_the_other_byte_order_is_sent_in_ours():
    """A big-endian array means its numbers, not its bytes."""
    assert Array("float64", (1,), numpy.array([1.5]).tobytes()) == decode(encode(numpy.array([1.5], dtype=">f8")))


@pytest.mark.parametrize(
    ("scalar", "expected"),
    [(numpy.float32(0.5), 0.5), (numpy.int64(-3), -3), (numpy.bool_(True), True), (numpy.str_("x"), "x")],
)
def test_a_numpy_number_becomes_a_number(scalar, expected):
    """A numpy scalar is sent as the Python value it stands for."""
    assert repr(expected) == repr(decode(encode(scalar)))


def test_a_torch_tensor_becomes_an_array():
    """Tensors of any layout, with or without gradient, keep dtype, shape and numbers, bfloat16 included."""
    torch = pytest.importorskip("torch")
    tensors = [
        torch.tensor([1.5, -2.0], dtype=torch.bfloat16),
        torch.tensor(2.0, requires_grad=True),
        torch.arange(6).reshape(2, 3).T,
        torch.tensor([True, False]),
        torch.empty(0, 3),
    ]
    expected = [
        Array("bfloat16", (2,), b"\xc0\x3f\x00\xc0"),
        Array("float32", (), numpy.float32(2.0).tobytes()),
        Array("int64", (3, 2), numpy.array([0, 3, 1, 4, 2, 5]).tobytes()),
        Array("bool", (2,), b"\1\0"),
        Array("float32", (0, 3), b""),
    ]
    assert expected == decode(encode(tensors))


def test_a_torch_tensor_without_plain_numbers_is_refused():
    """Sparse tensors and tensors without data are outside, and say so like everything else that is outside."""
    torch = pytest.importorskip("torch")
    assert refusal([torch.eye(2).to_sparse()]).startswith("result[0] ")
    assert refusal([torch.empty(2, device="meta")]).startswith("result[0] ")


class Colour(enum.IntEnum):
    RED = 1


class Liar(float):
    """Says that it equals everything."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = float.__hash__


@pytest.mark.parametrize(
    "value",
    [
        object(), {1}, 1j, range(3), iter([1]), len, int, math, bytearray(b"x"), memoryview(b"x"),
        Colour.RED, Liar(1.0), OrderedDict(a=1), numpy.complex128(1), numpy.datetime64("2020-01-01"),
    ],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_a_value_outside_the_vocabulary_is_refused(value):
    """Objects, and subclasses of plain types with behaviour of their own, never cross."""
    assert refusal(value).startswith("result is a")


def test_a_number_wider_than_a_float_is_refused():
    """numpy's long double has no plain counterpart, and is refused like any other stranger."""
    assert refusal(numpy.longdouble(1)).startswith("result is a")


@pytest.mark.parametrize(
    ("value", "where"),
    [
        ({"w": [1, 2, object()]}, "result['w'][2] is an object"),
        ([(0, [object()])], "result[0][1][0] is an object"),
        ({7: {None: object()}}, "result[7][None] is an object"),
        ({object(): 1}, "a key of result is an object"),
        ([{(1, object()): 1}], "a key of result[0][1] is an object"),
        ([numpy.array(["a"])], "result[0] has dtype str32"),
        ([numpy.array([None])], "result[0] has dtype object"),
        ([10**MAX_DIGITS * 10], "result[0] is an integer of more than 400 digits"),
    ],
)
def test_a_refusal_names_the_place(value, where):
    """The message says where in the result the stranger sat, and what it is."""
    assert refusal(value).replace('"', "'").startswith(where)


def test_a_list_that_holds_itself_is_refused():
    """A structure without end is too deep."""
    endless: list[object] = []
    endless.append(endless)
    assert refusal(endless).endswith(f"is nested more than {MAX_DEPTH} deep")


def test_the_deepest_data_allowed_comes_back():
    """Both sides draw the line of depth at the same place."""
    assert nested(MAX_DEPTH) == decode(encode(nested(MAX_DEPTH)))
    assert refusal(nested(MAX_DEPTH + 1)).endswith(f"is nested more than {MAX_DEPTH} deep")


@given(st.binary(max_size=200))
@settings(deadline=None)
def test_random_bytes_never_break_the_decoder(raw):
    """Noise is refused."""
    decodes_or_refuses(raw)


@given(plain_data, st.lists(st.tuples(st.integers(0, 2**16), st.integers(0, 255)), min_size=1, max_size=4))
@settings(deadline=None, max_examples=100)
def test_a_mutated_encoding_never_breaks_the_decoder(value, edits):
    """A message with a few bytes changed is other plain data, or is refused."""
    raw = bytearray(encode(value))
    for position, byte in edits:
        raw[position % len(raw)] = byte
    decodes_or_refuses(bytes(raw))


@given(lookalikes)
@settings(deadline=None, max_examples=150)
def test_json_that_resembles_an_encoding_never_breaks_the_decoder(document):
    """Tags with the wrong contents are refused."""
    decodes_or_refuses(json.dumps(document).encode())


def array(dtype: object, shape: object, data: object) -> bytes:
    return json.dumps({"a": [dtype, shape, data]}).encode()


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"nan",
        b"NaN",
        b"[Infinity]",
        b'{"t":[]} ,',
        b"{}",
        b'{"t":[],"b":""}',
        b'{"z":[]}',
        b'{"f":"1.0"}',
        b'{"f":["nan"]}',
        b'{"b":"!!!!"}',
        b'{"b":7}',
        b'{"t":{}}',
        b'{"d":[1]}',
        b'{"d":[[1,2,3]]}',
        b'{"d":[[[1],2]]}',
        b'{"d":[[{"d":[]},2]]}',
        b"\xff\xfe",
        b"[" * (MAX_DEPTH + 2) + b"]" * (MAX_DEPTH + 2),
        b"[" * 100_000,
        b'{"t":' * 100_000,
        b"9" * (MAX_DIGITS + 5),
        b"9" * 100_000,
        b"-" + b"9" * 100_000,
        b"[1, " + b"9" * (MAX_DIGITS + 5) + b"]",
        b'{"d":[["a", -' + b"9" * (MAX_DIGITS + 5) + b"]]}",
        b"[" * MAX_DEPTH + b"[1.0]" + b"]" * MAX_DEPTH,
        b" " * MAX_BYTES + b"1",
    ],
    ids=lambda raw: f"{raw[:20]!r}, {len(raw)} bytes",
)
def test_a_message_not_in_the_agreed_form_is_refused(raw):
    """Bare constants, unknown or shared tags, wrong contents, excessive depth, digits and length: all NotPlain."""
    with pytest.raises(NotPlain):
        decode(raw)


@pytest.mark.parametrize(
    "raw",
    [
        array("float128", [1], "AAAA"),
        array("object", [0], ""),
        array(["float32"], [0], ""),
        array("float32", 1, "AAAAAA=="),
        array("float32", [1], "AAAA"),
        array("uint8", [1], "AAAA"),
        array("float32", [1], None),
        array("float32", [1], "?"),
        array("float32", [-1], ""),
        array("uint8", [True], "AA=="),
        array("uint8", [1.0], "AA=="),
        array("uint8", [MAX_ITEMS + 1], ""),
        array("uint8", [2000, 2000], ""),
        array("uint8", [1] * 17, "AA=="),
        b'{"a":["uint8",[0]]}',
        b'{"a":"abc"}',
    ],
    ids=lambda raw: raw.decode()[:40],
)
def test_a_malformed_array_is_refused(raw):
    """Unknown dtypes, impossible shapes and bytes that do not fill the shape: all NotPlain."""
    with pytest.raises(NotPlain):
        decode(raw)


def test_an_array_of_nothing_with_endless_rows_is_refused():
    """A shape may not hide billions of empty rows behind a 0: whoever turns it into lists would never finish."""
    with pytest.raises(NotPlain):
        decode(array("float32", [MAX_ITEMS, MAX_ITEMS, 0], ""))


@pytest.mark.parametrize("pairs", [[["a", 1], ["a", 1]], [[1, 0], [True, 0]], [[0.0, 1], [-0.0, 2]]])
def test_a_key_that_comes_twice_is_refused(pairs):
    """Keys that Python takes for one and the same are not merged in silence."""
    with pytest.raises(NotPlain, match="a key that comes twice"):
        decode(json.dumps({"d": pairs}).encode())


def test_bytes_are_sent_as_base64():
    """The form on the wire is JSON that any other program could read."""
    assert {"b": base64.b64encode(b"\0\xff").decode()} == json.loads(encode(b"\0\xff"))


def test_many_keys_of_one_hash_are_refused():
    """What would take minutes to put into a dict is not put there."""
    modulus = 2**61 - 1
    alike = [[1 + n * modulus, 0] for n in range(MAX_ALIKE + 2)]
    with pytest.raises(NotPlain, match="one and the same hash"):
        decode(json.dumps({"d": alike}).encode())
    assert len(decode(json.dumps({"d": alike[:-1]}).encode())) == MAX_ALIKE + 1


@pytest.mark.parametrize(
    ("noun", "expected"),
    [("list", "a list"), ("int", "an int"), ("Edge", "an Edge"), ("ndarray", "an ndarray"), ("uint8", "a uint8")],
)
def test_a_noun_gets_its_article(noun, expected):
    """Messages read like sentences."""
    assert expected == article(noun)
