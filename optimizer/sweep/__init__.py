"""Many solves of one scenario: the points of ``[compare]``, in parallel, each solved once."""
