"""Hundreds of phones vote while the server is killed and started again: each vote that was acknowledged is kept, each one once."""

import pytest
from benchmarks.room_restart import run_restart


@pytest.mark.slow
def test_no_vote_of_300_phones_is_lost_or_doubled_where_the_server_is_killed_twice():
    assert run_restart(300).missing == 0
