"""The render process answers for any text, within its limits, and is there again after a loss."""

import os
import random
import select
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from app.content.precheck import precheck
from app.content.render import MAX_CHARACTERS, Renderer, RenderFailed
from app.content.render_process import MEMORY

ROOT = Path(__file__).parents[2]
NOISE = "".join(random.Random(1).choices("[]()*_`<>!\\\n -+1.|^:&#~\"'a中", k=200_000))
WIDE = "|a" * 1500 + "|\n" + "|-" * 1500 + "|\n"

COSTLY = {
    "brackets": "[" * 100_000,
    "picture brackets": "![" * 50_000,
    "link openings": "[](" * 50_000,
    "half links": "[a](b" * 30_000,
    "nested links": "[a" * 10_000 + "](u)" * 10_000,
    "link titles": '[a](b "' * 20_000,
    "angle links": "[a](<" * 30_000,
    "stars": "*" * 50_000,
    "stars and words": "**a *" * 20_000,
    "emphasis without end": "*a_b" * 20_000,
    "nested emphasis": "*a " * 5_000 + "b*" * 5_000,
    "tildes": "~~a~ " * 20_000,
    "ticks": "`a``b```c" * 10_000,
    "backslashes": "\\" * 100_000,
    "hard breaks": "中\\\n" * 40_000,
    "soft breaks": "中\n" * 60_000,
    "tags": "<sub>" * 40_000,
    "autolinks": "<http://" * 30_000,
    "entities": "&#" * 100_000,
    "quotations": "> " * 30_000 + "a",
    "lists in lists": "\n".join("    " * level + "- a" for level in range(500)),
    "lists on one line": "- " * 30_000 + "a",
    "twenty levels, often": ("> " * 20 + "a\n") * 5_000,
    "long list": "- a\n" * 60_000,
    "headings": "# a\n" * 50_000,
    "underlined headings": "a\n=\n" * 50_000,
    "fences": "```\na\n" * 30_000,
    "long table": "|a|b|\n|-|-|\n" + "|x|y|\n" * 40_000,
    "wide table": "|a" * 20_000 + "|\n" + "|-" * 20_000 + "|\n" + "|x" * 20_000,
    "table of empty cells": WIDE + "|x|y\n" * 10_000,
    "footnotes": "\n\n".join(f"[^{number}]: x" for number in range(12_000)),
    "one footnote, often": "[^1]" * 50_000 + "\n\n[^1]: x",
    "definitions": "\n".join(f"[{number}]: http://x" for number in range(15_000)),
    "empty lines": "\n" * 250_000,
    "noise": NOISE,
}


@pytest.fixture(scope="module")
def shared():
    renderer = Renderer(seconds=0.2)
    yield renderer
    renderer.close()


@pytest.fixture
def renderer():
    renderer = Renderer()
    yield renderer
    renderer.close()


def render(renderer, text, name="q1.stem"):
    return renderer.render({name: text}, {})[name]


def outcome(renderer, text):
    """Return how it went: "ok", or why not."""
    try:
        render(renderer, text)
    except RenderFailed as failed:
        return failed.reason
    return "ok"


def lives(process_id):
    return Path(f"/proc/{process_id}").exists()


def test_every_fragment_comes_back_under_its_name(shared):
    shown = shared.render(
        {"q1.stem": "先开**哪**扇门？", "q1.option.1": "*前门*", "q1.option.1.feedback": "对"}, {}
    )

    assert shown == {
        "q1.stem": "<p>先开<strong>哪</strong>扇门？</p>",
        "q1.option.1": "<em>前门</em>",
        "q1.option.1.feedback": "<p>对</p>",
    }


def test_pictures_are_pinned_by_the_manifest(shared):
    shown = shared.render({"arrival.body": "![车](media/车.png)"}, {"车.png": "a" * 64})

    assert shown["arrival.body"] == f'<p><img alt="车" src="/media/{"a" * 64}"></p>'


def test_nothing_to_render_starts_nothing(renderer):
    assert renderer.render({}, {}) == {}
    assert renderer.process_id is None


@pytest.mark.parametrize("text", COSTLY.values(), ids=COSTLY)
def test_c3_any_text_is_answered_and_the_next_one_is_rendered(shared, text):
    assert outcome(shared, text) in {"ok", "too-slow", "memory", "failed", "too-deep", "too-many-brackets"}

    assert render(shared, "**好**") == "<p><strong>好</strong></p>"


def test_a_text_that_takes_too_long_is_refused_by_the_name_of_its_fragment(renderer):
    with pytest.raises(RenderFailed) as refused:
        renderer.render({"q1.stem": "短", "q2.stem": "[a](b" * 30_000, "q3.stem": "短"}, {})

    assert (refused.value.fragment, refused.value.reason) == ("q2.stem", "too-slow")
    assert "q2.stem" in str(refused.value)


def test_a_text_that_takes_too_long_ends_its_process(renderer):
    render(renderer, "短")
    first = renderer.process_id

    outcome(renderer, "[a](b" * 30_000)

    assert not lives(first)
    assert render(renderer, "短") == "<p>短</p>"


def test_a_text_that_takes_too_much_memory_is_refused(renderer):
    assert outcome(renderer, WIDE + "|x|y\n" * 10_000) in {"memory", "failed", "too-slow"}
    assert render(renderer, "短") == "<p>短</p>"


def test_the_process_has_its_memory_limited(renderer):
    render(renderer, "短")

    limits = Path(f"/proc/{renderer.process_id}/limits").read_text(encoding="ascii")

    assert f"Max address space {MEMORY} {MEMORY} bytes" in " ".join(limits.split())


def test_a_killed_process_is_replaced_unnoticed(renderer):
    render(renderer, "一")
    first = renderer.process_id

    os.kill(first, signal.SIGKILL)

    assert render(renderer, "二") == "<p>二</p>"
    assert renderer.process_id != first


def test_a_process_that_hangs_is_replaced(renderer):
    render(renderer, "一")
    os.kill(renderer.process_id, signal.SIGSTOP)

    assert outcome(renderer, "二") == "too-slow"
    assert render(renderer, "三") == "<p>三</p>"


def test_a_process_with_no_time_left_is_lost_once_and_refused():
    renderer = Renderer(seconds=0.0)

    assert outcome(renderer, "一" * 100_000) == "too-slow"
    renderer.close()


def test_many_threads_get_their_own_texts_back(shared):
    def ask(number):
        return render(shared, f"第{number}题")

    with ThreadPoolExecutor(16) as pool:
        shown = list(pool.map(ask, range(200)))

    assert shown == [f"<p>第{number}题</p>" for number in range(200)]


def test_a_costly_text_beside_others_costs_nobody_their_answer(renderer):
    texts = ["短"] * 4 + ["[a](b" * 30_000] + ["短"] * 4

    with ThreadPoolExecutor(len(texts)) as pool:
        outcomes = list(pool.map(lambda text: outcome(renderer, text), texts))

    assert outcomes == ["ok"] * 4 + ["too-slow"] + ["ok"] * 4


def test_who_has_waited_too_long_is_told_so():
    renderer = Renderer(queue_seconds=0.0)
    together = Barrier(4)

    def ask(_):
        together.wait()
        return outcome(renderer, "[a](b" * 30_000)

    with ThreadPoolExecutor(4) as pool:
        outcomes = sorted(pool.map(ask, range(4)))
    renderer.close()

    assert outcomes == ["busy", "busy", "busy", "too-slow"]


def test_a_refused_text_never_reaches_the_process(renderer):
    with pytest.raises(RenderFailed) as refused:
        renderer.render({"a.body": "好", "b.body": "一\n" + "[" * 201}, {})

    assert (refused.value.fragment, refused.value.line) == ("b.body", 2)
    assert renderer.process_id is None


def test_a_text_beyond_all_measure_is_refused(renderer):
    half = "好" * (MAX_CHARACTERS // 2 + 1)

    with pytest.raises(RenderFailed) as refused:
        renderer.render({"a.body": half, "b.body": half}, {})

    assert (refused.value.fragment, refused.value.reason) == ("b.body", "too-long")


def test_characters_that_are_none_are_refused_not_fatal(renderer):
    assert outcome(renderer, "\ud800") == "failed"
    assert render(renderer, "好") == "<p>好</p>"


def test_a_closed_renderer_leaves_no_process_and_starts_again(renderer):
    render(renderer, "一")
    first = renderer.process_id

    renderer.close()

    assert not lives(first)
    assert render(renderer, "二") == "<p>二</p>"


def test_closing_twice_is_as_good_as_once(renderer):
    render(renderer, "一")

    renderer.close()
    renderer.close()

    assert renderer.process_id is None


def test_the_process_is_told_no_secret(renderer, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "geheim")
    render(renderer, "一")

    environment = Path(f"/proc/{renderer.process_id}/environ").read_bytes()

    assert b"geheim" not in environment


def test_the_process_ends_with_its_owner():
    program = (
        "import os, signal\n"
        "from app.content.render import Renderer\n"
        "renderer = Renderer()\n"
        "renderer.render({'a.body': 'x'}, {})\n"
        "print(renderer.process_id, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    owner = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE)

    # The process holds no end of this pipe; its own ends with the owner, and so does the process.
    said, _ = owner.communicate()
    handle = os.pidfd_open(int(said)) if lives(int(said)) else None

    assert handle is None or select.select([handle], [], [], 30)[0] == [handle]


def test_an_owner_that_exits_in_order_ends_the_process_and_says_nothing():
    program = (
        "from app.content.render import Renderer\n"
        "renderer = Renderer()\n"
        "renderer.render({'a.body': 'x'}, {})\n"
        "print(renderer.process_id, flush=True)\n"
    )

    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert not lives(int(done.stdout))
    assert done.stderr == ""


def test_a_child_of_the_owner_cannot_ask_the_owners_process():
    program = (
        "import os\n"
        "from app.content.render_process import Process\n"
        "process = Process()\n"
        "child = os.fork()\n"
        "if child == 0:\n"
        "    usable = process.is_running\n"
        "    process.end()\n"
        "    os._exit(usable)\n"
        "_, status = os.waitpid(child, 0)\n"
        "print(status, process.is_running)\n"
        "process.end()\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout == "0 True\n"


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("[" * 201, 1, "too-many-brackets"),
        ("一\r\n二\r\n" + "x)" + ")" * 200, 3, "too-many-brackets"),
        ("<" * 300, 1, "too-many-brackets"),
        ("一\n" + ">" * 21, 2, "too-deep"),
        ("> " * 21 + "x", 1, "too-deep"),
        ("- " * 21 + "x", 1, "too-deep"),
        ("1. " * 21 + "x", 1, "too-deep"),
        ("\t" * 20 + "- x", 1, "too-deep"),
        ("> " * 10 + " " * 44 + "* x", 1, "too-deep"),
        ("一\r" + "> - " * 11 + "x", 2, "too-deep"),
    ],
)
def test_what_is_too_deep_is_refused_with_its_line(text, line, code):
    problem = precheck(text)

    assert problem is not None
    assert (problem.line, problem.code) == (line, code)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[" * 200,
        "> " * 20 + "x",
        "\n".join("    " * level + "- x" for level in range(20)),
        " " * 200 + "居中的一行",
        "_" * 500,
        "[]" * 5_000,
        "-" * 300,
        "1.5.6.7.8.9.10.11.12.13.14.15.16.17.18.19.20.21.22.23",
        "a > b > c " * 100,
    ],
)
def test_what_people_write_is_not_refused(text):
    assert precheck(text) is None
