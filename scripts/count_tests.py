"""Sums the reports of several pytest runs into one line, and names what was skipped and why.

With CI=true a test that was skipped for want of a tool ("needs PostgreSQL") counts as failed: CI installs the tools.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

WANT_OF_A_TOOL = "needs "


def main(folder: Path) -> int:
    """Print the sum; 1 where anything failed or nothing ran."""
    count: Counter[str] = Counter()
    for report in sorted(folder.glob("*.xml")):
        for case in ElementTree.parse(report).iter("testcase"):
            count[_outcome(case)] += 1
    print(f"{count['passed']} passed, {count['failed']} failed, {count['skipped']} skipped")
    return 1 if count["failed"] or not count["passed"] else 0


def _outcome(case: ElementTree.Element) -> str:
    if case.find("failure") is not None or case.find("error") is not None:
        return "failed"
    skipped = case.find("skipped")
    if skipped is None:
        return "passed"
    reason = skipped.get("message", "")
    print(f"skipped: {case.get('classname')}::{case.get('name')}: {reason}")
    lacking = reason.startswith(WANT_OF_A_TOOL) and os.environ.get("CI") == "true"
    return "failed" if lacking else "skipped"


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
