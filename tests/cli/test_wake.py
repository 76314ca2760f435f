import os
import signal
import threading

import pytest

from app.cli.wake import Wake

MANY = 2000


@pytest.fixture
def wake():
    """Return a wake that SIGUSR1 sets."""
    wake = Wake()
    before = signal.signal(signal.SIGUSR1, lambda *_: wake.set())
    yield wake
    signal.signal(signal.SIGUSR1, before)


def keep_signalling(stop):
    while not stop.is_set():
        os.kill(os.getpid(), signal.SIGUSR1)


def test_a_signal_wakes_whoever_waits_also_in_the_midst_of_setting(wake):
    stop = threading.Event()
    signals = threading.Thread(target=keep_signalling, args=(stop,))
    signals.start()

    for _ in range(MANY):
        wake.set()
        assert wake.wait()
        wake.clear()
    stop.set()
    signals.join()


def test_what_happened_before_the_waiting_is_not_missed(wake):
    wake.set()

    assert wake.is_set()
    assert wake.wait()


def test_nothing_happening_ends_the_waiting_in_time(wake):
    assert not wake.wait(0.01)


def test_what_was_cleared_is_waited_for_again(wake):
    wake.set()
    wake.clear()

    assert not wake.wait(0.01)
