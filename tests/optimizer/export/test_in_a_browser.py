"""The report in a real browser, from the disk: map and charts are drawn, nothing is asked for."""

import json
import re
import shutil
import subprocess

import pytest

BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
OWN = (  # a browser's own affairs: pages of its own, its maker's updates, clock and accounts
    r"(chrome-extension|chrome|chrome-untrusted|data|about|devtools):"
    r"|https?://[\w.-]*\.(google|googleapis|gvt1|gstatic)\.com/"
)


@pytest.mark.slow
@pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine")
def test_the_report_draws_its_map_and_charts_and_asks_for_nothing(result, tmp_path):
    page = result.directory / "plan.html"
    log = tmp_path / "net.json"
    switches = (
        "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking"
    )
    done = subprocess.run(
        [
            *(BROWSER, *switches.split(), f"--user-data-dir={tmp_path / 'profile'}"),
            *(f"--log-net-log={log}", "--enable-logging=stderr", "--virtual-time-budget=4000"),
            *("--dump-dom", page.as_uri()),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert "CONSOLE" not in done.stderr  # no error, no refusal by the policy
    assert "leaflet-zoom-animated" in done.stdout
    assert len(re.findall(r'<div class="chart".*?<svg ', done.stdout, re.DOTALL)) >= 2
    asked = set(re.findall(r'"url":"([^"]+)"', log.read_text("utf-8", errors="replace")))
    asked = {url for url in asked if not re.match(OWN, url)}
    assert asked <= {page.as_uri()}, json.dumps(sorted(asked))
