"""The layers and the wall, as import contracts: kept, and each noticing a breach."""

from __future__ import annotations

from pathlib import Path

import grimp
import pytest
from importlinter.api import read_configuration
from importlinter.configuration import configure
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.layers import LayersContract
from importlinter.domain.contract import Contract

CONFIGURATION = read_configuration(str(Path(__file__).resolve().parent.parent / "pyproject.toml"))
CONTRACTS = CONFIGURATION["contracts_options"]
configure()


@pytest.fixture
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("articles", "newsroom", cache_dir=None)


def contract(number: int) -> Contract:
    options = {key: value for key, value in CONTRACTS[number].items() if key not in {"name", "type"}}
    kind = {"layers": LayersContract, "forbidden": ForbiddenContract}[CONTRACTS[number]["type"]]
    return kind(name=CONTRACTS[number]["name"], session_options=CONFIGURATION["session_options"], contract_options=options)


@pytest.mark.parametrize("number", range(len(CONTRACTS)), ids=[one["name"].split(",")[0] for one in CONTRACTS])
def test_the_import_contract_is_kept(graph: grimp.ImportGraph, number: int) -> None:
    assert contract(number).check(graph, verbose=False).kept


@pytest.mark.parametrize(
    ("number", "importer", "imported"),
    [
        (0, "articles.audit.models", "articles.reports.models"),
        (0, "articles.reports.models", "articles.editions.models"),
        (1, "articles.public", "articles.reports.models"),
        (1, "articles.search", "articles.safety.gate"),
        (1, "articles.inquiries", "articles.reports.models"),  # through another room: public reads inquiries
        (2, "articles.workflow.actions", "newsroom.sides"),
    ],
)
def test_an_import_contract_notices_a_breach(graph: grimp.ImportGraph, number: int, importer: str, imported: str) -> None:
    assert {importer, imported} <= graph.modules
    graph.add_import(importer="articles.public", imported="articles.inquiries")
    graph.add_import(importer=importer, imported=imported)

    assert not contract(number).check(graph, verbose=False).kept
