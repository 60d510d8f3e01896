"""Both engines on the same small cases: values within the proven gap, bounds never crossed."""
