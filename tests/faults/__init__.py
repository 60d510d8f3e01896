"""Faults injected at every file-system call of a run, and the register of the fault programme.

``python -m tests.faults`` prints how many were injected and survived. Source: reliability.md
section 6.
"""
