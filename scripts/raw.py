"""An article's file as it comes: bytes become text, and text becomes front matter and body.

Nothing is guessed: bytes that no encoding explains, characters that hide or reorder text, and front matter that is
broken, never closed or too large are faults with their line.
"""

import json
import re
import tomllib
from pathlib import Path
from typing import Any, Callable, NamedTuple

from .files import DEPTH, Fault, parse_yaml

FILE_SIZE, LINE_SIZE, HEAD_SIZE = 5 * 10**6, 10**6, 64 * 10**3
ENCODINGS = "UTF-8, UTF-16, GB18030 or Big5"
MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
# Some of the commonest characters of Chinese prose, simplified and traditional: a quarter and more of what people write, hardly
# any of what bytes read in the wrong encoding give.
COMMON = frozenset("的一是不了在人有我他这這个個们們中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于於着著下自之年过過发發后後作里裡用道行所然家种種事成方多经經么麼去法学學如都同现現当當没沒动動面起看定天分还還进進好小部其些主样樣理心她本前开開但因只从從想实實日")
SHARE_OF_COMMON = 0.15
HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff\ue000-\uf8ff]")  # private use counts: only a wrong reading gives it
DROPPED = dict.fromkeys(map(ord, "\ufeff\u200b\u2060\u00ad\u200e\u200f\u061c"))  # invisible, and found in what is copied from the web
REFUSED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
LINE_END = re.compile("\r\n?|[\x0b\x0c\u2028\u2029]")
KEY = re.compile(r"[\"']?[^\W\d][\w .-]{0,60}[\"']?[ \t]*[:=]|\[")
KEY_LINE = re.compile(r"(?:^|[{,])[ \t]*[\"']?(?P<key>[\w-]+)[\"']?[ \t]*[:=]", re.M)
FILLING = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*+[ \t]*")  # blank lines and comments
UNOPENED = re.compile(r"[\"']?(?:title|date|layout|tags|categories|author)[\"']?[ \t]*:", re.I)
PLAIN = re.compile(r"(?:[A-Za-z][\w-]*:(?:[ \t][^\n]*)?(?:\n|\Z))++(?=[ \t]*(?:\n|\Z))")
HEXO_END = re.compile(r"^(?:-{3,}|(?P<json>;{3,}))[ \t]*(?:\n|\Z)", re.M)
JSON_START = re.compile(r"\{\s*[\"}]")
DOTTED = re.compile(rf"(?<![\w\"'-])(?:[\w\"'-]++[ \t]*\.[ \t]*){{{DEPTH}}}")
AT_LINE = re.compile(r"\bline (\d+)")
AT_PLACE = re.compile(r"(?:: line| \(at|;) [^\n]*")
Read = tuple[Any, dict[str, int], list[Fault]]
Parser = Callable[[str, int], Read]


class Raw(NamedTuple):
    """A file's text with its line ends made \\n; its front matter as plain data whose scalars are all text, None when
    there is none; the line of each key; the body and the line at which it begins; what is wrong with all that."""

    text: str = ""
    front: dict[str, Any] | None = None
    lines: dict[str, int] = {}
    body: str = ""
    body_line: int = 1
    faults: list[Fault] = []


class Front(NamedTuple):
    """Front matter as plain data, the line of each key, what is wrong with it, and where the body begins."""

    data: Any
    lines: dict[str, int]
    faults: list[Fault]
    end: int


def load(path: Path) -> bytes:
    """A file's bytes. Raises OSError when it cannot be read, ValueError, with what is and what must be, when it is no
    file or too large; the size is asked before anything is read."""
    if path.exists() and not path.is_file():
        raise ValueError("is no file, must be a text file")
    size = path.stat().st_size
    with path.open("rb") as file:
        data = file.read(FILE_SIZE + 1) if size <= FILE_SIZE else b""
    if max(size, len(data)) > FILE_SIZE:
        raise ValueError(_too_large("", max(size, len(data)), FILE_SIZE))
    return data


def read(data: bytes) -> Raw:
    """Text, front matter and body of a file's bytes."""
    decoded = decode(data)
    if isinstance(decoded, Fault):
        return Raw(faults=[decoded])
    text = _one_form(decoded)
    if faults := [*_refused(text), *_long_lines(text)]:
        return Raw(text, faults=faults)
    front = _front(text)
    if front is None:
        return Raw(text, body=text)
    return Raw(text, front.data, front.lines, text[front.end :], 1 + text.count("\n", 0, front.end), front.faults)


def decode(data: bytes) -> str | Fault:
    """The text of bytes in UTF-8, UTF-16, GB18030 or Big5; a fault when none of them explains the bytes."""
    for mark, encoding in MARKS:
        if data.startswith(mark) and not data.startswith(b"\xff\xfe\x00\x00"):
            return _strictly(data[len(mark) :], encoding)
    if data[:2].strip(b"\0") != data[:2] and len(data[:2].strip(b"\0")) == 1 and len(data) % 2 == 0:
        return _strictly(data, "utf-16-le" if data[1] == 0 else "utf-16-be")
    if b"\0" in data:
        return Fault(_line(data, data.index(b"\0")), "INGEST-4", "has a NUL byte, must be text")
    text = _strictly(data, "utf-8")
    return text if isinstance(text, str) else _chinese(data) or text


def visible(text: str) -> str:
    """A text that was escaped in a file, without characters that hide or reorder it."""
    return REFUSED.sub("", _one_form(text))


def _one_form(text: str) -> str:
    return LINE_END.sub("\n", text).translate(DROPPED)


def _strictly(data: bytes, encoding: str) -> str | Fault:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = 1 + data[: error.start].decode(encoding, "ignore").count("\n")
        told = "" if encoding != "utf-8" else ", and nothing tells another encoding"
        return Fault(line, "INGEST-4", f"has bytes that are no {encoding.upper()}{told}, must be {ENCODINGS}")


def _chinese(data: bytes) -> str | None:
    """GB18030 or Big5, whichever reads as Chinese prose; None when neither does, or both do about as well."""
    readings = []
    for encoding in ("gb18030", "big5hkscs"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        readings.append((_share_of_common(text), text))
    (best, text), *others = sorted(readings, reverse=True) or [(0.0, "")]
    return text if best >= SHARE_OF_COMMON and all(share < best / 2 for share, _ in others) else None


def _share_of_common(text: str) -> float:
    """The share, 0 to 1, of the commonest characters among a text's letters that are not ASCII."""
    letters = [char for char in text if char.isalpha() and char > "\x7f" or HAN.match(char)]
    return sum(char in COMMON for char in letters) / len(letters) if letters else 0.0


def _line(data: bytes, offset: int) -> int:
    return 1 + data.count(b"\n", 0, offset)


def _refused(text: str) -> list[Fault]:
    """Each character that hides or reorders text, where it first stands."""
    faults: dict[str, Fault] = {}
    line, start = 1, 0
    for match in REFUSED.finditer(text):
        line, start = line + text.count("\n", start, match.start()), match.start()
        if match.group() not in faults:
            faults[match.group()] = Fault(line, "INGEST-4", f"has the character U+{ord(match.group()):04X}, must be plain text")
    return list(faults.values())


def _long_lines(text: str) -> list[Fault]:
    if len(text) <= LINE_SIZE // 4:
        return []
    sizes = enumerate((len(line.encode()) for line in text.split("\n")), 1)
    return [Fault(number, "INGEST-4", _too_large("line ", size, LINE_SIZE)) for number, size in sizes if size > LINE_SIZE]


def _too_large(what: str, size: int, most: int) -> str:
    unit, name = (10**6, "MB") if most >= 10**6 else (10**3, "KB")
    return f"{what}is {size / unit:.1f} {name}, must be at most {most // unit} {name}"


def _front(text: str) -> Front | None:
    """The front matter, in whichever form it stands; None when the text has none."""
    start = text.rfind("\n", 0, len(text) - len(text.lstrip())) + 1
    line = 1 + text.count("\n", 0, start)
    if JSON_START.match(text, start):
        return _json(text, start, line)
    for first, last, parse in FENCED:
        if opening := first.match(text, start):
            return _fenced(text, opening, line, re.compile(last.format(opening["fence"]), re.M), parse)
    return _unopened(text, start, line)


def _fenced(text: str, opening: re.Match[str], line: int, last: re.Pattern[str], parse: Parser) -> Front | None:
    """Front matter between two fences. A `---` that no key follows is a horizontal rule."""
    closing = last.search(text, opening.end())
    if parse is _read_yaml and not KEY.match(text, FILLING.match(text, opening.end()).end()):
        return Front({}, {}, [], closing.end()) if closing and not text[opening.end() : closing.start()].strip() else None
    if closing is None:
        return Front(None, {}, [Fault(line, "INGEST-1", f"front matter is never closed, must end with a line {opening['fence']}")], len(text))
    return _bounded(text[opening.end() : closing.start()], line + 1, parse, closing.end())


def _unopened(text: str, start: int, line: int) -> Front | None:
    """The forms that no line opens: Hexo's, YAML before `---` or JSON members before `;;;`, and `key: value` lines
    before a blank one, as Pelican and MultiMarkdown have them."""
    if not UNOPENED.match(text, start):
        return None
    plain, last = PLAIN.match(text, start), HEXO_END.search(text, start)
    if plain and (last is None or last.start() > plain.end()):
        return _bounded(plain.group(), line, _read_plain, plain.end())
    if last is None:
        return None
    head = text[start : last.start()]
    return _bounded(f"{{{head}}}" if last["json"] else head, line, _read_json if last["json"] else _read_yaml, last.end())


def _json(text: str, start: int, line: int) -> Front:
    """A JSON object at the top; the body begins behind it."""
    try:
        _, end = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError):
        end = min(len(text), start + HEAD_SIZE)
    return _bounded(text[start:end], line, _read_json, end)


def _bounded(head: str, line: int, parse: Parser, end: int) -> Front:
    if (size := len(head.encode())) > HEAD_SIZE:
        return Front(None, {}, [Fault(line, "INGEST-1", _too_large("front matter ", size, HEAD_SIZE))], end)
    data, lines, faults = parse(head, line)
    if not faults and not isinstance(data, dict):
        faults = [Fault(line, "FILE-1", "front matter is no mapping, must be `key: value` lines")]
    return Front(data, lines, faults, end)


def _read_yaml(head: str, line: int) -> Read:
    parsed = parse_yaml(head, line)
    by_depth = sorted((path for path in parsed.lines if path), key=len, reverse=True)
    return parsed.data, {str(path[-1]): parsed.lines[path] for path in by_depth}, parsed.faults


def _read_plain(head: str, line: int) -> Read:
    """`key: value` lines whose values are text as they stand."""
    data: dict[str, Any] = {}
    lines: dict[str, int] = {}
    faults = []
    for number, row in enumerate(head.rstrip("\n").split("\n"), line):
        key, _, value = row.partition(":")
        if key in data:
            faults.append(Fault(number, "FILE-2", f"{key} stands twice, must stand once"))
        data[key], lines[key] = value.strip(), number
    return data, lines, faults


def _read_toml(head: str, line: int) -> Read:
    if chain := DOTTED.search(head):
        return None, {}, [Fault(line + head.count("\n", 0, chain.start()), "FILE-1", f"is nested deeper than {DEPTH} levels")]
    return _plainly(head, line, "TOML", lambda: tomllib.loads(head, parse_float=str))


def _read_json(head: str, line: int) -> Read:
    return _plainly(head, line, "JSON", lambda: json.loads(head, object_pairs_hook=_once, parse_int=str, parse_float=str, parse_constant=str))


def _plainly(head: str, line: int, syntax: str, parse: Callable[[], Any]) -> Read:
    """What a parser of the standard library gives, every scalar made text, or its fault with the line."""
    keys = [(match["key"], line + head.count("\n", 0, match.start("key"))) for match in KEY_LINE.finditer(head)]
    try:
        return _texts(parse(), 0), dict(reversed(keys)), []
    except RecursionError:
        fault = Fault(line, "FILE-1", f"is nested deeper than {DEPTH} levels")
    except _Twice as error:
        places = [place for key, place in keys if key == str(error)]
        fault = Fault(places[1] if len(places) > 1 else line, "FILE-2", f"{error} stands twice, must stand once")
    except ValueError as error:
        told = AT_LINE.search(str(error))
        reason = AT_PLACE.sub("", str(error)).partition("\n")[0].rstrip(".")
        fault = Fault(line + int(told[1]) - 1 if told else line, "FILE-1", f"{syntax} is broken ({reason[:1].lower()}{reason[1:]}), must be valid")
    return None, {}, [fault]


class _Twice(ValueError):
    """A key of a JSON object that stands twice; the message is the key."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, value in pairs:
        if key in result:
            raise _Twice(key)
        result[key] = value
    return result


def _texts(data: Any, depth: int) -> Any:
    """Data whose scalars are all text, as parse_yaml gives it. Raises RecursionError when it is nested too deep."""
    if depth > DEPTH:
        raise RecursionError
    if isinstance(data, dict):
        return {key: _texts(value, depth + 1) for key, value in data.items()}
    if isinstance(data, list):
        return [_texts(value, depth + 1) for value in data]
    if isinstance(data, bool) or data is None:
        return str(data or "").lower()
    return str(data)


FENCED = (
    (re.compile(r"(?P<fence>-{3,})[ \t]*(?:\n|$)"), r"^(?:{}|\.\.\.)[ \t]*(?:\n|\Z)", _read_yaml),
    (re.compile(r"(?P<fence>\+\+\+)[ \t]*(?:\n|$)"), r"^\+\+\+[ \t]*(?:\n|\Z)", _read_toml),
)
