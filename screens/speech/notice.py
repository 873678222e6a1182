"""What changes on a page by itself, beside its title, its alerts and the focus."""

from __future__ import annotations

from collections.abc import Sequence

from screens.speech import phrases
from screens.speech.phrases import Kind, Node


class Notice:
    """Compares each look at the tree with the one before. Knows what stands in fields, so it must not
    outlive the visit."""

    def __init__(self) -> None:
        self._waiting: tuple[str, ...] = ()
        self._fields: dict[int, Node] = {}

    def arrived(self, nodes: Sequence[Node], page: tuple[str, ...]) -> list[str]:
        """The words that stand there now, where somebody has waited on this page for them; [] otherwise,
        and while a sheet lies over the page."""
        if nodes and nodes[0].kind is Kind.DIALOG:
            return []
        waited = self._waiting == page
        self._waiting = page if phrases.is_at_work(nodes) else ()
        return phrases.text_of(nodes) if waited and not self._waiting else []

    def written(self, nodes: Sequence[Node], focus: Node | None) -> list[tuple[Node, Node]]:
        """Before and after, of each field that changed while something else had the focus: the keys on
        the screen, of which each has it in turn."""
        before = self._fields
        self._fields = {node.key: node for node in nodes if node.kind is Kind.FIELD}
        return [
            (before[key], node)
            for key, node in self._fields.items()
            if key in before
            and node.value != before[key].value
            and (focus is None or focus.key != key)
        ]
