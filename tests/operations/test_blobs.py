"""Bytes are kept once, under their hash, and never half."""

import os
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import pytest
from sqlalchemy import func, select

from app.models import Blob
from app.operations.blobs import blob_path, store_blob, write_bytes

DATA = "护顶示意图".encode()
NAME = sha256(DATA).hexdigest()


def files_of(instance):
    return [path for path in (instance / "blobs").rglob("*") if path.is_file()]


def test_the_bytes_stand_under_their_hash(session, tmp_path, now):
    blob = store_blob(session, tmp_path, DATA, "image/png", now)

    assert (blob.sha256, blob.media_type, blob.size, blob.created_at) == (NAME, "image/png", len(DATA), now)
    assert blob_path(tmp_path, NAME) == tmp_path / "blobs" / NAME[:2] / NAME
    assert blob_path(tmp_path, NAME).read_bytes() == DATA


def test_the_same_bytes_are_stored_once_and_keep_their_type(session, tmp_path, now):
    first = store_blob(session, tmp_path, DATA, "image/png", now)

    second = store_blob(session, tmp_path, DATA, "text/html", now)

    assert second is first
    assert second.media_type == "image/png"
    assert session.scalar(select(func.count()).select_from(Blob)) == 1
    assert files_of(tmp_path) == [blob_path(tmp_path, NAME)]


def test_bytes_written_beforehand_only_get_their_row(session, tmp_path, now):
    write_bytes(tmp_path, DATA)
    written = blob_path(tmp_path, NAME).stat().st_mtime_ns

    store_blob(session, tmp_path, DATA, "image/png", now)

    assert blob_path(tmp_path, NAME).stat().st_mtime_ns == written


def test_other_bytes_get_another_place(session, tmp_path, now):
    store_blob(session, tmp_path, DATA, "image/png", now)
    store_blob(session, tmp_path, b"", "image/png", now)

    assert len(files_of(tmp_path)) == 2


@pytest.mark.parametrize("damaged", [b"", DATA[:-1], DATA[:-1] + b"?"])
def test_damaged_bytes_are_written_anew(session, tmp_path, now, damaged):
    store_blob(session, tmp_path, DATA, "image/png", now)
    blob_path(tmp_path, NAME).write_bytes(damaged)

    store_blob(session, tmp_path, DATA, "image/png", now)

    assert blob_path(tmp_path, NAME).read_bytes() == DATA


def test_lost_bytes_are_written_anew_under_their_old_row(session, tmp_path, now):
    store_blob(session, tmp_path, DATA, "image/png", now)
    blob_path(tmp_path, NAME).unlink()

    store_blob(session, tmp_path, DATA, "image/png", now)

    assert blob_path(tmp_path, NAME).read_bytes() == DATA


def test_a_write_that_fails_leaves_nothing_behind(tmp_path):
    blob_path(tmp_path, NAME).mkdir(parents=True)

    with pytest.raises(OSError, match=NAME):
        write_bytes(tmp_path, DATA)

    assert files_of(tmp_path) == []


def test_a_rolled_back_row_can_be_stored_again(store, tmp_path, now):
    with store() as session:
        store_blob(session, tmp_path, DATA, "image/png", now)
        session.rollback()

    with store() as session:
        store_blob(session, tmp_path, DATA, "image/png", now)
    with store() as session:
        assert session.get_one(Blob, NAME).size == len(DATA)


def test_many_writers_of_the_same_bytes_agree(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        names = set(pool.map(lambda _: write_bytes(tmp_path, DATA), range(40)))

    assert names == {NAME}
    assert files_of(tmp_path) == [blob_path(tmp_path, NAME)]
    assert blob_path(tmp_path, NAME).read_bytes() == DATA


def test_only_the_owner_may_read_the_bytes(tmp_path):
    write_bytes(tmp_path, DATA)

    assert os.stat(blob_path(tmp_path, NAME)).st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "name", ["", "../../etc/passwd", NAME.upper(), NAME + "\n", NAME[:-1] + "/", "g" * 64]
)
def test_a_name_that_is_no_hash_leads_nowhere(tmp_path, name):
    with pytest.raises(ValueError, match="no SHA-256"):
        blob_path(tmp_path, name)
