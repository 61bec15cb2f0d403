"""Where the nodes of a directed graph stand when it is drawn in layers from left to right.

Source: Sugiyama, Tagawa, Toda (1981), Methods for visual understanding of hierarchical system
structures: circles are opened, layers found, crossings reduced by barycentres, places chosen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from itertools import pairwise
from typing import Generic, NamedTuple, TypeVar

from annotator.domain.figure import Point

Key = TypeVar("Key", bound=Hashable)
_SWEEPS, _SHIFTS = 16, 12
"""How often the layers are gone through to reduce crossings, and to straighten lines."""
_BEND = 10.0
"""The height that a line takes in a layer it only passes."""
_PORTS = 13.0
"""How far the ends of lines are apart at one side of a node, where there is room."""
_SIDE = 0.8
"""How much of the height of a node lines may begin and end at."""


class Size(NamedTuple):
    """Width and height of a node."""

    width: float
    height: float


class Layered(NamedTuple, Generic[Key]):
    """The top left corners of nodes, a line for each edge in the order given, and the size of all.

    sizes: those given, but higher where the lines that leave a node need it to keep their distance.
    crossings: how often lines cross between two layers.
    """

    corners: dict[Key, Point]
    sizes: dict[Key, Size]
    routes: tuple[tuple[Point, ...], ...]
    width: float
    height: float
    crossings: int


def layered(
    sizes: Mapping[Key, Size], edges: Sequence[tuple[Key, Key]], across: float = 90, down: float = 12
) -> Layered[Key]:
    """Lay out a graph; edges run from left to right where no circle forbids it.

    across, down: the least distance between layers and between nodes of a layer. What comes out
    depends on the order of nodes and edges alone. Nodes do not overlap, whatever the edges are.
    """
    return _Drawing(sizes, edges, across, down).drawn()


class _Drawing(Generic[Key]):
    """Slots are numbered: those of nodes first, then one for each layer that an edge passes."""

    def __init__(
        self, sizes: Mapping[Key, Size], edges: Sequence[tuple[Key, Key]], across: float, down: float
    ) -> None:
        self._keys = list(sizes)
        self._across, self._down = across, down
        self._sizes = list(sizes.values())
        number = {key: at for at, key in enumerate(self._keys)}
        self._edges = [(number[a], number[b]) for a, b in edges]
        self._forward = self._without_circles()
        for slot, lines in Counter(slot for slot, _ in self._forward).items():
            size = self._sizes[slot]
            self._sizes[slot] = size._replace(height=max(size.height, lines * _PORTS / _SIDE))
        self._layers: list[list[int]] = []
        self._chains: list[list[int]] = []
        self._before: dict[int, list[int]] = {}
        self._after: dict[int, list[int]] = {}

    def drawn(self) -> Layered[Key]:
        self._find_layers()
        self._reduce_crossings()
        middles = self._straighten()
        lefts, width = self._columns()
        return self._placed(middles, lefts, width)

    def _without_circles(self) -> list[tuple[int, int]]:
        """The edges as given, but turned round where they would close a circle."""
        out: dict[int, list[int]] = {}
        for a, b in self._edges:
            out.setdefault(a, []).append(b)
        place: dict[int, int] = {}
        is_open: set[int] = set()
        back: set[tuple[int, int]] = set()
        for root in range(len(self._sizes)):
            waiting = [(root, iter(out.get(root, ())))] if root not in place else []
            if waiting:
                place[root] = len(place)
                is_open.add(root)
            while waiting:
                here, following = waiting[-1]
                for there in following:
                    if there in is_open:
                        back.add((here, there))
                    elif there not in place:
                        place[there] = len(place)
                        is_open.add(there)
                        waiting.append((there, iter(out.get(there, ()))))
                        break
                else:
                    is_open.discard(here)
                    waiting.pop()
        return [(b, a) if (a, b) in back else (a, b) for a, b in self._edges]

    def _find_layers(self) -> None:
        """Every node as near to where its lines lead as they allow; long lines get a slot in each layer."""
        ranks = self._ranks()
        last = max(ranks, default=0)
        self._layers = [[] for _ in range(last + 1)]
        for slot, rank in enumerate(ranks):
            self._layers[last - rank].append(slot)
        for a, b in self._forward:
            chain = [a]
            for layer in range(last - ranks[a] + 1, last - ranks[b]):
                self._sizes.append(Size(0, _BEND))
                chain.append(len(self._sizes) - 1)
                self._layers[layer].append(chain[-1])
            chain += [b] if a != b else []
            self._chains.append(chain)
            for one, other in pairwise(chain):
                self._after.setdefault(one, []).append(other)
                self._before.setdefault(other, []).append(one)

    def _ranks(self) -> list[int]:
        """The length of the longest way from a node to an end."""
        ranks = [0] * len(self._sizes)
        after: dict[int, list[int]] = {}
        count = [0] * len(self._sizes)
        for a, b in self._forward:
            if a != b:
                after.setdefault(b, []).append(a)
                count[a] += 1
        waiting = [slot for slot, number in enumerate(count) if not number]
        while waiting:
            here = waiting.pop()
            for slot in after.get(here, ()):
                ranks[slot] = max(ranks[slot], ranks[here] + 1)
                count[slot] -= 1
                if not count[slot]:
                    waiting.append(slot)
        return ranks

    def _reduce_crossings(self) -> None:
        best, fewest = [list(layer) for layer in self._layers], self._crossings()
        for sweep in range(_SWEEPS):
            is_back = sweep % 2 == 0
            beside = self._after if is_back else self._before
            order = range(len(self._layers) - 2, -1, -1) if is_back else range(1, len(self._layers))
            for number in order:
                fixed = self._layers[number + (1 if is_back else -1)]
                places = {slot: at for at, slot in enumerate(fixed)}
                self._layers[number] = _by_barycentre(self._layers[number], places, beside)
            self._exchange()
            crossings = self._crossings()
            if crossings < fewest:
                best, fewest = [list(layer) for layer in self._layers], crossings
            if not fewest:
                break
        self._layers = best

    def _exchange(self) -> None:
        """Let two slots of a layer that stand next to one another change places where fewer lines cross.

        Source: Gansner and others (1993), A technique for drawing directed graphs, section 3.
        """
        for number, layer in enumerate(self._layers):
            sides = []
            for near, beside in ((number - 1, self._before), (number + 1, self._after)):
                if 0 <= near < len(self._layers):
                    places = {slot: at for at, slot in enumerate(self._layers[near])}
                    sides.append({slot: [places[one] for one in beside.get(slot, ())] for slot in layer})
            for at in range(len(layer) - 1):
                upper, lower = layer[at], layer[at + 1]
                gained = sum(_crossed(ends[upper], ends[lower]) for ends in sides)
                if gained > sum(_crossed(ends[lower], ends[upper]) for ends in sides):
                    layer[at], layer[at + 1] = lower, upper

    def _crossings(self) -> int:
        count = 0
        for left, right in pairwise(self._layers):
            places = {slot: at for at, slot in enumerate(right)}
            ends = [at for slot in left for at in sorted(places[one] for one in self._after.get(slot, ()))]
            count += sum(one > other for at, one in enumerate(ends) for other in ends[at + 1 :])
        return count

    def _straighten(self) -> list[float]:
        """The middle of every slot: as near to those it is joined to as order and size allow."""
        middles = [0.0] * len(self._sizes)
        for layer in self._layers:
            _settle(layer, dict.fromkeys(layer, 0.0), self._sizes, self._down, middles)
        for shift in range(_SHIFTS):
            is_back = shift % 2 == 0
            beside = self._after if is_back else self._before
            for layer in reversed(self._layers) if is_back else self._layers:
                wanted = {
                    slot: sum(middles[one] for one in joined) / len(joined) if joined else middles[slot]
                    for slot in layer
                    for joined in [beside.get(slot, ())]
                }
                _settle(layer, wanted, self._sizes, self._down, middles)
        return middles

    def _columns(self) -> tuple[list[float], float]:
        """The left edge of each layer, and the width of all."""
        lefts, right = [], 0.0
        for layer in self._layers:
            lefts.append(right)
            right += max((self._sizes[slot].width for slot in layer), default=0) + self._across
        return lefts, max(0.0, right - self._across)

    def _placed(self, middles: Sequence[float], lefts: Sequence[float], width: float) -> Layered[Key]:
        tops = [middle - size.height / 2 for middle, size in zip(middles, self._sizes, strict=True)]
        highest = min(tops, default=0.0)
        corners: dict[int, Point] = {}
        passed: dict[int, float] = {}
        for left, layer in zip(lefts, self._layers, strict=True):
            column = max((self._sizes[slot].width for slot in layer), default=0)
            for slot in layer:
                is_passed = slot >= len(self._keys)
                passed[slot] = column if is_passed else 0.0
                indent = 0.0 if is_passed else (column - self._sizes[slot].width) / 2
                corners[slot] = Point(left + indent, tops[slot] - highest)
        height = max((corners[slot].y + self._sizes[slot].height for slot in corners), default=0.0)
        routes = self._routes(corners, passed)
        named = {key: corners[slot] for slot, key in enumerate(self._keys)}
        sizes = {key: self._sizes[slot] for slot, key in enumerate(self._keys)}
        return Layered(named, sizes, routes, width, height, self._crossings())

    def _routes(
        self, corners: Mapping[int, Point], widths: Mapping[int, float]
    ) -> tuple[tuple[Point, ...], ...]:
        """Lines that pass a layer go straight across it, between its nodes; `widths` is how far that is."""
        leaving = self._ports(corners, [chain[:2] for chain in self._chains])
        coming = self._ports(corners, [chain[:-3:-1] for chain in self._chains])
        routes = []
        for number, chain in enumerate(self._chains):
            start, end = chain[0], chain[-1]
            line = [Point(corners[start].x + self._sizes[start].width, leaving[number])]
            for slot in chain[1:-1]:
                height = corners[slot].y + _BEND / 2
                line += [Point(corners[slot].x, height), Point(corners[slot].x + widths[slot], height)]
            line.append(Point(corners[end].x, coming[number]))
            is_turned = self._forward[number] != self._edges[number]
            routes.append(tuple(reversed(line)) if is_turned else tuple(line))
        return tuple(routes)

    def _ports(self, corners: Mapping[int, Point], ends: Sequence[Sequence[int]]) -> list[float]:
        """The height at which each line meets its node: lines of one side spread in the order they part."""

        def middle(slot: int) -> float:
            return corners[slot].y + self._sizes[slot].height / 2

        sides: dict[int, list[int]] = {}
        for number, end in enumerate(ends):
            sides.setdefault(end[0], []).append(number)
        heights = [0.0] * len(ends)
        for slot, lines in sides.items():
            step = min(_PORTS, _SIDE * self._sizes[slot].height / len(lines))
            lines.sort(key=lambda number: (middle(ends[number][-1]), number))
            for at, number in enumerate(lines):
                heights[number] = middle(slot) + (at - (len(lines) - 1) / 2) * step
        return heights


def _crossed(upper: Sequence[int], lower: Sequence[int]) -> int:
    """How often the lines of two slots of a layer cross, by the places where they end."""
    return sum(one > other for one in upper for other in lower)


def _by_barycentre(
    layer: Sequence[int], places: Mapping[int, int], beside: Mapping[int, Sequence[int]]
) -> list[int]:
    """A layer by the mean place of what its slots are joined to; a slot that is joined to nothing stays."""

    def centre(at: int, slot: int) -> float:
        joined = [places[one] for one in beside.get(slot, ()) if one in places]
        return sum(joined) / len(joined) if joined else float(at)

    return [slot for _, _, slot in sorted((centre(at, slot), at, slot) for at, slot in enumerate(layer))]


def _settle(
    layer: Sequence[int],
    wanted: Mapping[int, float],
    sizes: Sequence[Size],
    down: float,
    middles: list[float],
) -> None:
    """Put slots where they are wanted, or as near as their order and distances allow (least squares).

    Source: pool adjacent violators; Barlow and others (1972), Statistical Inference under Order Restrictions.
    """
    offsets, offset = [], 0.0
    for at, slot in enumerate(layer):
        if at:
            offset += (sizes[layer[at - 1]].height + sizes[slot].height) / 2 + down
        offsets.append(offset)
    pools: list[tuple[float, int]] = []
    for slot, offset in zip(layer, offsets, strict=True):
        mean, count = wanted[slot] - offset, 1
        while pools and pools[-1][0] > mean:
            before, number = pools.pop()
            mean = (mean * count + before * number) / (count + number)
            count += number
        pools.append((mean, count))
    flat = [mean for mean, count in pools for _ in range(count)]
    for slot, base, offset in zip(layer, flat, offsets, strict=True):
        middles[slot] = base + offset
