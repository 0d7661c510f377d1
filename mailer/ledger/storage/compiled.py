"""SQL statements that are compiled once and take or return all their rows in one JSON value.

They are for the few statements that run for every group of messages, for two measured reasons.
At each execution SQLAlchemy looks up the statement and computes its parameters (100 µs, five
times what SQLite needs to execute it). And SQLite's driver releases the interpreter lock for
each row that it reads or writes: when eight threads compete for it, a hundred rows wait a
hundred times. So all rows go in one JSON value, in both directions.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import JSON, bindparam, column, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.sqltypes import NULLTYPE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlalchemy import ColumnElement, Connection, CursorResult, Dialect
    from sqlalchemy.sql.compiler import SQLCompiler
    from sqlalchemy.sql.dml import UpdateBase
    from sqlalchemy.sql.selectable import Select

Values = dict[str, Any]

_EACH = "SELECT value FROM json_each"


class in_json_list(FunctionElement[Any]):  # noqa: N801 — a function of SQL
    """`in_json_list(column, bindparam("ids"))`: whether the column is in a list, passed as one
    value.
    """

    # Not Boolean: SQLAlchemy would add "= 1" for SQLite, which then uses no index.
    type = NULLTYPE
    inherit_cache = True


class narrowed_to(FunctionElement[Any]):  # noqa: N801 — a function of SQL
    """`narrowed_to(column, bindparam("ids"))`: what a statement with `json_rows` says already, once
    more for PostgreSQL.

    It takes every JSON value for a hundred rows, and would read the whole of a table of some
    thousands for each group of messages (5 ms for 5,000 deliveries; 0.1 ms by their ids).
    """

    type = NULLTYPE
    inherit_cache = True


class _elements(FunctionElement[Any]):  # noqa: N801 — a function of SQL
    """The elements of a JSON array, as a table of one column `value`."""

    inherit_cache = True


class _json_array(FunctionElement[Any]):  # noqa: N801 — a function of SQL
    """All rows as one JSON array of arrays."""

    type = NULLTYPE
    inherit_cache = True


def json_rows(name: str) -> ColumnElement[Any]:
    """Return the rows of the parameter `name`, a list of lists.

    `json_rows("rows")[0].as_string()` is the first value of each row. An UPDATE that uses it is
    applied to each row.
    """
    table: Any = _elements(bindparam(name, type_=JSON)).table_valued(column("value", JSON))
    value: ColumnElement[Any] = table.c.value
    return value


class CompiledStatement:
    """A statement of SQLAlchemy Core, compiled once for each database.

    Results are returned as the driver gives them, so it may return only numbers and texts.
    """

    def __init__(self, statement: Select[Any] | UpdateBase) -> None:
        self._statement = statement
        self._forms: dict[str, _CompiledForm] = {}

    def run(self, connection: Connection, **values: Any) -> CursorResult[Any]:
        form = self._form(connection.dialect)
        return connection.exec_driver_sql(form.text, form.bound(values))

    def run_each(self, connection: Connection, rows: Sequence[Values]) -> None:
        form = self._form(connection.dialect)
        connection.exec_driver_sql(form.text, [form.bound(row) for row in rows])

    def _form(self, dialect: Dialect) -> _CompiledForm:
        form = self._forms.get(dialect.name)
        if form is None:
            form = self._forms[dialect.name] = _CompiledForm.of(self._statement, dialect)
        return form


class CompiledQuery(CompiledStatement):
    """A SELECT whose rows come in one value and in no order: only numbers, texts and JSON."""

    def __init__(self, statement: Select[Any]) -> None:
        super().__init__(select(_json_array(*statement.subquery().c)))

    def rows(self, connection: Connection, **values: Any) -> list[list[Any]]:
        found: Any = self.run(connection, **values).scalar()
        rows: list[list[Any]] = json.loads(found) if isinstance(found, str) else found or []
        return rows


class _CompiledForm(NamedTuple):
    text: str
    positions: Sequence[str] | None
    """The parameter names in order, if the driver takes a tuple; else None."""
    constants: Mapping[str, Any]
    converters: Mapping[str, Callable[[Any], Any]]

    @classmethod
    def of(cls, statement: Select[Any] | UpdateBase, dialect: Dialect) -> _CompiledForm:
        compiled: Any = statement.compile(dialect=dialect)
        constants, converters = dict(compiled.params), {}
        for bind, name in compiled.bind_names.items():
            convert = bind.type.dialect_impl(dialect).bind_processor(dialect)
            if convert and bind.required:
                converters[name] = convert
            elif convert:
                constants[name] = convert(constants[name])
        return cls(str(compiled), compiled.positiontup, constants, converters)

    def bound(self, values: Values) -> tuple[Any, ...] | Values:
        bound = {**self.constants, **values}
        for name, converter in self.converters.items():
            bound[name] = converter(bound[name])
        if self.positions is None:
            return bound
        # SQLite's driver takes parameters by position here, and no lists.
        return tuple(
            [
                json.dumps(value) if isinstance(value := bound[name], list) else value
                for name in self.positions
            ]
        )


@compiles(in_json_list, "sqlite")
def _in_list_sqlite(element: in_json_list, compiler: SQLCompiler, **options: Any) -> str:
    column_name, within = _parts(element, compiler, options)
    return f"{column_name} IN ({_EACH}({within}))"


@compiles(in_json_list, "postgresql")
def _in_list_postgresql(element: in_json_list, compiler: SQLCompiler, **options: Any) -> str:
    column_name, within = _parts(element, compiler, options)
    return f"{column_name} = ANY({within})"


@compiles(narrowed_to, "sqlite")
def _narrowed_sqlite(*_compiled: Any, **_options: Any) -> str:
    return "1"


@compiles(narrowed_to, "postgresql")
def _narrowed_postgresql(element: narrowed_to, compiler: SQLCompiler, **options: Any) -> str:
    column_name, within = _parts(element, compiler, options)
    return f"{column_name} = ANY({within})"


@compiles(_elements, "sqlite")
def _elements_sqlite(element: _elements, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_each({_parts(element, compiler, options)[0]})"


@compiles(_elements, "postgresql")
def _elements_postgresql(element: _elements, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_array_elements({_parts(element, compiler, options)[0]})"


@compiles(_json_array, "sqlite")
def _json_array_sqlite(element: _json_array, compiler: SQLCompiler, **options: Any) -> str:
    parts = [
        f"json({part})" if isinstance(clause.type, JSON) else part
        for clause, part in zip(element.clauses, _parts(element, compiler, options), strict=True)
    ]
    return f"json_group_array(json_array({', '.join(parts)}))"


@compiles(_json_array, "postgresql")
def _json_array_postgresql(element: _json_array, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_agg(json_build_array({', '.join(_parts(element, compiler, options))}))"


def _parts(
    element: FunctionElement[Any], compiler: SQLCompiler, options: Mapping[str, Any]
) -> list[str]:
    return [compiler.process(part, **options) for part in element.clauses]
