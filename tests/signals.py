"""The mark of tests that send a signal to a process."""

import os

import pytest

needs_signals = pytest.mark.skipif(
    os.name != "posix",
    reason="Windows has no SIGKILL, and delivers Ctrl-C to a whole console, not to one process",
)
