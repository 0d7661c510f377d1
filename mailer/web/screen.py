"""An address of the desk, with the view behind it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from mailer.model.team.permission import Act, require, require_names

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response

    from mailer.web.forms import Form
    from mailer.web.visit import Visit


class Screen(NamedTuple):
    """One address. `show` and `act` name functions of `mailer.web.views` as `module:function`.

    A form that is sent to the address calls `act`; without one the address only shows. When the
    form is refused, `show` is called again and shows the problems, so an address that acts has
    both. `needs` is the permission without which the act is not offered; the operation behind it
    asks for the same permission. What `names_everybody` shows people of every list, and nothing to
    somebody who is limited to some; what `names_people`, nothing to a reader who sees nobody.
    Where the act `hands_over_file`, a browser keeps the page that asked for it.
    """

    path: str
    show: str
    act: str = ""
    needs: Act | None = None
    names_everybody: bool = False
    names_people: bool = False
    hands_over_file: bool = False

    def view(self, visit: Visit) -> Response:
        """Answer a GET, if the person may see whom the page names."""
        self._require_sight(visit)
        return _function(self.show)(visit)

    @property
    def action(self) -> Callable[[Visit, Form], Response]:
        """The function that answers a POST."""
        action: Callable[[Visit, Form], Response] = _function(self.act)
        return action

    def do(self, visit: Visit, form: Form) -> Response:
        """Do what the form asks, if the person's roles allow it. The operation asks again."""
        if self.needs is not None:
            require(visit.actor, self.needs)
        self._require_sight(visit)
        return self.action(visit, form)

    def _require_sight(self, visit: Visit) -> None:
        if self.names_everybody:
            require(visit.actor, Act.SEE_EVERYBODY)
        if self.names_people:
            require_names(visit.actor)


def _function(name: str) -> Callable[..., Response]:
    module, _, function = name.partition(":")
    found: Callable[..., Response] = getattr(import_module(f"mailer.web.views.{module}"), function)
    return found
