"""Self-contained .html pages out of blocks: text, tiles, tables, charts, maps; no outside request.

``write_page(Page(...), path)`` is the one way a page is made; :mod:`blocks` says what may stand on
it. Scripts and styles are named by digest in the content policy, data stand in a block that no
browser runs, text of others is escaped. Needs the extra ``report``.
"""

from optimizer.export.page.blocks import Chart, Heading, Layer, Map, Mark, Paragraphs, Table, Tiles
from optimizer.export.page.write import Page, write_page

__all__ = [
    "Chart",
    "Heading",
    "Layer",
    "Map",
    "Mark",
    "Page",
    "Paragraphs",
    "Table",
    "Tiles",
    "write_page",
]
