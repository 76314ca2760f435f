import subprocess
import sys
from importlib import import_module

import click
import pytest
from click.testing import CliRunner

from app import models
from app.cli import COMMANDS, casehall, say
from app.domain.errors import AttemptClosed, NotFound
from tests.support.server import run_casehall

HEAVY = {"flask", "sqlalchemy", "granian"}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name):
    shown = CliRunner().invoke(casehall, [name, "--help"])

    assert shown.exit_code == 0
    assert shown.output.startswith(f"Usage: casehall {name}")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_is_for(name):
    command = getattr(import_module(COMMANDS[name]), name)

    assert isinstance(command, click.Command)
    assert command.get_short_help_str().endswith(".")


def test_an_unknown_command_is_a_matter_of_usage(tmp_path):
    assert run_casehall(tmp_path, "unheard-of").returncode == 2


def test_a_bad_setting_is_told_in_one_line(tmp_path):
    end = run_casehall(tmp_path, "db", "check", PORT="80a")

    assert (end.returncode, end.stderr) == (1, "Error: PORT=80a is not a whole number up to 65535\n")


def test_a_refusal_is_told_by_its_own_words_or_its_rule():
    assert say(NotFound("no course sms")) == "no course sms"
    assert say(AttemptClosed()) == "The attempt no longer takes answers."


def loaded_by(statement):
    code = f"{statement}; import sys; print(*sys.modules)"
    return set(subprocess.check_output([sys.executable, "-c", code], text=True).split())


def test_the_command_line_starts_without_web_and_database():
    assert HEAVY.isdisjoint(loaded_by("import app.factory"))


def test_checking_content_needs_neither_web_nor_database():
    assert HEAVY.isdisjoint(loaded_by("import app.cli.content"))


def test_the_master_of_a_server_starts_without_tables():
    loaded = loaded_by("import app.cli.serve")

    assert "app.models.engine" in loaded
    assert {"app.models.tables", "sqlalchemy.orm", "flask"}.isdisjoint(loaded)


def test_a_server_starts_without_what_reads_and_writes_spreadsheets():
    assert {"openpyxl", "xlsxwriter"}.isdisjoint(loaded_by("import app.web.application, app.cli.jobs"))


def test_whoever_asks_for_a_table_has_all():
    loaded = loaded_by("from app.models import Base; assert len(Base.metadata.tables) > 40")

    assert "app.models.tables" in loaded


def test_what_is_no_table_is_missed_as_anywhere_else():
    with pytest.raises(AttributeError, match="Unheard"):
        _ = models.Unheard
