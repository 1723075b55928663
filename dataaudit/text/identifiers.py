"""Tests: identity, card and account numbers by check digits, addresses by their range, keys by their entropy.

Each takes what a pattern of rules/pii.toml matched and says how many of its characters are meant: 0 where it is none.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import Any, Final

from dataaudit._resources import rule_data

Test = Callable[[str], int]

_SPAIN: Final = "TRWAGMYFPDXBNJZSQVHLCKE"
_FINLAND: Final = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_ITALY_ODD: Final = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)
_CHINA: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_POLAND: Final = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)
_INDIA_TABLE: Final = (
    "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
    "5987604321", "6598710432", "7659821043", "8765932104", "9876543210",
)  # fmt: skip
_INDIA_STEPS: Final = (
    "0123456789", "1576283094", "5803796142", "8916043527", "9453126870", "4286573901", "2793806415", "7046913258",
)  # fmt: skip


def luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of the others (ISO/IEC 7812-1 annex B)."""
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def entropy(word: str) -> float:
    """Shannon entropy in bits a character."""
    return -sum(n / len(word) * math.log2(n / len(word)) for n in Counter(word).values())


def _digits(word: str) -> str:
    return "".join(filter(_is_digit, word))


def _is_digit(character: str) -> bool:
    return "0" <= character <= "9"


def _card(word: str) -> int:
    digits = _digits(word)
    known = digits in _lists()["test_cards"] or len(set(digits[:-1])) <= 2
    return len(word) if luhn(digits) and not known else 0


def _iban(word: str) -> int:
    """The pattern can reach into the words behind the number: the country says where it ends."""
    wanted = _data()["iban"]["lengths"].get(word[:2], 0)
    kept = place = 0
    while place < len(word) and kept < wanted:
        kept += word[place].isalnum()
        place += 1
    number = "".join(filter(str.isalnum, word[:place]))
    if not wanted or kept < wanted or word[place : place + 1].isalnum():
        return 0
    return place if int("".join(str(int(c, 36)) for c in number[4:] + number[:4])) % 97 == 1 else 0


def _spain(word: str) -> int:
    plain = word.replace("-", "")
    number = plain[:-1].translate(str.maketrans("XYZ", "012"))
    return len(word) if _SPAIN[int(number) % 23] == plain[-1] else 0


def _france(word: str) -> int:
    plain = word.replace(" ", "")
    number = int(plain[:13].replace("2A", "19").replace("2B", "18"))
    return len(word) if 97 - number % 97 == int(plain[13:]) else 0


def _italy(word: str) -> int:
    values = [int(c) if _is_digit(c) else ord(c) - ord("A") for c in word]
    total = sum(value if place % 2 else _ITALY_ODD[value] for place, value in enumerate(values[:15]))
    return len(word) if total % 26 == values[15] else 0


def _brazil(word: str) -> int:
    digits = list(map(int, _digits(word)))
    for length in (9, 10):
        rest = sum(digit * (length + 1 - place) for place, digit in enumerate(digits[:length])) * 10 % 11 % 10
        if rest != digits[length]:
            return 0
    return len(word) if len(set(digits)) > 1 else 0


def _china(word: str) -> int:
    total = sum(int(digit) * weight for digit, weight in zip(word[:17], _CHINA, strict=True))
    return len(word) if "10X98765432"[total % 11] == word[17].upper() else 0


def _india(word: str) -> int:
    check = 0
    for place, digit in enumerate(reversed(_digits(word))):
        check = int(_INDIA_TABLE[check][int(_INDIA_STEPS[place % 8][int(digit)])])
    return 0 if check else len(word)


def _sweden(word: str) -> int:
    return len(word) if luhn(_digits(word)[-10:]) else 0


def _finland(word: str) -> int:
    return len(word) if _FINLAND[int(word[:6] + word[7:10]) % 31] == word[10] else 0


def _poland(word: str) -> int:
    total = sum(int(digit) * weight for digit, weight in zip(word, _POLAND, strict=True))
    return 0 if total % 10 or not 1 <= int(word[2:4]) % 20 <= 12 or not 1 <= int(word[4:6]) <= 31 else len(word)


def _public_address(word: str) -> int:
    """RFC 6890: neither private, nor for documentation, nor reserved; and not one that everybody knows."""
    from ipaddress import ip_address

    try:
        address = ip_address(word)
    except ValueError:
        return 0
    return (
        len(word) if address.is_global and not address.is_multicast and word not in _lists()["known_addresses"] else 0
    )


def _long_public_address(word: str) -> int:
    return _public_address(word) if len(_digits(word)) >= int(_data()["address"]["least_digits"]) else 0


def _phone(word: str) -> int:
    """Seven to fifteen digits (ITU-T E.164), not all one digit, and no plain row of numbers; the end is a digit."""
    end = len(word.rstrip("( -\xa0)./"))
    digits = _digits(word[:end])
    plain = len(set(digits)) <= 2 or (word[:2] == "+1" and len(digits) != 11)
    return 0 if plain or not 7 + (word[0] == "+") <= len(digits) <= 15 else end


def _random(word: str) -> int:
    return _if_random(word, "minimum_bits") if any(map(_is_digit, word)) or len(word) >= 40 else 0


def _secret(word: str) -> int:
    limits = _data()["random"]
    letters = max(map(len, re.findall("[a-z]+", word)), default=0)
    mixed = len(_digits(word)) >= limits["secret_digits"] and letters and word.lower() != word
    return _if_random(word, "secret_bits") if mixed and letters < limits["secret_letters"] else 0


def _password(word: str) -> int:
    """A letter and a digit: what has no digit is more often a word of the sentence. Signs that end one do not count.

    An exclamation or question mark at the end is masked too: many passwords end so.
    """
    plain = word.rstrip(".!?:*")
    mixed = any(map(_is_digit, plain)) and any(map(str.isalpha, plain))
    return len(word.rstrip(".:*")) if mixed and len(plain) >= 6 and _if_random(plain, "password_bits") else 0


def _json_web_token(word: str) -> int:
    import base64
    import binascii

    head = word.partition(".")[0]
    try:
        header = base64.urlsafe_b64decode(head + "=" * (-len(head) % 4))
    except (binascii.Error, ValueError):
        return 0
    return len(word) if header.startswith(b"{") and b'"alg"' in header else 0


def _if_random(word: str, bits: str) -> int:
    return len(word) if entropy(word) >= float(_data()["random"][bits]) else 0


@cache
def _data() -> dict[str, Any]:
    return rule_data("pii.toml")


@cache
def _lists() -> dict[str, frozenset[str]]:
    return {
        name: frozenset(values) for name, values in rule_data("pii.toml")["known"].items() if isinstance(values, list)
    }


TESTS: Final[dict[str, Test]] = {
    "brazil": _brazil, "card": _card, "china": _china, "finland": _finland, "france": _france, "iban": _iban,
    "india": _india, "italy": _italy, "json-web-token": _json_web_token, "long-public-address": _long_public_address,
    "password": _password, "phone": _phone, "poland": _poland, "public-address": _public_address, "random": _random,
    "secret": _secret, "spain": _spain, "sweden": _sweden,
}  # fmt: skip
