"""Small random integer programs whose optimum is found by listing every point.

``python -m tests.gate --count 20000`` before a new version of highspy is taken: none may be wrong.
"""
