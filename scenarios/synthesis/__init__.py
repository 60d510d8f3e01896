"""How a shipped case is made: real communities and totals, everything else drawn from a seed."""
