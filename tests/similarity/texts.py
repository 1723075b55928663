"""Made texts and the measure of the rule file, for tests of similarity."""

from __future__ import annotations

import random

from dataaudit.catalogue import load_catalogue
from dataaudit.similarity.measure import Measure

MEASURE = Measure.by(load_catalogue().rules["SIM001"].threshold)


def made_texts(count: int, random_: random.Random, words: tuple[int, int] = (5, 80)) -> list[bytes]:
    """Texts of random words, which share nothing but words."""
    known = ["".join(random_.choices("abcdefghijklmnopqrstuvwxyz", k=random_.randint(2, 9))) for _ in range(2000)]
    return [" ".join(random_.choices(known, k=random_.randint(*words))).encode() for _ in range(count)]
