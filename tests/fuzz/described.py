"""What schemathesis asks of the API by its own description: what that allows, and what it does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.fuzz.watched import Watched

DOCUMENT = "/api/v1/openapi.json"
MODES = (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)


def runs(application: Watched, *, examples: int, number: int) -> Iterator[tuple[str, Callable[[], None]]]:
    """(what, run) for each operation, with requests that fit its description and with such as do not; a run raises what does not hold."""
    schema = schemathesis.openapi.from_wsgi(DOCUMENT, application)
    for found in schema.get_all_operations():
        operation = found.ok()
        for mode in MODES if operation.query or operation.path_parameters else MODES[:1]:
            yield f"{operation.label}, {mode.value}", _run(operation, mode, examples=examples, number=number)


def _run(operation: Any, mode: schemathesis.GenerationMode, *, examples: int, number: int) -> Callable[[], None]:
    @seed(number)
    @settings(max_examples=examples, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def run(case: schemathesis.Case) -> None:
        case.call_and_validate(headers={"Accept-Encoding": "identity"})

    return run
