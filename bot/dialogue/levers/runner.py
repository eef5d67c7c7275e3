"""Runs the prediction graph by calling its nodes in order.

Stock Rasa plans and runs every message through dask; at serving the graph never changes, so the order is found once.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.exceptions import GraphRunError
from rasa.engine.runner.dask import DaskGraphRunner


class StraightGraphRunner(DaskGraphRunner):
    """Same nodes, same results, no scheduler. For serving: eager nodes, a graph that stays as it is."""

    def run(self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        """Outputs of the targets by node name. Raises GraphRunError where a node needs what nobody provides."""
        wanted = tuple(targets or self._graph_schema.target_names)
        results: dict[str, Any] = {name: (name, value) for name, value in (inputs or {}).items()}
        for name in self._order(wanted, frozenset(results)):
            needs = self._graph_schema.nodes[name].needs.values()
            results[name] = self._instantiated_nodes[name](*(results[need] for need in needs))
        return {name: results[name][1] for name in wanted}

    def _order(self, targets: tuple[str, ...], given: frozenset[str]) -> tuple[str, ...]:
        key = (targets, given)
        if key not in self._orders:
            order: list[str] = []
            for target in targets:
                self._visit(target, given, order, ())
            self._orders[key] = tuple(order)
        return self._orders[key]

    def _visit(self, name: str, given: frozenset[str], order: list[str], path: tuple[str, ...]) -> None:
        if name in given or name in order:
            return
        if name not in self._graph_schema.nodes or name in path:
            raise GraphRunError(f"the graph can't provide '{name}', needed by {' → '.join(path)}")
        for need in self._graph_schema.nodes[name].needs.values():
            self._visit(need, given, order, (*path, name))
        order.append(name)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._orders: dict[tuple[tuple[str, ...], frozenset[str]], tuple[str, ...]] = {}
