"""What a door may do: parse, call an operation, show. Never the ledger by itself."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "mailer"
DOORS = sorted(
    file
    for door in ("cli", "press_room", "receiver", "web")
    for file in (PACKAGE / door).rglob("*.py")
)


def is_only_handed_over(ledger, parents):
    """Whether this `….ledger` is an argument `ledger=…`, or the name for one: `ledger = …`."""
    parent = parents[ledger]
    while isinstance(parent, ast.Tuple):
        parent = parents[parent]
    return (isinstance(parent, ast.keyword) and parent.arg == "ledger") or isinstance(
        parent, ast.Assign
    )


@pytest.mark.parametrize("file", DOORS, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_a_door_hands_the_ledger_to_an_operation_and_asks_it_nothing(file):
    tree = ast.parse(file.read_text(encoding="utf-8"))
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}

    handled = [
        ast.unparse(parents[node])
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr == "ledger"
        and not is_only_handed_over(node, parents)
    ]
    asked = [
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name | ast.Attribute)
        and (node.value.id if isinstance(node.value, ast.Name) else node.value.attr) == "ledger"
    ]

    # `settings.ledger` is the configuration of it, not the ledger.
    assert [each for each in handled + asked if "settings.ledger" not in each] == []
