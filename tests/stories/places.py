"""Where a story's bot keeps its things: on one machine, or on a Postgres and in a bucket."""

from __future__ import annotations

import pytest

ONE_MACHINE = "one machine"
SERVERS = "servers"

# The bot must not know the difference. Not every story is told twice: those are that lean on what is kept.
on_both = pytest.mark.parametrize("places", [ONE_MACHINE, SERVERS], indirect=True)
