"""The report and the comparison in a browser, from the disk: all is drawn, nothing asked for."""

import re
import shutil
import subprocess

import pytest

from optimizer.compare import Entry, compare
from optimizer.export.comparison import write_comparison

BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
needs_browser = pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine")
OWN = (  # a browser's own affairs: pages of its own, its maker's updates, clock and accounts
    r"(chrome-extension|chrome|chrome-untrusted|data|about|devtools):"
    r"|https?://[\w.-]*\.(google|googleapis|gvt1|gstatic)\.com/"
)


def opened(page, folder):
    """What Chromium made of *page* and the addresses it asked for, its own affairs apart."""
    log = folder / "net.json"
    switches = (
        "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking"
    )
    done = subprocess.run(
        [
            *(BROWSER, *switches.split(), f"--user-data-dir={folder / 'profile'}"),
            *(f"--log-net-log={log}", "--enable-logging=stderr", "--virtual-time-budget=4000"),
            *("--dump-dom", page.as_uri()),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert "CONSOLE" not in done.stderr  # no error, no refusal by the policy
    asked = set(re.findall(r'"url":"([^"]+)"', log.read_text("utf-8", errors="replace")))
    return done.stdout, {url for url in asked if not re.match(OWN, url)}


def drawn_charts(page):
    return len(re.findall(r'<div class="chart".*?<svg ', page, re.DOTALL))


@pytest.mark.slow
@needs_browser
def test_the_report_draws_its_map_and_charts_and_asks_for_nothing(result, tmp_path):
    file = result.directory / "plan.html"
    page, asked = opened(file, tmp_path)
    assert "leaflet-zoom-animated" in page
    assert drawn_charts(page) >= 2
    assert asked <= {file.as_uri()}


@pytest.mark.slow
@needs_browser
def test_the_comparison_draws_its_charts_and_asks_for_nothing(result, tmp_path):
    runs = compare([Entry(name, result) for name in ("a", "b")])
    write_comparison(runs, tmp_path, "zh")
    file = tmp_path / "comparison.html"
    page, asked = opened(file, tmp_path)
    assert drawn_charts(page) >= 2
    assert asked <= {file.as_uri()}


@pytest.mark.slow
@needs_browser
def test_a_page_that_asks_for_something_is_found_out(tmp_path):
    file = tmp_path / "asks.html"
    file.write_text('<img src="http://127.0.0.1:9/picture.png">', encoding="utf-8")
    assert "http://127.0.0.1:9/picture.png" in opened(file, tmp_path)[1]
