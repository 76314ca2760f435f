import subprocess
import sys
import threading

import pytest

from app.models.turns import DatabaseBusy, Queue, Turns

HOLD = """
import sys
from pathlib import Path
from app.models.turns import Turns
with Turns(Path(sys.argv[1])).mine():
    print("mine", flush=True)
    sys.stdin.readline()
"""
COUNT = """
import sys
from pathlib import Path
from app.models.turns import Turns
turns, counter = Turns(Path(sys.argv[1])), Path(sys.argv[1], "counter")
for _ in range(50):
    with turns.mine():
        counter.write_text(str(int(counter.read_text()) + 1))
"""


@pytest.fixture
def holder(tmp_path):
    """Let another process hold the turn until it is told to let go."""
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "mine\n"
        yield process
        process.kill()


def test_turns_come_in_the_order_of_asking():
    queue = Queue()
    order = []
    queue.take(1)

    def take(number):
        queue.take(10)
        order.append(number)
        queue.give()

    threads = []
    for number in range(8):
        thread = threading.Thread(target=take, args=(number,))
        thread.start()
        while len(queue._waiting) <= number:
            pass
        threads.append(thread)
    queue.give()
    for thread in threads:
        thread.join()

    assert order == list(range(8))


def test_who_waits_too_long_is_told_and_nobody_else_loses_the_turn(tmp_path):
    turns = Turns(tmp_path)

    with turns.mine(), pytest.raises(DatabaseBusy):
        turns._queue.take(0.01)

    with turns.mine(0.01):
        pass


def test_another_process_has_the_turn(tmp_path, holder):
    turns = Turns(tmp_path)

    with pytest.raises(DatabaseBusy), turns.mine(0.05):
        pass


def test_the_turn_of_a_killed_process_is_free(tmp_path, holder):
    turns = Turns(tmp_path)

    holder.kill()
    holder.wait()

    with turns.mine(1):
        pass


def test_the_turn_is_given_back_after_a_fault(tmp_path):
    turns = Turns(tmp_path)

    with pytest.raises(ZeroDivisionError), turns.mine():
        raise ZeroDivisionError

    with turns.mine(0.01):
        pass


def test_several_processes_never_write_at_once(tmp_path):
    (tmp_path / "counter").write_text("0")
    processes = [subprocess.Popen([sys.executable, "-c", COUNT, str(tmp_path)]) for _ in range(4)]

    ends = [process.wait(60) for process in processes]

    assert ends == [0] * 4
    assert (tmp_path / "counter").read_text() == "200"
