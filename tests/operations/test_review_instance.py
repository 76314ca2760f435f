"""An instance that cannot be written."""

import pytest

from app.cli.opening import DatabaseFault
from app.cli.upgrading import upgrade_database


def test_an_instance_whose_lock_cannot_be_opened_is_told_in_one_line(settings):
    if not settings.is_sqlite:
        pytest.skip("PostgreSQL orders its writers itself")
    (settings.instance / "turn.lock").unlink(missing_ok=True)
    (settings.instance / "turn.lock").mkdir()

    with pytest.raises(DatabaseFault) as refused:
        upgrade_database(settings)

    assert str(refused.value) == f"{settings.instance / 'turn.lock'} cannot be written: Is a directory."
