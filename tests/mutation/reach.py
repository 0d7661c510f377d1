"""Which tests reach which statements: a mutant need only meet the tests that execute it."""

import ast
import time
from collections.abc import Callable
from dataclasses import dataclass, field

_RECORDER = "__reached__"


@dataclass(slots=True)
class Reach:
    """What one run of the tests without a mutant has shown."""

    seconds: dict[str, float] = field(default_factory=dict)
    """How much processor time each test used, by its id."""
    lines: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    """The statements that each test executed: module and line."""
    at_import: list[tuple[str, int]] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    """The modules of ours that the tests load."""

    def tests_of(self, module: str, statement: int | None) -> list[str]:
        """Return the tests that execute a statement, the quickest first."""
        place = (module, statement)
        concerns_all = statement is None or place in self.at_import
        tests = [test for test in self.seconds if concerns_all or place in self.lines[test]]
        return sorted(tests, key=self.seconds.__getitem__)


class Recorder:
    """A plugin of pytest that writes down what each test executes."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.lines: dict[str, set[tuple[str, int]]] = {}
        self.at_import: set[tuple[str, int]] = set()
        self._now = self.at_import

    def recorder_of(self, module: str) -> Callable[[int], None]:
        return lambda line: self._now.add((module, line))

    def pytest_runtest_logstart(self, nodeid):
        self._now = self.lines[nodeid] = set()
        self.seconds[nodeid] = -time.process_time()

    def pytest_runtest_logfinish(self, nodeid):
        self.seconds[nodeid] += time.process_time()


def instrumented(source: str) -> ast.Module:
    """Return a module that calls `__reached__(line)` before each statement of its functions."""
    tree = ast.parse(source)
    for function in [each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)]:
        _instrument(function)
    return ast.fix_missing_locations(tree)


def _instrument(node: ast.AST) -> None:
    for name, value in ast.iter_fields(node):
        if not isinstance(value, list):
            continue
        for child in value:
            if isinstance(child, ast.ExceptHandler | ast.match_case) or (
                isinstance(child, ast.stmt) and not isinstance(child, ast.FunctionDef)
            ):
                _instrument(child)
        if value and isinstance(value[0], ast.stmt):
            calls = [
                each
                for child in value
                for each in (_call(child.lineno), child)
                if not isinstance(child, ast.Nonlocal | ast.Global) or each is child
            ]
            setattr(node, name, calls)


def _call(line: int) -> ast.stmt:
    return ast.Expr(ast.Call(ast.Name(_RECORDER, ast.Load()), [ast.Constant(line)], []))


def run_recorded(tree: ast.Module, namespace: dict[str, object], record: Callable) -> None:
    """Execute an instrumented module in `namespace`."""
    namespace[_RECORDER] = record
    exec(compile(tree, str(namespace["__file__"]), "exec"), namespace)
