"""One .geojson: plain JSON of RFC 7946, read as that and as nothing else.

Text that is no JSON object (VRT, a list of addresses) is refused before any map library sees it.
Source: RFC 7946; reliability.md section 2.4.
"""

import json
import math
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from optimizer.errors import Text
from optimizer.load.encoding import NotText, decoded
from optimizer.load.files import Refused
from optimizer.load.layer import Layer, layer_table, need_extra
from optimizer.load.raw import Reading, unreadable
from optimizer.load.workbook_limits import MOST_COLUMNS, MOST_ROWS

EXPORT = Text("请在 QGIS 中重新导出为 GeoJSON。", "Export it again from QGIS as GeoJSON.")
DEEPEST = 6  # lists within lists: a multipolygon has four
CRS_NAMES = {
    "urn:ogc:def:crs:OGC:1.3:CRS84": "OGC:CRS84",
    "urn:ogc:def:crs:OGC::CRS84": "OGC:CRS84",
}


def read_geojson(table: str, file: str, content: bytes, reading: Reading) -> None:
    """Add the layer in *content* to *reading*; Refused where it is no GeoJSON."""
    reading.add(*layer_table(table, geojson_layer(file, content)))


def geojson_layer(file: str, content: bytes) -> Layer:
    """The features of *content*; Refused where it is no collection of features."""
    data = _json(file, content)
    features = data.get("features") if data.get("type") == "FeatureCollection" else None
    if not isinstance(features, list) or not all(_is_feature(f) for f in features):
        raise Refused(_no_geojson(file, "不是 FeatureCollection。", "is no FeatureCollection."))
    names = list(dict.fromkeys(name for f in features for name in f.get("properties") or {}))
    if len(features) > MOST_ROWS or len(names) > MOST_COLUMNS:
        raise Refused(_no_geojson(file, "要素或属性过多。", "has too many features or properties."))
    rows = [tuple((f.get("properties") or {}).get(name) for name in names) for f in features]
    shapes = list(_shapes(file, [f.get("geometry") for f in features]))
    return Layer(file, "", tuple(names), rows, shapes, _crs(data))


def _json(file: str, content: bytes) -> Mapping[str, Any]:
    try:
        text, _ = decoded(content, file)
        data = json.loads(
            text,
            parse_float=Decimal,
            parse_constant=_no_constant,
            object_pairs_hook=_without_doubles,
        )
    except NotText as error:
        raise Refused(error.issue) from None
    except (ValueError, RecursionError) as error:
        place = f"{error}"[:80]
        raise Refused(_no_geojson(file, f"不是 JSON:{place}。", f"is no JSON: {place}.")) from None
    if not isinstance(data, dict):
        raise Refused(_no_geojson(file, "不是 JSON 对象。", "is no JSON object."))
    return data


def _no_constant(word: str) -> Any:
    raise ValueError(word)


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _is_feature(value: Any) -> bool:
    if not isinstance(value, dict) or value.get("type") != "Feature":
        return False
    is_placed = isinstance(value.get("geometry"), dict | None)
    return is_placed and isinstance(value.get("properties"), dict | None)


def _no_geojson(file: str, zh: str, en: str, **more: Any) -> Any:
    return unreadable("geojson", file, zh, en, EXPORT, **more)


def _crs(data: Mapping[str, Any]) -> str:
    """The system of the member ``crs`` of older files; RFC 7946 has lon and lat."""
    crs = data.get("crs")
    if crs is None:
        return "OGC:CRS84"
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = str(properties.get("name")) if isinstance(properties, dict) else ""
    return CRS_NAMES.get(name, "EPSG:" + name.rpartition(":")[2] if "EPSG" in name else name)


def _shapes(file: str, geometries: list[Any]) -> Iterator[Any]:
    try:
        from shapely.errors import ShapelyError
        from shapely.geometry import shape
    except ImportError:
        raise need_extra(file) from None
    for row, geometry in enumerate(geometries, start=1):
        try:
            yield None if geometry is None else shape(_with_floats(geometry))
        except (ShapelyError, ValueError, TypeError, KeyError, IndexError, AttributeError):
            must = Text("几何无法读取。", "has a geometry that cannot be read.")
            raise Refused(_no_geojson(file, must.zh, must.en, row=row)) from None


def _with_floats(geometry: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": geometry["type"], "coordinates": _floats(geometry["coordinates"], DEEPEST)}


def _floats(value: Any, depth: int) -> Any:
    if depth == 0:
        raise ValueError
    if isinstance(value, list):
        return [_floats(part, depth - 1) for part in value]
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise TypeError
    number = float(value)
    if not math.isfinite(number):
        raise ValueError
    return number
