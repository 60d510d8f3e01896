r"""V16b: a bound on each goal that the verifier proves itself, whatever the solver said.

From ``inputs/`` alone a linear program is written down that every plan keeps, at a value no worse
than the plan's own: a *relaxation*. For any numbers :math:`y`, one a row and of right sign,

.. math::  \sum_i y_i\,\mathrm{side}_i + \sum_j \min_{l_j \le t \le h_j} (c_j - y A_j)\,t

is no more than the least :math:`c\,t` of the program, so no plan is better (:mod:`program`). The
numbers come from ``bound_certificate.json``: good ones make the bound tight, bad ones weaken it,
ones of wrong sign count as 0, none can make it wrong. All sums are of integers and fractions.

Read a plan into the columns thus; each row then follows from the clause named.

==============================  ==================================================================
column                          value in a plan
==============================  ==================================================================
``pilot u``                     1 where host u (a community, or an acting union) has a pilot
``hub u``, ``stands u s``       1 where u has a planned hub; all of whose buildings are in street s
``uses u b``                    1 where u hosts b; without hosts there is one u, ""
``credit u b``                  counted m² of b where u hosts it, but no more than u could ask for
``room b r``                    m² of the rooms of kind r: a function alone, or a pack's shared room
``opens b f``                   1 where f stands in b
``serves b f c``                persons of c whom f in b serves beyond what today's supply serves
``street s``, ``covered c``     1 where a planned hub covers it that today's supply does not cover
``worst``, ``farthest``         the two goals of these names
==============================  ==================================================================

- Hosts (contract 5, Host and reach; Union): a building has one host, of those that eligibility,
  locks and refits leave; a community is in one acting host, so of the hosts it is in at most one
  is a pilot and at most one has a hub.
- Standard: a pilot's counted area is today's and what it is credited. A refit only takes from
  today's, so the shortfall of today is no more than must be credited. Credit is cut at the most
  that any of the host's rows asks for, which no row can tell; hence ``credit ≤ most · uses``.
- Hub: its m² are part of what its host is credited; of facilities on the same site all that any
  candidate's site has is taken as given, and no two places are told apart, so one place, a site of
  several buildings and a dispersed group are all allowed. Its items are installations of its own
  buildings, counted by function, of which there are at least as many.
- Domains: what a member lacks today it still lacks after a refit, so one of the host's buildings
  within reach opens a function of it; where the pack takes everybody's buildings, any within reach.
  Hosts share no building: with buildings of their own, openings of all hosts add up.
- An existing hub that a refit could take away, or could let grow by what has no site of its own, is
  taken both ways: its host needs no planned hub and may have one.
- Space: rooms fill floors once; an installation has its least m² and no more than its floors or its
  most; of lifts to buy nothing is asked here.
- Money: acquisition of a used building, the upgrade where fire or structure need it, an opening of
  each function that stands, every room at the dearest of its functions. Budgets in all and by
  district; of sources and years their sums, whatever they may pay for.
- Need: persons served are those that today's supply leaves, or, where a refit takes supply away,
  no more in sum than the need: ``serves`` counts the part beyond today's. Capacity is m² ÷ m² per
  person; ``whole`` needs are taken as divisible. ``serve_all`` leaves nobody.
- Goals: as in contract 5, each in these columns; for a weighted level the sum of the parts. Level k
  is bounded beside the values the plan reaches at the levels before it (contract 5, Levels).

Left out, so that the bound is looser and never wrong: which place a hub is at and its distances,
floors by function beyond their sum, outdoor space, lifts, office and residents' shares, conditions
of sources, single years, ``whole``.
"""
