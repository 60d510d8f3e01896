"""One .geojson (RFC 7946): buildings, communities and assignments in a single collection.

Every feature names its ``layer``; ``labels`` of the collection are the heads of its properties in
words. CGCS2000 and WGS 84, which the format asks for, differ by less than a metre.
"""

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from optimizer.export.layers import Feature, GeoLayer, layers
from optimizer.export.visible import visible
from optimizer.result import Result
from optimizer.written import write_text


def write_geojson(result: Result, path: Path, lang: str) -> None:
    """Write *result* to *path* as .geojson; a feature without coordinates has no geometry."""
    drawn = [layer for layer in layers(result, lang) if layer.shape]
    collection = {
        "type": "FeatureCollection",
        "name": visible(str(result.plan_json["scenario"]["name"])),
        "labels": {
            layer.name: {field.code: field.head for field in layer.fields} for layer in drawn
        },
        "features": [
            _feature(layer, feature, row)
            for layer in drawn
            for feature, row in zip(layer.features, layer.rows(), strict=True)
        ],
    }
    write_text(path, json.dumps(collection, ensure_ascii=False, indent=1))


def _feature(layer: GeoLayer, feature: Feature, row: Mapping[str, Any]) -> dict[str, Any]:
    points: Any = [list(point) for point in feature.points]
    at = points[0] if points and layer.shape == "Point" else points
    return {
        "type": "Feature",
        "geometry": {"type": layer.shape, "coordinates": at} if points else None,
        "properties": {"layer": layer.name, **{code: _plain(v) for code, v in row.items()}},
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return visible(value) if isinstance(value, str) else value
