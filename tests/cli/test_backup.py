"""``casehall db backup``, ``restore``, ``verify``: what was kept comes back, whole or not at all."""

import json
import os
import shutil
import sqlite3
import tarfile
from contextlib import closing
from datetime import datetime

import pytest
from alembic import command

from app.cli import locks
from app.models.engine import make_engine
from app.operations.manifest import DATABASE
from app.operations.migrating import alembic_config
from tests.cli.test_migrations import copy_rows, make_old
from tests.conftest import START
from tests.support.backups import files, fill, rows, run, sql
from tests.support.instance import copy_template, make_settings
from tests.support.postgres import run_sql
from tests.support.server import run_casehall

PERSON = (
    'INSERT INTO "user" (public_id, login, name, class_name, password_hash, must_change_password, created_at)'
    " VALUES ('p', 'xiaohe', '小贺', '', 'secret', false, '2026-03-02 08:00+08')"
)
SPOIL = (
    "DROP TRIGGER event_no_update",
    "UPDATE event SET body = replace(body, '第一稿', '改过')",
    "CREATE TRIGGER event_no_update BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'append-only'); END",
)


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(locks, "PATIENCE", 0.0)


@pytest.fixture(scope="module")
def filled_sqlite(tmp_path_factory, template_database):
    """Return an instance with a course, people, answers and pictures; it is copied, never changed."""
    folder = tmp_path_factory.mktemp("filled") / "instance"
    copy_template(template_database, folder)
    settings = make_settings(folder)
    fill(settings, START)
    return settings


@pytest.fixture
def full(filled_sqlite, tmp_path):
    """Return such an instance, of this test alone."""
    shutil.copytree(filled_sqlite.instance, tmp_path / "instance")
    return make_settings(tmp_path / "instance")


@pytest.fixture
def on_postgresql(tmp_path, postgres_url):
    """Return such an instance on PostgreSQL."""
    settings = make_settings(tmp_path / "postgresql" / "instance", DATABASE_URL=postgres_url)
    fill(settings, START)
    return settings


@pytest.fixture
def empty(tmp_path):
    """Return the settings of an instance in which nothing ever was."""
    return make_settings(tmp_path / "restored")


@pytest.fixture
def empty_postgresql(tmp_path, postgres_cluster):
    """Return the same with a database of PostgreSQL in which nothing ever was."""
    run_sql(postgres_cluster, "DROP DATABASE IF EXISTS restored WITH (FORCE)", "CREATE DATABASE restored")
    yield make_settings(tmp_path / "restored", DATABASE_URL=f"{postgres_cluster}restored")
    run_sql(postgres_cluster, "DROP DATABASE restored WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def pair(request):
    """Return a full instance and an empty one, on each database."""
    names = ("full", "empty") if request.param == "sqlite" else ("on_postgresql", "empty_postgresql")
    return tuple(request.getfixturevalue(name) for name in names)


@pytest.fixture
def backup(full, tmp_path):
    """Return a backup of the full instance."""
    assert run(full, "db", "backup", str(tmp_path / "backup")).exit_code == 0
    return tmp_path / "backup"


def said(result):
    """Return the one line with which a command was refused."""
    assert result.exit_code == 1, result.output
    (line,) = result.output.splitlines()
    return line


def test_o5_what_was_backed_up_is_restored_equal_and_agrees(pair, tmp_path):
    full, empty = pair
    made = run(full, "db", "backup", str(tmp_path / "backup"))
    proved = run(full, "db", "verify", str(tmp_path / "backup"))
    restored = run(empty, "db", "restore", str(tmp_path / "backup"))

    assert [made.exit_code, proved.exit_code, restored.exit_code] == [0, 0, 0], restored.output
    assert rows(empty) == rows(full)
    assert files(empty.instance / "blobs") == files(full.instance / "blobs") != {}
    assert (empty.instance / "secret_key").read_bytes() == (full.instance / "secret_key").read_bytes()
    assert run(empty, "db", "check").output == "The database agrees with the code.\n"
    assert run(empty, "attempts", "verify").output == "2 attempts verified, 0 with faults.\n"


def test_new_rows_get_numbers_after_the_restored_ones(on_postgresql, empty_postgresql, tmp_path):
    run(on_postgresql, "db", "backup", str(tmp_path / "backup"))
    run(empty_postgresql, "db", "restore", str(tmp_path / "backup"))

    added = run(empty_postgresql, "users", "add", "newcomer", "--name", "新来的")

    assert added.exit_code == 0, added.output


@pytest.mark.parametrize("is_migrated", [True, False])
def test_an_instance_that_was_only_set_up_takes_a_backup(backup, empty, is_migrated):
    if is_migrated:
        run(empty, "db", "upgrade")

    assert run(empty, "db", "restore", str(backup)).exit_code == 0


def test_a_backup_is_for_its_owner_alone_and_any_tar_shows_it(backup):
    with tarfile.open(backup) as archive:
        names = archive.getnames()
        text = archive.extractfile("manifest.json")
        assert text is not None
        manifest = json.load(text)

    assert backup.stat().st_mode & 0o777 == 0o600
    assert names[0] == DATABASE
    assert {"keys/secret_key", "keys/receipt.key"} <= set(names)
    assert (manifest["format"], manifest["database"], manifest["keys"]) == (1, "sqlite", True)
    assert manifest["tables"]["attempt"] == 2
    assert datetime.fromisoformat(manifest["created_at"]).tzinfo is not None


def test_every_key_file_goes_with_it_and_comes_back_for_its_owner_alone(full, empty, tmp_path):
    (full.instance / "receipts.key").write_bytes(b"signs")
    run(full, "db", "backup", str(tmp_path / "backup"))

    restored = run(empty, "db", "restore", str(tmp_path / "backup"))

    assert (empty.instance / "receipts.key").read_bytes() == b"signs"
    assert (empty.instance / "receipts.key").stat().st_mode & 0o777 == 0o600
    assert "kept as secret_key.before-restore" in restored.output
    assert (empty.instance / "secret_key.before-restore").read_text() == empty.secret_key


def test_without_keys_none_is_in_it_and_the_instance_keeps_its_own(full, empty, tmp_path):
    made = run(full, "db", "backup", "--without-keys", str(tmp_path / "backup"))
    restored = run(empty, "db", "restore", str(tmp_path / "backup"))

    assert "without keys" in made.output
    assert full.secret_key.encode() not in (tmp_path / "backup").read_bytes()
    assert restored.exit_code == 0
    assert (empty.instance / "secret_key").read_text() == empty.secret_key


def test_a_file_that_is_there_is_not_overwritten(full, tmp_path):
    (tmp_path / "backup").write_text("something else")

    refused = run(full, "db", "backup", str(tmp_path / "backup"))

    assert said(refused).endswith("is there already and is not overwritten; name another file.")
    assert (tmp_path / "backup").read_text() == "something else"


def test_what_a_killed_backup_left_is_in_nobodys_way(full, tmp_path):
    for name in ("backup.part", "backup.part-db"):
        (tmp_path / name).write_bytes(b"half" * 1_000_000)

    made = run(full, "db", "backup", str(tmp_path / "backup"))
    proved = run(full, "db", "verify", str(tmp_path / "backup"))

    assert (made.exit_code, proved.exit_code) == (0, 0)
    assert sorted(path.name for path in tmp_path.glob("backup*")) == ["backup"]


@pytest.mark.parametrize("more", [-100_000, 2_000], ids=["copy", "archive"])
def test_a_full_disk_leaves_nothing(full, tmp_path, more):
    folder = tmp_path / "small"
    folder.mkdir()
    # no file may grow over this size
    limit = ["prlimit", f"--fsize={(full.instance / 'casehall.db').stat().st_size + more}"]

    refused = run_casehall(full.instance, "db", "backup", str(folder / "backup"), before=limit)

    assert refused.returncode == 1
    (line,) = refused.stderr.splitlines()
    assert line.startswith("Error: ")
    assert list(folder.iterdir()) == []


def test_a_full_disk_leaves_a_restore_undone(backup, tmp_path):
    limit = ["prlimit", "--fsize=100000"]

    refused = run_casehall(tmp_path / "restored", "db", "restore", str(backup), before=limit)

    assert refused.returncode == 1
    assert refused.stderr.endswith(": File too large.\n")
    assert not {"casehall.db", "blobs", "restore.part"} & {p.name for p in (tmp_path / "restored").iterdir()}


def test_a_folder_that_is_not_there_is_told(full, tmp_path):
    refused = run(full, "db", "backup", str(tmp_path / "nowhere" / "backup"))

    assert said(refused).endswith("backup.part: No such file or directory. Nothing was kept.")


def test_an_instance_without_a_database_has_no_backup(empty, tmp_path):
    refused = run(empty, "db", "backup", str(tmp_path / "backup"))

    assert said(refused) == f"Error: There is no database {empty.instance / 'casehall.db'}."
    assert not (empty.instance / "casehall.db").exists()


def test_a_lost_picture_is_told_by_backup_and_proof_and_the_rest_comes_back(full, empty, tmp_path):
    lost = next((full.instance / "blobs").glob("??/*"))
    lost.unlink()

    made = run(full, "db", "backup", str(tmp_path / "backup"))
    proved = run(full, "db", "verify", str(tmp_path / "backup"))
    restored = run(empty, "db", "restore", str(tmp_path / "backup"))

    assert (made.exit_code, f"damaged or missing: {lost.name}" in made.output) == (1, True)
    assert f"{lost.name}: it was damaged or missing in the instance already" in said(proved)
    assert restored.exit_code == 0
    assert "Lost before it was made: 1 blobs." in restored.output
    assert rows(empty) == rows(full)


def test_an_instance_with_content_is_not_restored_over(pair, backup, tmp_path):
    full, _ = pair
    before = rows(full)

    refused = run(full, "db", "restore", str(backup))

    assert "content" in said(refused)
    assert ("mv " if full.is_sqlite else "createdb") in refused.output
    assert rows(full) == before
    assert not (full.instance / "restore.part").exists()


@pytest.mark.parametrize("left", ["casehall.db", "casehall.db-wal"])
def test_what_cannot_be_read_is_not_restored_over(backup, empty, left):
    (empty.instance / left).write_bytes(b"not a database" * 100)

    refused = run(empty, "db", "restore", str(backup))

    assert "move it away" in said(refused)
    assert (empty.instance / left).read_bytes() == b"not a database" * 100


def test_an_instance_that_is_served_is_not_restored_over(backup, empty):
    lock = locks.hold_instance(empty.instance, shared=True)

    refused = run(empty, "db", "restore", str(backup))

    os.close(lock)
    assert said(refused).startswith("Error: Another Casehall serves the instance")
    assert not (empty.instance / "casehall.db").exists()


def test_a_backup_of_the_other_database_is_not_restored(backup, empty_postgresql):
    refused = run(empty_postgresql, "db", "restore", str(backup))

    assert said(refused).startswith("Error: This is a backup of SQLite")


def member_places(path):
    """Return a byte in the midst of some members, by their names."""
    with tarfile.open(path) as archive:
        members = {member.name: member.offset_data + member.size // 2 for member in archive}
    blob = next(name for name in members if name.startswith("blobs/"))
    return {
        name: members[name]
        for name in (DATABASE, "keys/secret_key", blob, "manifest.json", "manifest.sha256")
    }


@pytest.mark.parametrize("number", range(5))
def test_o6_a_flipped_byte_is_found_and_its_member_named(backup, empty, number):
    name, place = list(member_places(backup).items())[number]
    with backup.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ 4]))

    proved = run(empty, "db", "verify", str(backup))
    restored = run(empty, "db", "restore", str(backup))

    assert name in said(proved)
    assert name in said(restored)
    assert not {"casehall.db", "blobs", "restore.part"} & {path.name for path in empty.instance.iterdir()}


def test_a_broken_chain_in_a_backup_is_found_and_not_restored(full, empty, tmp_path):
    sql(full, *SPOIL)
    made = run(full, "db", "backup", str(tmp_path / "backup"))

    proved = run(full, "db", "verify", str(tmp_path / "backup"))
    restored = run(empty, "db", "restore", str(tmp_path / "backup"))

    assert made.exit_code == 0
    assert "event 1: the chain is broken" in said(proved)
    assert "event 1: the chain is broken" in said(restored)
    assert not (empty.instance / "casehall.db").exists()


def test_a_broken_chain_is_found_in_a_backup_of_postgresql_too(on_postgresql, empty_postgresql, tmp_path):
    sql(
        on_postgresql,
        "ALTER TABLE event DISABLE TRIGGER USER",
        "UPDATE event SET body = replace(body, '第一稿', '改过')",
    )
    run(on_postgresql, "db", "backup", str(tmp_path / "backup"))

    proved = run(on_postgresql, "db", "verify", str(tmp_path / "backup"))
    restored = run(empty_postgresql, "db", "restore", str(tmp_path / "backup"))

    assert "event 1: the chain is broken" in said(proved)
    assert "event 1: the chain is broken" in said(restored)
    assert rows(empty_postgresql) == {}


def test_a_damaged_database_in_a_whole_backup_is_found(full, tmp_path):
    with closing(sqlite3.connect(full.instance / "casehall.db")) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("DELETE FROM sqlite_master WHERE name = 'ix_attempt_user_id'")
        connection.commit()
    run(full, "db", "backup", str(tmp_path / "backup"))

    proved = run(full, "db", "verify", str(tmp_path / "backup"))

    assert f"{DATABASE}: the database is damaged" in said(proved)


def test_a_backup_of_a_later_version_is_not_taken(full, empty, tmp_path):
    sql(full, "UPDATE alembic_version SET version_num = '9999'")
    run(full, "db", "backup", str(tmp_path / "backup"))

    restored = run(empty, "db", "restore", str(tmp_path / "backup"))

    assert "of version 9999, which is newer" in said(restored)


@pytest.fixture
def old_sqlite(full, tmp_path):
    """Return an instance of an earlier version."""
    old = make_old(tmp_path / "old", "0002")
    copy_rows(full.instance / "casehall.db", old.instance / "casehall.db")
    shutil.copytree(full.instance / "blobs", old.instance / "blobs")
    return old


@pytest.fixture
def old_postgresql(tmp_path, postgres_url):
    """Return the same on PostgreSQL, with one person."""
    settings = make_settings(tmp_path / "old", DATABASE_URL=postgres_url)
    sql(settings, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
    engine = make_engine(postgres_url)
    with engine.begin() as connection:
        command.upgrade(alembic_config(connection), "0002")
        connection.exec_driver_sql(PERSON)
    engine.dispose()
    return settings


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_backup_of_an_earlier_version_is_proved_restored_and_upgraded_as_usual(kind, request, tmp_path):
    old = request.getfixturevalue(f"old_{kind}")
    empty = request.getfixturevalue("empty" if kind == "sqlite" else "empty_postgresql")
    run(empty, "db", "upgrade")
    run(old, "db", "backup", str(tmp_path / "backup"))

    proved = run(empty, "db", "verify", str(tmp_path / "backup"))
    restored = run(empty, "db", "restore", str(tmp_path / "backup"))
    found = rows(empty)
    run(empty, "db", "upgrade")

    assert (proved.exit_code, restored.exit_code) == (0, 0), proved.output
    assert restored.output.endswith("It is of version 0002; next: casehall db upgrade\n")
    assert found == rows(old)
    assert run(empty, "db", "check").output == "The database agrees with the code.\n"
    assert "0 with faults" in run(empty, "attempts", "verify").output


def test_to_prove_a_backup_touches_no_instance(backup, tmp_path):
    nowhere = tmp_path / "nowhere"

    proved = run_casehall(nowhere, "db", "verify", str(backup), "--json")

    assert proved.returncode == 0
    told = json.loads(proved.stdout)
    assert (told["ok"], told["faults"], told["tables"]["attempt"]) == (True, [], 2)
    assert not nowhere.exists()


def test_programs_read_the_faults_as_json(backup, full):
    backup.write_bytes(backup.read_bytes()[:-512])

    proved = run(full, "db", "verify", str(backup), "--json")

    assert proved.exit_code == 1
    assert json.loads(proved.output)["faults"][0]["what"].startswith("the file is no backup")


def test_a_backup_that_is_not_there_is_told(full, tmp_path):
    proved = run(full, "db", "verify", str(tmp_path / "nowhere"))

    assert said(proved) == f"Error: {tmp_path / 'nowhere'}: No such file or directory."
