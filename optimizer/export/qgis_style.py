"""QGIS styles (QML of QGIS 3) for the layers of a plan: shapes and colours, heads, labels.

Only what a style needs is written; QGIS fills in its defaults for the rest.
"""

import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass

from optimizer.export.layers import GeoLayer
from optimizer.export.page.blocks import BLUE, GOLD, GREEN, GREY, ORANGE, SKY
from optimizer.export.plan_map import WORDS
from optimizer.export.visible import visible

VERSION = "3.28.0"
DOCTYPE = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
LINE_COLOUR, WHITE = "#3B4A58", "#FFFFFF"


@dataclass(frozen=True, slots=True)
class Rule:
    """Features that a filter picks, drawn in one way; ``word`` is its line of the legend."""

    word: str
    filter: str
    shape: str
    colour: str
    size_mm: str
    outline: str = WHITE


RULES: Mapping[str, tuple[Rule, ...]] = {
    "buildings": (
        Rule("hub", '"hub" = 1', "triangle", ORANGE, "4"),
        Rule("used", '"used" = 1 AND "hub" = 0', "square", GOLD, "3"),
        Rule("idle", '"used" = 0', "circle", "#6B7C8C", "1.2"),
    ),
    "communities": (
        Rule("pilot", '"pilot" = 1', "circle", BLUE, "4"),
        Rule("met", '"to_standard" = 1 AND "pilot" = 0', "circle", WHITE, "3.2", GREEN),
        Rule("plain", '"to_standard" = 0 AND "pilot" = 0', "circle", GREY, "2.6"),
    ),
    "assignments": (
        Rule("hosts", '"host" = 1', "line", LINE_COLOUR, "0.4"),
        Rule("serves", '"host" = 0', "line", SKY, "0.3"),
    ),
}
LABELLED = {"buildings": 'if("used" = 1, "building_name", \'\')', "communities": "community_name"}


def style_of(layer: GeoLayer, lang: str) -> str:
    """The style of *layer* as QML text."""
    root = ET.Element("qgis", version=VERSION, styleCategories="AllStyleCategories")
    root.set("labelsEnabled", str(int(layer.name in LABELLED)))
    renderer = ET.SubElement(root, "renderer-v2", type="RuleRenderer", symbollevels="0")
    renderer.set("enableorderby", "0")
    rules = ET.SubElement(renderer, "rules", key="{linli-all}")
    symbols = ET.SubElement(renderer, "symbols")
    for number, rule in enumerate(RULES[layer.name]):
        line = ET.SubElement(rules, "rule", key=f"{{linli-{number}}}", symbol=str(number))
        line.set("filter", rule.filter)
        line.set("label", WORDS[rule.word][lang == "en"])
        _symbol(symbols, str(number), rule)
    if layer.name in LABELLED:
        _labels(root, LABELLED[layer.name])
    _heads(root, layer)
    return DOCTYPE + ET.tostring(root, encoding="unicode")


def _symbol(symbols: ET.Element, name: str, rule: Rule) -> None:
    kind = "line" if rule.shape == "line" else "marker"
    symbol = ET.SubElement(symbols, "symbol", name=name, type=kind, alpha="1", force_rhr="0")
    symbol.set("clip_to_extent", "1")
    drawn = "SimpleLine" if kind == "line" else "SimpleMarker"
    layer = ET.SubElement(symbol, "layer", {"class": drawn, "pass": "0", "enabled": "1"})
    values = _line(rule) if kind == "line" else _marker(rule)
    options = ET.SubElement(layer, "Option", type="Map")
    for key, value in values.items():
        ET.SubElement(options, "Option", name=key, value=value, type="QString")
    for key, value in values.items():  # QGIS before 3.20 reads these
        ET.SubElement(layer, "prop", k=key, v=value)


def _line(rule: Rule) -> dict[str, str]:
    return {
        "line_color": _rgba(rule.colour),
        "line_style": "dash",
        "line_width": rule.size_mm,
        "line_width_unit": "MM",
    }


def _marker(rule: Rule) -> dict[str, str]:
    return {
        "name": rule.shape,
        "color": _rgba(rule.colour),
        "size": rule.size_mm,
        "size_unit": "MM",
        "outline_color": _rgba(rule.outline),
        "outline_style": "solid",
        "outline_width": "0.3" if rule.outline == WHITE else "0.8",
        "outline_width_unit": "MM",
    }


def _rgba(colour: str) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"{red},{green},{blue},255"


def _labels(root: ET.Element, expression: str) -> None:
    labeling = ET.SubElement(root, "labeling", type="simple")
    settings = ET.SubElement(labeling, "settings", calloutType="simple")
    style = ET.SubElement(settings, "text-style", fieldName=expression, fontSize="8")
    style.set("isExpression", str(int(" " in expression)))
    style.set("fontSizeUnit", "Point")
    style.set("textColor", "27,39,51,255")
    ET.SubElement(
        style,
        "text-buffer",
        bufferDraw="1",
        bufferSize="0.8",
        bufferSizeUnits="MM",
        bufferColor="255,255,255,255",
    )
    ET.SubElement(settings, "placement", placement="6", dist="1", distUnits="MM", priority="5")
    ET.SubElement(settings, "rendering", drawLabels="1", scaleVisibility="1", scaleMin="60000")


def _heads(root: ET.Element, layer: GeoLayer) -> None:
    aliases = ET.SubElement(root, "aliases")
    for number, field in enumerate(layer.fields, start=1):  # 0 is the feature's number
        alias = ET.SubElement(aliases, "alias", field=field.code, index=str(number))
        alias.set("name", visible(field.head))
