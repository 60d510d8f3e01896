"""V19: every exported file is byte for byte what was exported; figures in another were not checked.

Source: contract section 4.
"""

from optimizer.checks.facts import Facts
from optimizer.checks.findings import Findings

RULE = "contract 4"


def check(facts: Facts, findings: Findings) -> None:
    """The digest of each export that is there equals the one noted in ``exports.json``."""
    for name, (noted, found) in facts.folder.exports.items():
        if noted != found:
            findings.broken(
                RULE,
                name,
                noted,
                found,
                zh="文件在导出后被改动,其中的数字未经核验;请重新导出。",
                en="changed after the export: its figures are not checked. Export again.",
            )
