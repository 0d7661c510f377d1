"""Small faults put into a module on purpose, one at a time."""

import ast
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import TypeVar

_COMPARISONS = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_ARITHMETIC = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult}
_NAMES = {"min": "max", "max": "min", "any": "all", "all": "any", "and_": "or_", "or_": "and_"}
_CONDITIONS = ("where", "and_", "or_", "order_by", "values")
"""Calls each of whose arguments is a condition, or a column, of its own: each is left out once."""

Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault: in `function` of `module` (or a name given at its top), `before` was replaced by `after`."""

    module: str
    function: str
    line: int
    before: str
    after: str
    statement: int | None
    """The line of the statement it is in; None for what is executed at import."""
    _tree: ast.Module
    _path: "Path"
    _replacement: ast.AST

    @property
    def name(self) -> str:
        return f"{self.function}: {self.before} → {self.after}"

    def tree(self) -> ast.Module:
        """Return the module with the fault in it."""
        return _replaced(self._tree, self._path, self._replacement)


def mutants(source: str, module: str) -> Iterator[Mutant]:
    """Every mutant of a module, in the order of its lines."""
    tree = ast.parse(source)
    for path, function in _places(tree, (), module.rpartition(".")[2]):
        node = _at(tree, path)
        for replacement in _replacements(node):
            before, after = _words(node, replacement)
            statement = _statement_line(tree, path)
            yield Mutant(
                module, function, node.lineno, before, after, statement, tree, path, replacement
            )


def _words(node: ast.AST, replacement: ast.AST) -> tuple[str, str]:
    """What was replaced and by what, in as few words as say it."""
    if isinstance(node, ast.If) and isinstance(replacement, ast.If):
        return ast.unparse(node.test), ast.unparse(replacement.test)
    if isinstance(node, ast.Call) and isinstance(replacement, ast.Call):
        kept = {*replacement.args, *replacement.keywords}
        (left_out,) = [each for each in (*node.args, *node.keywords) if each not in kept]
        return ast.unparse(left_out), "left out"
    if isinstance(node, ast.Set) and isinstance(replacement, ast.Set):
        (left_out,) = [each for each in node.elts if each not in replacement.elts]
        return ast.unparse(left_out), "left out"
    return ast.unparse(node), ast.unparse(replacement)


Path = tuple[tuple[str, int | None], ...]


def _places(node: ast.AST, path: Path, function: str) -> Iterator[tuple[Path, str]]:
    """The nodes that may be changed. Annotations, decorators and docstrings change nothing."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        function = node.name
    elif isinstance(node, ast.Assign) and len(path) == 1:
        function = ast.unparse(node.targets[0])  # a statement of SQL, mostly
    if path and isinstance(node, ast.expr | ast.stmt):
        yield path, function
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns", "decorator_list", "bases"} or _is_for_types(node):
            continue
        for index, child in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(child, ast.AST):
                place = (name, index if isinstance(value, list) else None)
                yield from _places(child, (*path, place), function)


def _is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def _at(tree: ast.AST, path: Path) -> ast.AST:
    for name, index in path:
        value = getattr(tree, name)
        tree = value if index is None else value[index]
    return tree


def _statement_line(tree: ast.AST, path: Path) -> int | None:
    """The line of the innermost statement in a function's body that holds this place."""
    line, is_in_body = None, False
    for end in range(len(path)):
        parent, child = _at(tree, path[:end]), _at(tree, path[: end + 1])
        is_in_body |= isinstance(parent, ast.FunctionDef) and path[end][0] == "body"
        if is_in_body and isinstance(child, ast.stmt):
            line = child.lineno
    return line


def _replaced(tree: ast.Module, path: Path, replacement: ast.AST) -> ast.Module:
    mutated = deepcopy(tree)
    parent, (name, index) = _at(mutated, path[:-1]), path[-1]
    if index is None:
        setattr(parent, name, replacement)
    else:
        getattr(parent, name)[index] = replacement
    return ast.fix_missing_locations(mutated)


def _replacements(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Compare(left, [operator], [right]) if type(operator) in _COMPARISONS:
            yield ast.Compare(left, [_COMPARISONS[type(operator)]()], [right])
        case ast.BoolOp(operator, values):
            yield ast.BoolOp(ast.Or() if isinstance(operator, ast.And) else ast.And(), values)
        case ast.UnaryOp(ast.Not(), operand):
            yield operand
        case ast.If(test, body, orelse) if not _is_for_types(node):
            yield ast.If(ast.UnaryOp(ast.Not(), test), body, orelse)
        case ast.Expr(ast.Call()) | ast.Raise():
            yield ast.Pass()
        case ast.Name(name) if name in _NAMES:
            yield ast.Name(_NAMES[name], ast.Load())
        case ast.Set() | ast.Call():
            yield from _shortened(node)
        case _:
            yield from _recalculated(node)


def _recalculated(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.BinOp(left, operator, right) if type(operator) in _ARITHMETIC:
            yield ast.BinOp(left, _ARITHMETIC[type(operator)](), right)
        case ast.AugAssign(target, operator, value) if type(operator) in _ARITHMETIC:
            yield ast.AugAssign(target, _ARITHMETIC[type(operator)](), value)
        case ast.Constant(bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(int() | float() as value):
            yield ast.Constant(value + 1)


def _shortened(node: ast.Set | ast.Call) -> Iterator[ast.AST]:
    """Without one element of the set, or one condition of the query."""
    if isinstance(node, ast.Set):
        for elements in _each_left_out(node.elts):
            yield ast.Set(elements)
    elif _name_of(node.func) in _CONDITIONS:
        for arguments in _each_left_out(node.args):
            yield ast.Call(node.func, arguments, node.keywords)
        for keywords in _each_left_out(node.keywords):
            yield ast.Call(node.func, node.args, keywords)


def _each_left_out(parts: list[Part]) -> Iterator[list[Part]]:
    if len(parts) > 1:
        yield from (parts[:index] + parts[index + 1 :] for index in range(len(parts)))


def _name_of(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
