"""Makes dirty files: rows in several languages, with faults of all kinds that have a safe fix."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from hypothesis import strategies as st

TEXTS = [
    "How do I reset my password?", "Où est la mairie ?", "Wo finde ich die Rechnung für März?", "最高的山?",
    "كيف أغلق حسابي؟", "Chào bạn, giờ mở cửa?", "Şifremi unuttum", "Где моя посылка?", "¿Cuándo abre la tienda?",
    "Is 7 prime?", "naïve café, déjà vu", "mañana por la mañana", "日本語の質問です。", "a, \"b\" and c",
]  # fmt: skip
ENDS = ["\n", "\r\n"]


def _mojibake(text: str) -> str:
    return text.encode("utf-8").decode("latin-1")


texts = st.one_of(st.sampled_from(TEXTS), st.sampled_from(["naïve café, déjà vu", "mañana", "für März"]).map(_mojibake))


@st.composite
def json_line(draw: st.DrawFn) -> str:
    """One line of JSON, mostly a row, with one of the faults now and then."""
    fault = draw(st.sampled_from(["", "", "", "", "comma", "last comma", "tab", "repeat", "blank", "broken"]))
    if fault == "blank":
        return draw(st.sampled_from(["", "  ", "\t"]))
    ascii_only = draw(st.booleans())
    gap = draw(st.sampled_from([" ", "", "  "]))
    prompt, answer = draw(texts), draw(texts)
    parts = [f'"prompt":{gap}{json.dumps(prompt, ensure_ascii=ascii_only)}']
    written = json.dumps(answer, ensure_ascii=ascii_only)
    parts.append(f'"completion":{gap}{written[:-1]}\t"' if fault == "tab" else f'"completion":{gap}{written}')
    if fault == "repeat":
        parts.append(parts[0])
    line = "{" + f",{gap}".join(parts) + {"comma": ",", "broken": ": ,"}.get(fault, "") + "}"
    return line + ("," if fault == "last comma" else "")


@st.composite
def json_lines(draw: st.DrawFn) -> bytes:
    """A JSONL file."""
    lines = draw(st.lists(json_line(), min_size=1, max_size=14))
    ends = draw(st.sampled_from([["\n"], ["\r\n"], ENDS, ["\r"]]))
    text = "".join(line + draw(st.sampled_from(ends)) for line in lines)
    if draw(st.booleans()):
        text = text.rstrip("\r\n")
    mark = b"\xef\xbb\xbf" if draw(st.booleans()) else b""
    return mark + text.encode()


@st.composite
def csv_table(draw: st.DrawFn) -> bytes:
    """A CSV file with a header."""
    delimiter = draw(st.sampled_from([",", ";", "\t"]))
    quoting: Any = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    rows = draw(st.lists(st.tuples(texts, st.one_of(texts, st.just("two\nlines"))), min_size=2, max_size=12))
    ends = draw(st.sampled_from([["\n"], ["\r\n"], ENDS]))
    made = []
    for row in (("prompt", "completion"), *rows):
        out = io.StringIO()
        csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator="\n").writerow(row)
        made.append(out.getvalue()[:-1] + draw(st.sampled_from(ends)))
        if draw(st.integers(0, 9)) == 0:
            made.append(draw(st.sampled_from(ends)))
    text = "".join(made)
    if draw(st.booleans()):
        text = text.rstrip("\r\n")
    mark = b"\xef\xbb\xbf" if draw(st.booleans()) else b""
    return mark + text.encode()
