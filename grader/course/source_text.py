"""When bytes are the text of a module: in the encoding that its first lines name, as Python itself reads it."""

import codecs
import io
import tokenize

HEAD = 2_000  # bytes: the first two lines are looked at
# what editors write; others, some of which are no letters at all, are not taken at their word
ENCODINGS = (
    "utf-8", "utf-8-sig", "ascii", "latin-1", "iso8859-2", "iso8859-5", "iso8859-9", "iso8859-15",
    "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "koi8-r", "koi8-u", "mac-roman",
    "gbk", "gb2312", "gb18030", "big5", "shift_jis", "cp932", "euc_jp", "euc_kr", "cp949",
)  # fmt: skip
KNOWN = {codecs.lookup(name).name for name in ENCODINGS}


def text_of(data: bytes) -> str:
    """Bytes as the text that is run and compared, with one kind of line end; what is no letter becomes a mark.

    What is UTF-8 is read as that, whatever it says of itself: a notebook's cells are, and one may hold a coding line.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode(_encoding(data), "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _encoding(data: bytes) -> str:
    """The encoding that a coding line names (PEP 263), if it is one that text is written in; else UTF-8."""
    try:
        named, _ = tokenize.detect_encoding(io.BytesIO(data[:HEAD]).readline)
        name = codecs.lookup(named).name
    except (SyntaxError, LookupError):
        return "utf-8-sig"
    return name if name in KNOWN else "utf-8-sig"
