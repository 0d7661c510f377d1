"""Statements for the driver: compiled once, run as they are.

For the few that run for every group of messages. SQLAlchemy looks a statement up and works
out its parameters anew at each run, which costs five times what SQLite needs to obey it
(measured: 100 µs a statement).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.sqltypes import NULLTYPE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlalchemy import Connection, CursorResult, Dialect
    from sqlalchemy.sql.compiler import SQLCompiler
    from sqlalchemy.sql.dml import UpdateBase
    from sqlalchemy.sql.selectable import Select

Values = dict[str, Any]


_EACH = "SELECT value FROM json_each"


class one_of(FunctionElement[Any]):  # noqa: N801 — a function of SQL
    """`one_of(column, bindparam("ids"))`: whether the column is in a list, given as one value."""

    # Not Boolean: SQLAlchemy would add "= 1" for SQLite, which then uses no index.
    type = NULLTYPE
    inherit_cache = True


@compiles(one_of, "sqlite")
def _one_of_json(element: one_of, compiler: SQLCompiler, **options: Any) -> str:
    column, values = element.clauses
    column_name, within = (compiler.process(part, **options) for part in (column, values))
    return f"{column_name} IN ({_EACH}({within}))"


@compiles(one_of, "postgresql")
def _one_of_array(element: one_of, compiler: SQLCompiler, **options: Any) -> str:
    column, values = element.clauses
    return f"{compiler.process(column, **options)} = ANY({compiler.process(values, **options)})"


class Prepared:
    """One statement of SQLAlchemy Core, in the driver's form for each database.

    What its rows hold comes as the driver gives it: select ids and numbers only.
    """

    def __init__(self, statement: Select[Any] | UpdateBase) -> None:
        self._statement = statement
        self._forms: dict[str, _Form] = {}

    def run(self, connection: Connection, **values: Any) -> CursorResult[Any]:
        form = self._form(connection.dialect)
        return connection.exec_driver_sql(form.text, form.bound(values))

    def run_each(self, connection: Connection, rows: Sequence[Values]) -> None:
        form = self._form(connection.dialect)
        connection.exec_driver_sql(form.text, [form.bound(row) for row in rows])

    def _form(self, dialect: Dialect) -> _Form:
        form = self._forms.get(dialect.name)
        if form is None:
            form = self._forms[dialect.name] = _Form.of(self._statement, dialect)
        return form


class _Form(NamedTuple):
    text: str
    places: Sequence[str] | None
    """The names in order, where the driver wants a tuple."""
    constants: Mapping[str, Any]
    converters: Mapping[str, Callable[[Any], Any]]

    @classmethod
    def of(cls, statement: Select[Any] | UpdateBase, dialect: Dialect) -> _Form:
        compiled: Any = statement.compile(dialect=dialect)
        constants = dict(compiled.params)
        converters = {
            name: converter
            for name, bind in compiled.binds.items()
            if (converter := bind.type.dialect_impl(dialect).bind_processor(dialect))
        }
        return cls(str(compiled), compiled.positiontup, constants, converters)

    def bound(self, values: Values) -> tuple[Any, ...] | Values:
        bound = {**self.constants, **values}
        for name, converter in self.converters.items():
            bound[name] = converter(bound[name])
        if self.places is None:
            return bound
        # SQLite's driver: no names, and no lists.
        return tuple(
            [
                json.dumps(value) if isinstance(value := bound[name], list) else value
                for name in self.places
            ]
        )
