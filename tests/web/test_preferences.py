import pytest


@pytest.fixture
def prefer(client):
    def send(**values):
        token = client.get("/csrf").get_json()["csrf"]
        return client.post("/preferences", data={"csrf_token": token, **values})

    return send


@pytest.mark.parametrize(("name", "value"), [("language", "en"), ("language", "zh"), ("theme", "dark")])
def test_a_preference_is_kept_in_a_cookie_for_a_year(prefer, client, name, value):
    answer = prefer(**{name: value}, next="/login")

    cookie = client.get_cookie(name)
    assert (answer.status_code, answer.location) == (303, "/login")
    assert (cookie.value, cookie.max_age, cookie.http_only) == (value, 31_536_000, True)
    assert cookie.same_site == "Lax"


@pytest.mark.parametrize(("name", "value"), [("language", "fr"), ("theme", "<script>"), ("role", "admin")])
def test_what_cannot_be_preferred_is_not_kept(prefer, client, name, value):
    prefer(**{name: value}, next="/")

    assert client.get_cookie(name) is None


@pytest.mark.parametrize(
    "target",
    ["", "https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/\tx", "x"],
)
def test_nobody_is_sent_to_another_site(prefer, target):
    assert prefer(theme="dark", next=target).location == "/"


def test_a_preference_without_its_token_is_refused(client):
    answer = client.post("/preferences", data={"theme": "dark"})

    assert answer.status_code == 403
    assert client.get_cookie("theme") is None


@pytest.mark.parametrize(
    ("theme", "media"),
    [
        ("light", "not all"),
        ("dark", "screen"),
        ("auto", "screen and (prefers-color-scheme: dark)"),
        ("blue", "screen and (prefers-color-scheme: dark)"),
    ],
)
def test_the_server_says_when_the_dark_colours_apply(client, theme, media):
    client.set_cookie("theme", theme)

    page = client.get("/login").get_data(as_text=True)

    assert f'media="{media}"' in page


def test_choosing_twice_leaves_the_last_choice(prefer, client):
    prefer(language="en", next="/")
    prefer(language="zh", next="/")

    assert client.get_cookie("language").value == "zh"
