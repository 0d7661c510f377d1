"""A person at a keyboard: reaches a control with the Tab key, fills it in or activates it.

An act is a field filled in or a control activated; the Tab keys between are none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import Error

if TYPE_CHECKING:
    from pathlib import Path

_MOST_TABS = 400
_KEY_IS_LOST_AT_MOST = 10
"""How often a key is pressed that a busy browser may not have heard."""


class Keyboard:
    """Somebody who uses one page with the keyboard alone, and counts what they do."""

    def __init__(self, page, *, pictures: Path | None = None):
        self.page, self.acts, self._pictures = page, 0, pictures

    def fill(self, label, text):
        """Type into the field with this label, in place of what is there."""
        self.fill_box(self.page.get_by_label(re.compile(f"^{label}")).locator("visible=true"), text)

    def fill_box(self, box, text):
        field = self._reach(box)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)
        assert field.input_value() == text, (box, field.input_value())
        self.acts += 1

    def fill_date(self, label, day):
        """Type a day into a field for days, whose order of the parts is the browser's."""
        field = self._reach(self.page.get_by_label(label).locator("visible=true"))
        for order in ("%m%d%Y", "%d%m%Y", "%Y%m%d"):
            self.page.keyboard.press("Control+A")
            self.page.keyboard.type(f"{day:{order}}")
            if field.input_value() == day.isoformat():
                break
            for _part in range(3):
                self.page.keyboard.press("ArrowLeft")
        assert field.input_value() == day.isoformat()
        self.acts += 1

    def fill_hour(self, label, hour):
        field = self._reach(self.page.get_by_label(label).locator("visible=true"))
        for typed in (f"{hour:%I%M%p}", f"{hour:%H%M}"):
            self.page.keyboard.type(typed)
            if field.input_value() == f"{hour:%H:%M}":
                break
            for _part in range(3):
                self.page.keyboard.press("ArrowLeft")
        assert field.input_value() == f"{hour:%H:%M}"
        self.acts += 1

    def choose_file(self, label, path):
        """Open the file chooser with the keyboard, and choose a file."""
        self._reach(self.page.get_by_label(re.compile(f"^{label}")).locator("visible=true"))
        for attempt in range(_KEY_IS_LOST_AT_MOST):
            try:
                with self.page.expect_file_chooser(timeout=10_000) as chooser:
                    self.page.keyboard.press("Enter" if attempt % 2 else "Space")
            except Error:
                continue
            chooser.value.set_files(path)
            break
        self.acts += 1

    def press(self, name, *, role="button", nth=0):
        """Activate a button or a link, and wait for the page it leads to."""
        found = self.page.get_by_role(role, name=re.compile(f"^{name}")).locator("visible=true")
        self._reach(found.nth(nth))
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.acts += 1

    def follow(self, name):
        self.press(name, role="link")

    def pick(self, radio):
        """Choose one of several: the group is reached with Tab, the choice with the arrows."""
        wanted = radio.element_handle()
        name = radio.get_attribute("name")
        group = self.page.locator(f"input[type=radio][name='{name}']")
        self._reach(self.page.locator(f"input[type=radio][name='{name}']:checked"))
        for _press in range(group.count()):
            if wanted.is_checked():
                break
            self.page.keyboard.press("ArrowDown")
        assert wanted.is_checked()
        self.acts += 1

    def choose(self, label, option):
        """Choose from a list by the first letters of an entry."""
        wanted = self._reach(self.page.get_by_label(re.compile(f"^{label}")))
        self.page.keyboard.type(option)
        assert wanted.evaluate("list => list.selectedOptions[0].text").startswith(option)
        self.acts += 1

    def tick(self, box):
        self._reach(box)
        self.page.keyboard.press("Space")
        assert box.is_checked()
        self.acts += 1

    def look(self, name):
        """Keep a picture of the page, if pictures are wanted."""
        if self._pictures is not None:
            self._pictures.mkdir(parents=True, exist_ok=True)
            self.page.wait_for_load_state("networkidle")
            self.page.screenshot(path=self._pictures / f"{name}.png", full_page=True)

    def _reach(self, locator):
        """Press Tab until the element has the focus."""
        wanted = locator.first.element_handle(timeout=30_000)
        for _tab in range(_MOST_TABS):
            if wanted.evaluate("element => element === document.activeElement"):
                return wanted
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach {locator}")
