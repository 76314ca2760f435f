"""Whatever learners, windows, jobs and those who watch do, in any order: what is promised holds.

``make stateful`` draws 5,000 runs, each time others.
"""

import os
import sys

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as limits
from hypothesis.stateful import run_state_machine_as_test

from tests.stateful.machine import ExamMachine
from tests.stateful.setting import make_setting

EXAMPLES = int(os.environ.get("EXAMPLES", "60"))


@pytest.mark.timeout(0 if EXAMPLES > 60 else 600)
def test_whatever_happens_in_any_order_what_is_promised_holds(session, classroom, now, capsys):
    class Machine(ExamMachine):
        setting = make_setting(session, classroom, now)

    limited = limits(
        max_examples=EXAMPLES, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
    )

    run_state_machine_as_test(Machine, settings=limited)

    assert Machine.runs >= EXAMPLES
    with capsys.disabled():
        sys.stdout.write(f" {Machine.runs} runs, {Machine.steps} steps\n" if EXAMPLES > 60 else "")
