import os

import pytest

from app.cli import locks
from app.cli.locks import ServeRefused, hold_instance, hold_worker


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(locks, "PATIENCE", 0.0)


def test_o8_an_instance_is_held_by_one_master(tmp_path):
    lock = hold_instance(tmp_path, shared=False)

    with pytest.raises(ServeRefused, match="Another Casehall serves the instance"):
        hold_instance(tmp_path, shared=False)

    os.close(lock)
    os.close(hold_instance(tmp_path, shared=False))


def test_o9_a_worker_without_its_master_still_holds_the_instance(tmp_path):
    worker = hold_worker(tmp_path)

    with pytest.raises(ServeRefused):
        hold_instance(tmp_path, shared=False)

    os.close(worker)
    os.close(hold_instance(tmp_path, shared=False))


def test_servers_on_postgresql_share_an_instance(tmp_path):
    masters = [hold_instance(tmp_path, shared=True) for _ in range(2)]
    workers = [hold_worker(tmp_path) for _ in range(2)]

    with pytest.raises(ServeRefused):
        hold_instance(tmp_path, shared=False)

    for lock in masters + workers:
        os.close(lock)


def test_an_instance_that_cannot_be_written_is_refused(tmp_path):
    (tmp_path / "serve.lock").mkdir()

    with pytest.raises(ServeRefused, match=r"serve.lock cannot be written"):
        hold_instance(tmp_path, shared=False)
