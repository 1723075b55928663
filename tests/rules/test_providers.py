"""The provider files: they load, every value has a source, every demand is about a trait that exists."""

from __future__ import annotations

import datetime
import re
import tomllib
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from dataaudit.catalogue import (
    AcceptedShape,
    Catalogue,
    Demand,
    Limit,
    Price,
    Provider,
    Status,
    load_catalogue,
    trait_matches,
)

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "rules" / "providers"
FILES = sorted(FOLDER.glob("*.toml"), key=lambda file: file.name)
CATALOGUE: Catalogue = load_catalogue()
PROVIDERS = list(CATALOGUE.providers.values())
LATEST = datetime.date(2026, 11, 21)

GROUPS = {
    "anthropic", "autotrain", "axolotl", "azure-openai", "bedrock-cohere", "bedrock-haiku", "bedrock-llama",
    "bedrock-nova", "bedrock-titan", "cohere", "fireworks", "gemini", "llama-factory", "mistral", "nemo", "openai",
    "together", "trl", "unsloth",
}  # fmt: skip

# Between these bounds a limit is a plausible number; a slip of unit (kB for GB, share for percent) falls outside.
BOUNDS: dict[str, tuple[float, float]] = {
    "min_examples": (1, 1_000), "max_examples": (1_000, 1e8), "min_validation_examples": (1, 1_000),
    "max_validation_examples": (100, 1e6), "max_validation_share": (0.01, 0.9), "max_total_examples": (1_000, 1e8),
    "recommended_examples": (10, 10_000), "recommended_max_examples": (100, 1e5), "max_file_bytes": (1e8, 2e11),
    "max_validation_file_bytes": (1e5, 2e10), "max_example_tokens": (512, 2e6), "max_example_chars": (500, 1e7),
    "max_turns": (2, 10_000), "min_turns": (1, 2), "validation_required": (1, 1), "min_example_chars": (1, 100),
    "max_turn_tokens": (512, 2e6), "max_turn_chars": (1_000, 1e8), "max_media_examples": (1_000, 1e8),
    "max_image_bytes": (1e5, 1e9), "max_video_bytes": (1e6, 1e10), "max_trained_tokens": (1e6, 1e12),
    "min_labels": (2, 100), "min_examples_per_label": (1, 1_000), "min_file_bytes": (1, 1e6),
}  # fmt: skip


def raw(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def known_traits() -> set[str]:
    """The names in the first column of the table of traits; a part in capitals stands for anything."""
    text = (ROOT / "docs" / "traits.md").read_text(encoding="utf-8")
    cells = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    names = {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)}
    return {re.sub(r":[A-Z][A-Z>.]*$", ":*", name) for name in names}


TRAITS = known_traits()


@pytest.fixture(params=PROVIDERS, ids=lambda provider: provider.id)
def provider(request: pytest.FixtureRequest) -> Provider:
    found: Provider = request.param
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_file_is_named_after_its_id(file: Path) -> None:
    assert raw(file)["id"] == file.stem
    assert file.stem in CATALOGUE.providers


def test_the_groups_are_those_that_users_name() -> None:
    assert {provider.provider for provider in PROVIDERS} == GROUPS


@pytest.mark.parametrize("group", sorted(GROUPS))
def test_a_provider_has_one_default_method(group: str) -> None:
    defaults = [provider.id for provider in PROVIDERS if provider.provider == group and provider.default]
    assert len(defaults) == 1, defaults


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_sources_are_defined_and_used(file: Path) -> None:
    data = raw(file)
    entries = [
        data["status"],
        *(entry for key in ("shapes", "demands", "limits", "prices") for entry in data.get(key, ())),
    ]
    used = {name for entry in entries for name in entry["source"].split()}
    for conflict in data.get("conflicts", ()):
        used |= set(conflict["strict_source"].split()) | set(conflict["lax_source"].split())
    mentioned = set(re.findall(r"\[([A-Z]\d+)\]", file.read_text(encoding="utf-8")))
    defined = set(data["sources"])
    assert used <= defined
    assert defined <= used | mentioned


def test_dates_are_those_of_copies_that_exist(provider: Provider) -> None:
    for source in provider.sources.values():
        assert datetime.date(2023, 1, 1) <= source.date <= LATEST, source.title
    entries: list[Demand | Limit | AcceptedShape | Price | Status] = [provider.status, *provider.shapes]
    entries += [*provider.demands, *provider.limits, *provider.prices]
    for entry in entries:
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", provider.dated(entry))


def test_a_source_code_in_a_note_is_defined() -> None:
    for file in FILES:
        data = raw(file)
        for note in data.get("notes", ()):
            for name in re.findall(r"\[([A-Z]\d+)\]", note):
                assert name in data["sources"], f"{file.name}: {note}"


def _known(pattern: str) -> bool:
    return any(trait_matches(name, pattern.rstrip("*")) or trait_matches(name, pattern) for name in TRAITS)


def test_demands_are_about_traits_of_the_contract(provider: Provider) -> None:
    for demand in provider.demands:
        for name in (demand.pattern, *demand.besides, *([demand.where] if demand.where else [])):
            assert _known(name) or CATALOGUE.of_trait(name) is not None, f"{provider.id}: no trait {name}"


def test_a_broken_demand_belongs_to_a_rule(provider: Provider) -> None:
    for demand in provider.demands:
        if demand.rule is not None:
            assert demand.rule in CATALOGUE.rules, demand
        else:
            assert CATALOGUE.of_trait(demand.pattern) is not None, f"{provider.id}: {demand.pattern} has no rule"


def test_exceptions_are_within_the_pattern(provider: Provider) -> None:
    for demand in provider.demands:
        for name in demand.besides:
            assert trait_matches(demand.pattern, name), f"{provider.id}: {name} is no {demand.pattern}"
            assert not demand.matches(name)


def test_no_demand_is_made_twice(provider: Provider) -> None:
    keys = [(d.pattern, d.where, d.severity, d.every, d.forbid is None) for d in provider.demands]
    assert len(keys) == len(set(keys)), sorted({key for key in keys if keys.count(key) > 1}, key=str)


def test_limits_are_plausible(provider: Provider) -> None:
    for limit in provider.limits:
        low, high = BOUNDS[limit.name]
        assert low <= limit.value <= high, f"{provider.id}: {limit.name} = {limit.value}"
    smallest = [limit.value for limit in provider.limits if limit.name == "min_examples"]
    largest = [limit.value for limit in provider.limits if limit.name == "max_examples"]
    assert not smallest or not largest or max(smallest) < min(largest)


def test_every_kind_of_limit_has_bounds() -> None:
    assert set(get_type_hints(Limit)["name"].__args__) == set(BOUNDS)


def test_prices_are_plausible(provider: Provider) -> None:
    for price in provider.prices:
        assert 0 < price.value < 1_000, price
        assert price.unit.startswith("USD per "), price


def test_a_provider_that_is_open_reads_some_shape(provider: Provider) -> None:
    assert bool(provider.shapes) == (provider.status.state != "none")


def test_rows_of_other_shapes_are_refused_as_files_of_other_shapes_are(provider: Provider) -> None:
    if not provider.shapes:
        return
    read = {f"shape:{shape.name}" for shape in provider.shapes}
    demand = next(d for d in provider.demands if d.forbid == "shape:*")
    assert set(demand.besides) == read
    assert demand.severity == provider.other_shape


def test_extensions_are_endings(provider: Provider) -> None:
    assert all(re.fullmatch(r"\.[a-z]+", ending) for ending in provider.extensions)


def test_where_is_not_what_is_forbidden(provider: Provider) -> None:
    for demand in provider.demands:
        assert demand.where != demand.pattern


def test_a_list_of_traits_is_one_demand_each() -> None:
    made = {"id": "x", "provider": "x", "name": "X", "method": "sft", "summary": "x"}
    demand = {"forbid": ["blank-line", "byte-order-mark"], "severity": "hard", "source": "A"}
    sources = {"A": {"title": "a page", "date": LATEST}}
    status = {"state": "open", "source": "A"}
    demands = Provider.validated({**made, "status": status, "demands": [demand], "sources": sources}).demands
    assert [demand.forbid for demand in demands] == ["blank-line", "byte-order-mark"]
    assert [demand.severity for demand in demands] == ["hard", "hard"]


def test_the_page_of_conflicts_lists_those_of_the_files() -> None:
    page = (ROOT / "docs" / "providers-conflicts.md").read_text(encoding="utf-8")
    rows = {
        tuple(cell.strip() for cell in line.split("|")[1:6]) for line in page.splitlines() if line.startswith("| `")
    }
    held = {
        (
            f"`{provider.id}`",
            conflict.about,
            f"{conflict.strict} ({conflict.strict_source})",
            f"{conflict.lax} ({conflict.lax_source})",
            conflict.decides + (f": {conflict.because}" if conflict.because else ""),
        )
        for provider in PROVIDERS
        for conflict in provider.conflicts
    }
    assert rows == held


def test_reserved_sets_are_those_that_demands_name() -> None:
    sets = raw(ROOT / "rules" / "reserved.toml")["sets"]
    named = {d.pattern.partition(":")[2] for p in PROVIDERS for d in p.demands if d.pattern.startswith("reserved:")}
    assert named == set(sets)
    for entry in sets.values():
        assert entry["source"]
        assert isinstance(entry["date"], datetime.date)
        assert entry["words"]
        assert len(set(entry["words"])) == len(entry["words"])
