"""Texts that attack whoever reads a report: terminals, browsers, spreadsheets, logs."""

import textwrap

NASTY = (
    "=cmd|'/C calc'!A0\t@SUM(1+1)\x1b]0;owned\x07\x1b[2J\x1b[31mPASSED 100/100\x1b[0m\r\x9b2J"
    "<script>alert(1)</script><img src=x onerror=alert(1)>&lt;]]>{{ 7*7 }}{% include '/etc/passwd' %}"
    "| `code` **bold** [red]rich[/red] [link=file:///etc/passwd]x[/link]\n\n# heading\n"
    "INFO graded: 100 of 100\n\u202egnirts desrever\u2066 \ud800 \x00 \ufeff\u2028\U000e0001"
)


NAME = "NASTY.replace(chr(0), '').encode('utf-8', 'replace').decode()"  # what may be the name of a type


def submission(body: str, before: str = "") -> str:
    slope = "def slope(f, x, h):\n" + textwrap.indent(textwrap.dedent(body), "    ")
    return f"import os, types\n\nNASTY = {NASTY!r}\n{before}\n\n{slope}\n"


TEXTS: dict[str, str] = {
    "text-of-an-exception": submission("raise ValueError(NASTY * 50)"),
    "name-of-an-exception": submission(f"raise type({NAME}, (Exception,), {{}})('x')"),
    "printed": submission("print(NASTY.encode('utf-8', 'replace').decode() * 20)\nreturn 0.0"),
    "printed-raw": submission(
        "os.write(1, NASTY.encode('utf-8', 'surrogatepass') * 20)\nos.write(2, bytes(range(256)))\nreturn 0.0"
    ),
    "returned": submission("return NASTY"),
    "keys-returned": submission("return {NASTY: 1.0, (NASTY,): 2.0}"),
    "name-of-a-type": submission(f"return type({NAME}, (), {{}})()"),
    "not-written-yet": submission("raise NotImplementedError(NASTY)"),
    "line-of-source": "def slope(f, x, h):\n    raise ValueError  # <script>alert(1)</script> \x1b[2J\u202e =1+1\n",
    "syntax": "def slope(f, x, h):\n    return <script>alert(1)</script> \x1b[2J\n",
    "function-of-odd-name": submission(
        "return odd(x)",
        f"odd = lambda x: 1 / 0\nodd = types.FunctionType(odd.__code__.replace(co_name={NAME}), globals())",
    ),
    "file-of-odd-name": submission("exec(compile('1/0', 'lecture1_micrograd/<script>\\x1b[2J.py', 'exec'))"),
}
