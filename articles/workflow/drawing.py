"""The workflow's drawing and its table of roles, in Markdown, from the transition table."""

from __future__ import annotations

from django.utils.translation import override

from articles.people.roles import ROLES
from articles.reports.models import EditState, PublicState
from articles.workflow.transitions import TRANSITIONS, Transition


def drawing() -> str:
    """The page docs/workflow.md, in English."""
    with override("en"):
        return f"""# The workflow

Made from `articles/workflow/transitions.py` by `manage.py draw_workflow`; a test fails when this page is stale.

A report stands on two axes. Its **edit state** is that of the newest revision; its **public state** is what readers get.

## Edit state

{_diagram("edit", EditState)}

## Public state

{_diagram("public", PublicState)}

## Every verb

| verb | button | from edit state | from public state | to |
|---|---|---|---|---|
{_table()}

## Who may

A role gives the verb; a state is asked for besides. Reporters: reports of their own or assigned to them. Translators: reports in their languages.
A superuser has no short cut. `clock` is the process that runs due times.

| verb | {" | ".join(ROLES)} | clock |
|---|{"---|" * (len(ROLES) + 1)}
{_roles()}
"""


def _diagram(axis: str, states: type[EditState] | type[PublicState]) -> str:
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {next(iter(states)).value}"]
    for row in TRANSITIONS.values():
        target = row.to_edit if axis == "edit" else row.to_public
        sources = row.from_edit if axis == "edit" else row.from_public
        if target:
            lines += [f"    {state.value} --> {target.value}: {row.verb}" for state in states if state in sources and state != target]
    lines.append("    approved --> draft: save (what readers would get changed)" if axis == "edit" else "    live --> live: publish_update")
    return "\n".join([*lines, "```"])


def _table() -> str:
    return "\n".join(
        f"| {row.verb} | {row.label} | {_states(row.from_edit, EditState)} | {_states(row.from_public, PublicState)} | {_target(row)} |"
        for row in TRANSITIONS.values()
    )


def _states(states: frozenset[EditState] | frozenset[PublicState], every: type[EditState] | type[PublicState]) -> str:
    return "any" if states == frozenset(every) else ", ".join(state.value for state in every if state in states)


def _target(row: Transition) -> str:
    return ", ".join(state.value for state in (row.to_edit, row.to_public) if state) or "–"


def _roles() -> str:
    return "\n".join(
        f"| {row.verb} | {' | '.join('yes' if role in row.roles else '–' for role in ROLES)} | {'yes' if row.by_clock else '–'} |"
        for row in TRANSITIONS.values()
    )
