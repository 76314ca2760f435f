"""Signing in: sessions, failures, new passwords."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.domain.sign_in import ABSOLUTE, FORGET_FAILURES, FREE_FAILURES, IDLE, SEEN_STEP
from app.models import AuditRow, SignInFailures, UserSession
from app.operations import accounts, sign_in
from app.operations.people import find_signed_in, load_person
from app.operations.sessions import Browser, end_session, start_session, token_hash, touch_session
from tests.support.people import hash_of, make_user

HALL, HOME = "10.0.0.1", "192.0.2.7"


def find(session, token, now):
    return find_signed_in(
        lambda statement, values: session.execute(statement.statement, values).all(), token, now
    )


def fail(session, now, login="2023001", address=HALL, times=1):
    for _ in range(times):
        sign_in.refuse_sign_in(session, sign_in.find_candidate(session, login, address, now), now)


def blocked(session, now, login="2023001", address=HALL):
    return sign_in.find_candidate(session, login, address, now).blocked_until


def actions(session):
    return list(session.scalars(select(AuditRow.action).order_by(AuditRow.id)))


def test_a_session_gives_its_person_until_it_is_idle_too_long(session, now):
    user = make_user(session, now=now)
    start_session(session, user.id, Browser("token"), now)

    assert find(session, "token", now + IDLE - timedelta(seconds=1)).person.login == "2023001"
    assert find(session, "token", now + IDLE) is None


def test_a_session_in_use_ends_after_a_day(session, now):
    user = make_user(session, now=now)
    start_session(session, user.id, Browser("token"), now)
    touch_session(session, "token", now + ABSOLUTE - timedelta(hours=1))

    assert find(session, "token", now + ABSOLUTE - timedelta(seconds=1)) is not None
    assert find(session, "token", now + ABSOLUTE) is None


def test_the_time_of_the_last_request_is_stale_after_ten_minutes(session, now):
    user = make_user(session, now=now)
    start_session(session, user.id, Browser("token"), now)

    assert not find(session, "token", now + SEEN_STEP - timedelta(seconds=1)).is_stale
    assert find(session, "token", now + SEEN_STEP).is_stale


def test_the_table_keeps_no_token(session, now):
    user = make_user(session, now=now)

    start_session(session, user.id, Browser("token", HALL, "x" * 999), now)

    row = session.scalars(select(UserSession)).one()
    assert row.token_hash == token_hash("token")
    assert len(row.agent) == 200


def test_an_ended_session_gives_nobody(session, now):
    user = make_user(session, now=now)
    start_session(session, user.id, Browser("token"), now)

    end_session(session, "token", now)

    assert find(session, "token", now) is None


def test_signing_in_starts_a_session_and_is_told_to_the_log(session, now):
    make_user(session, now=now)
    candidate = sign_in.find_candidate(session, "2023001", HALL, now)

    person = sign_in.sign_in(session, candidate, None, Browser("token", HALL), now)

    assert find(session, "token", now).person == person
    assert actions(session)[-1] == "session.start"


def test_an_old_hash_is_replaced_at_sign_in(session, now):
    user = make_user(session, now=now)
    candidate = sign_in.find_candidate(session, "2023001", HALL, now)

    sign_in.sign_in(session, candidate, "new hash", Browser("token"), now)

    assert user.password_hash == "new hash"


@pytest.mark.parametrize("login", ["2023001", "2023002"])
def test_who_was_disabled_meanwhile_is_not_let_in(session, now, login):
    user = make_user(session, now=now)
    candidate = sign_in.find_candidate(session, login, HALL, now)
    accounts.disable_user(session, user, None, now)

    assert sign_in.sign_in(session, candidate, None, Browser("token"), now) is None
    assert find(session, "token", now) is None


def test_a_password_that_changed_meanwhile_lets_nobody_in(session, now):
    user = make_user(session, now=now)
    candidate = sign_in.find_candidate(session, "2023001", HALL, now)
    accounts.issue_password(session, user, hash_of("another-password"), None, now)

    assert sign_in.sign_in(session, candidate, None, Browser("token"), now) is None


def test_a_disabled_person_is_a_name_that_nobody_has(session, now):
    user = make_user(session, now=now)
    accounts.disable_user(session, user, None, now)

    candidate = sign_in.find_candidate(session, "2023001", HALL, now)

    assert (candidate.user_id, candidate.password_hash) == (None, None)


def test_a_new_password_ends_every_other_session(session, now):
    user = make_user(session, now=now)
    user.must_change_password = True
    start_session(session, user.id, Browser("old"), now)
    candidate = sign_in.find_candidate(session, "2023001", HALL, now)

    person = sign_in.change_password(session, candidate, "new hash", Browser("new"), now)

    assert find(session, "old", now) is None
    assert find(session, "new", now).person == person
    assert not user.must_change_password
    assert actions(session)[-1] == "password.change"


def test_b7_the_door_shuts_after_five_failures_and_for_longer_each_time(session, now):
    make_user(session, now=now)

    fail(session, now, times=FREE_FAILURES - 1)
    assert blocked(session, now) is None
    fail(session, now)
    assert blocked(session, now) == now + timedelta(seconds=30)
    fail(session, now)
    assert blocked(session, now) == now + timedelta(seconds=60)


def test_b7_the_door_opens_again_by_itself(session, now):
    make_user(session, now=now)
    fail(session, now, times=FREE_FAILURES)

    assert blocked(session, now + timedelta(seconds=29)) is not None
    assert blocked(session, now + timedelta(seconds=30)) is None


def test_b7_a_class_behind_one_address_is_not_shut_out(session, now):
    make_user(session, now=now)
    make_user(session, "2023002", now=now)

    fail(session, now, times=20)

    assert blocked(session, now, login="2023002") is None


def test_b7_nobody_shuts_a_victim_out_from_elsewhere(session, now):
    make_user(session, now=now)

    fail(session, now, address=HOME, times=20)

    assert blocked(session, now, address=HALL) is None


def test_b7_another_way_to_write_the_login_counts_as_the_same(session, now):
    make_user(session, "t07", now=now)

    fail(session, now, login=" T07 ", times=FREE_FAILURES)

    assert blocked(session, now, login="ｔ０７") is not None


def test_b7_a_name_that_nobody_has_is_shut_in_the_same_way(session, now):
    fail(session, now, login="nobody", times=FREE_FAILURES)

    assert blocked(session, now, login="nobody") == now + timedelta(seconds=30)


def test_failures_are_forgotten_after_an_hour(session, now):
    make_user(session, now=now)
    fail(session, now, times=20)
    later = now + FORGET_FAILURES

    fail(session, later)

    assert blocked(session, later) is None
    assert session.scalars(select(SignInFailures.count)).all() == [1]


def test_failures_are_forgotten_at_sign_in(session, now):
    make_user(session, now=now)
    fail(session, now, times=FREE_FAILURES - 1)
    candidate = sign_in.find_candidate(session, "2023001", HALL, now)

    sign_in.sign_in(session, candidate, None, Browser("token"), now)

    assert session.scalars(select(SignInFailures)).all() == []


def test_a_failure_is_told_to_the_log_for_people_only(session, now):
    user = make_user(session, now=now)

    fail(session, now)
    fail(session, now, login="nobody")

    rows = session.scalars(select(AuditRow).where(AuditRow.action == "session.refuse")).all()
    assert [(row.actor_id, row.person_id, row.address) for row in rows] == [(None, user.id, HALL)]


def test_what_was_typed_as_a_login_is_not_kept(session, now):
    fail(session, now, login="my-secret-password")

    assert "secret" not in session.scalars(select(SignInFailures.account)).one()


def test_ending_all_sessions_is_told_to_the_log(session, now):
    user = make_user(session, now=now)
    start_session(session, user.id, Browser("a"), now)

    sign_in.sign_out_everywhere(session, user, load_person(session, user), now)

    assert find(session, "a", now) is None
    assert actions(session)[-1] == "session.end_all"
