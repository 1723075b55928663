"""What all tests share: where the repository and the samples lie, and how hypothesis runs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Workers share few cores, so the time of one example says nothing; the same examples in every run do.
settings.register_profile(
    "repeatable",
    deadline=None,
    derandomize=True,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("long", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the checkout (or of an unpacked source distribution)."""
    return Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def samples(repository: Path) -> Path:
    """The folder of the sample files that README and documentation use."""
    return repository / "fixtures" / "samples"


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real data that DATAAUDIT_CORPUS names; the test is skipped without it."""
    folder = os.environ.get("DATAAUDIT_CORPUS")
    if not folder:
        pytest.skip("DATAAUDIT_CORPUS names no folder of real data")
    return Path(folder)
