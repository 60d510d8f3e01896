"""Walking distances along a street layer: from each point to its nearest street, along, and off.

Lines meet where they share a vertex, and where one ends on another; lines that only cross do not
(bridges). Each source is searched within the limit only. Source: contract section 2 (network);
Dijkstra 1959, by scipy.sparse.csgraph.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from models.exact import half_up
from optimizer.coordinates import TO_CGCS2000
from optimizer.errors import InputError, Text
from optimizer.load.files import Refused, content_of
from optimizer.load.geojson import geojson_layer
from optimizer.load.geopackage import layers_of
from optimizer.load.layer import Layer, in_degrees
from optimizer.load.raw import unreadable
from optimizer.scenario import Network
from optimizer.walking import Floats, Point, Walk, gauss_krueger

NETWORK = "network"
SAME_M = 0.1  # vertices this near are one junction
ENDS_ON_M = 1.0  # a line that ends this near to another meets it
FAR_M = 300.0  # from any street: told
LARGEST_BLOCK = 20_000_000  # distances held at a time: 160 MB
SHORTEST_M = 1e-6  # no edge weighs nothing

Ints = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Feet:
    """Where points meet the streets: segment, metres along it, metres off it."""

    segment: Ints
    along_m: Floats
    off_m: Floats


class Streets:
    """A street layer in metres on the national grid of *meridian*."""

    def __init__(self, lines: list[Any], meridian: float) -> None:
        """*lines* in degrees; straight pieces between their vertices become segments."""
        import shapely

        self.meridian = meridian
        degrees, of_line = shapely.get_coordinates(lines, return_index=True)
        east, north = gauss_krueger(degrees[:, 0], degrees[:, 1], meridian)
        points = np.column_stack([east, north])
        is_next = of_line[1:] == of_line[:-1]
        moves = np.hypot(*(points[1:] - points[:-1]).T) > SHORTEST_M
        first = np.flatnonzero(is_next & moves)
        _, node = np.unique(np.round(points / SAME_M), axis=0, return_inverse=True)
        node = np.ravel(node)
        self.start, self.end = node[first], node[first + 1]
        self.count = int(node.max()) + 1
        self.pieces = shapely.linestrings(np.stack([points[first], points[first + 1]], axis=1))
        self.tree = shapely.STRtree(self.pieces)
        self.length = shapely.length(self.pieces)
        self.joints = self._joints(points, node, of_line)

    def _joints(self, points: Floats, node: Ints, of_line: Ints) -> tuple[Ints, Floats, Ints]:
        """Ends of lines that lie on another piece: (segment, metres along it, node)."""
        import shapely

        is_end = np.ones(len(of_line), bool)
        is_end[1:-1] = (of_line[1:-1] != of_line[:-2]) | (of_line[1:-1] != of_line[2:])
        ends = np.flatnonzero(is_end)
        dots = shapely.points(points[ends])
        which, segment = self.tree.query(dots, predicate="dwithin", distance=ENDS_ON_M)
        nodes = node[ends[which]]
        is_other = (self.start[segment] != nodes) & (self.end[segment] != nodes)
        which, segment, nodes = which[is_other], segment[is_other], nodes[is_other]
        return segment, shapely.line_locate_point(self.pieces[segment], dots[which]), nodes

    def feet(self, points: list[Point]) -> Feet:
        """The nearest place on a street of each point."""
        import shapely

        lon, lat = (np.array([getattr(p, axis) for p in points]) for axis in ("lon", "lat"))
        dots = shapely.points(np.column_stack(gauss_krueger(lon, lat, self.meridian)))
        (_, segment), off = self.tree.query_nearest(dots, return_distance=True, all_matches=False)
        return Feet(segment, shapely.line_locate_point(self.pieces[segment], dots), off)

    def walks(self, starts: list[Point], ends: list[Point], limit_m: Decimal) -> list[Walk]:
        """Every pair within *limit_m* along the streets, by start and end id."""
        if not starts or not ends:
            return []
        from scipy.sparse.csgraph import dijkstra

        here, there = self.feet(starts), self.feet(ends)
        graph, first = self._graph(here, there)
        left, right = first + np.arange(len(starts)), first + len(starts) + np.arange(len(ends))
        walks = []
        step = max(1, LARGEST_BLOCK // graph.shape[0])
        for at in range(0, len(ends), step):
            block = right[at : at + step]
            along = dijkstra(graph, indices=block, limit=float(limit_m) + 0.01)[:, left]
            total = along + there.off_m[at : at + step, None] + here.off_m
            for j, i in zip(*np.nonzero(total <= float(limit_m) + 0.01), strict=True):
                walk_m = half_up(Fraction(float(total[j, i])), 2)
                if walk_m <= limit_m:
                    walks.append(Walk(starts[i].id, ends[at + j].id, walk_m, NETWORK))
        return sorted(walks, key=lambda walk: (walk.start, walk.end))

    def _graph(self, *feet: Feet) -> tuple[Any, int]:
        """The streets cut at joints and feet, and the number of the first foot."""
        segments = np.arange(len(self.start))
        numbers = self.count + np.arange(sum(len(f.segment) for f in feet))
        segment = np.concatenate([segments, segments, self.joints[0], *(f.segment for f in feet)])
        along = np.concatenate(
            [np.zeros(len(segments)), self.length, self.joints[1], *(f.along_m for f in feet)]
        )
        node = np.concatenate([self.start, self.end, self.joints[2], numbers])
        order = np.lexsort((along, segment))
        segment, along, node = segment[order], along[order], node[order]
        same = segment[1:] == segment[:-1]
        metres = np.maximum(along[1:] - along[:-1], SHORTEST_M)[same]
        return _matrix(node[:-1][same], node[1:][same], metres, self.count + len(numbers)), (
            self.count
        )

    @cached_property
    def parts(self) -> Ints:
        """The connected part of each segment, 0 the one with most of the street metres."""
        from scipy.sparse.csgraph import connected_components

        nothing = Feet(np.empty(0, np.intp), np.empty(0), np.empty(0))
        _, part = connected_components(self._graph(nothing)[0], directed=False)
        of_segment = part[self.start]
        metres = np.bincount(of_segment, self.length)
        rank = np.empty(len(metres), np.intp)
        rank[np.argsort(-metres, kind="stable")] = np.arange(len(metres))
        return np.asarray(rank[of_segment])


def _matrix(one: Ints, other: Ints, metres: Floats, size: int) -> Any:
    """Both ways between two nodes, the shortest of several edges."""
    from scipy.sparse import coo_matrix

    low, high = np.minimum(one, other), np.maximum(one, other)
    order = np.lexsort((metres, high, low))
    low, high, metres = low[order], high[order], metres[order]
    is_new = np.ones(len(low), bool)
    is_new[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
    low, high, metres = low[is_new], high[is_new], metres[is_new]
    rows, columns = np.concatenate([low, high]), np.concatenate([high, low])
    return coo_matrix((np.concatenate([metres] * 2), (rows, columns)), (size, size)).tocsr()


def read_streets(network: Network, meridian: float) -> Streets:
    """The street layer of a scenario; InputError where it cannot be read or holds no lines."""
    try:
        layer = _layer(network)
        lines = list(_lines(layer, network.coords))
    except Refused as refused:
        raise InputError([refused.issue]) from None
    if not lines:
        raise InputError([_no_lines(network)])
    return Streets(lines, meridian)


def _layer(network: Network) -> Layer:
    if network.file.suffix.lower() in (".geojson", ".json"):
        return geojson_layer(network.file.name, content_of(network.file, network.file.parent))
    return layers_of(network.file, network.file.parent, network.layer or network.file.stem)[0]


def _lines(layer: Layer, coords: str) -> Any:
    from shapely import get_parts, transform

    def moved(points: Any) -> Any:
        return np.column_stack(TO_CGCS2000[coords](points[:, 0].copy(), points[:, 1].copy()))

    for shape in in_degrees(layer, layer.geometries or ()):
        if shape is not None and shape.geom_type in ("LineString", "MultiLineString"):
            yield from get_parts(transform(shape, moved))


def _no_lines(network: Network) -> Any:
    return unreadable(
        "network-empty",
        network.file,
        "没有道路线。",
        "holds no street lines.",
        Text("请检查 [reach] network 的文件和图层。", "Check file and layer of [reach] network."),
        sheet=network.layer,
    )
