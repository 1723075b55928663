"""Makes values safe for the page: what cannot be seen is written out, and nothing reads as markup."""

from __future__ import annotations

from typing import Any

from dataaudit.text.safe import escape

# In a <script> of JSON these could end it or start something; in JSON they may be written as escapes.
_MARKUP = "<>&\u2028\u2029"


def safe(value: Any) -> Any:
    """JSON values with all texts escaped: lists and objects inside too, keys of objects too."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, dict):
        return {visible(str(key)): safe(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [safe(entry) for entry in value]
    return value


def visible(text: str) -> str:
    """A text with controls, direction marks and lone surrogates written out; line ends and tabs stay."""
    if text.isascii() and text.isprintable():
        return text
    return "\n".join("\t".join(escape(cell) for cell in line.split("\t")) for line in text.split("\n"))


def in_script(json_text: str) -> str:
    """JSON text for the inside of a <script>."""
    for character in _MARKUP:
        json_text = json_text.replace(character, f"\\u{ord(character):04x}")
    return json_text
