"""What we do with the problem: read, solve, verify, explain and export."""

__version__ = "0.1.0"
