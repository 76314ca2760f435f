"""How long rendering takes: ``python -m tests.benchmarks.bench_render``."""

from statistics import median
from time import perf_counter

import click

from app.content.precheck import precheck
from app.content.render import Renderer, RenderFailed

PART = """### 先开哪一扇车门

傍晚，小雨。你是饭店的**迎宾员**小贺，站在豪华大转门外[^1]。24~48 小时，`护顶`，[礼仪](https://a.example/)。

- 车停稳再上前，先问候，后开门。
- 一手拉门，一手挡在门框上沿，为客人*护顶*。

    1. 后排为上座，通常先开后排车门。
    2. 两人当班时，分站两处，同时开门。

> 卡上写的是“通常”。今天来的是外国女宾，又是赴宴。

| 车门 | 座上是谁 | 哪一侧 |
|:-:|---|--:|
| 前排右门 | 外国女宾 | 转门一侧 |
| 后排右门 | 年长的男士 | 转门一侧 |

![车门位置](media/door.png)

[^1]: 手不碰到客人。

"""
SIZE = 54 * 1024
MANIFEST = {"door.png": "d" * 64}


def text_of(size: int) -> str:
    """Return about so many bytes of ordinary text."""
    count = size // len(PART.encode()) + 1
    return "".join(PART.replace("[^1]", f"[^{number}]") for number in range(count))


def milliseconds(renderer: Renderer, fragments: dict[str, str], rounds: int = 15) -> float:
    """Return the median time of rendering the fragments."""
    times = []
    for _ in range(rounds):
        started = perf_counter()
        renderer.render(fragments, MANIFEST)
        times.append(1000 * (perf_counter() - started))
    return median(times)


def refused_after(renderer: Renderer, text: str) -> float:
    """Return the seconds until a text that takes too long is refused."""
    started = perf_counter()
    try:
        renderer.render({"s1.body": text}, {})
    except RenderFailed:
        return perf_counter() - started
    raise AssertionError("the text was rendered")


def main() -> None:
    """Print the figures."""
    text = text_of(SIZE)
    quiz = {f"q{number}.option.{option}": "**前排**右门" for number in range(500) for option in range(1, 5)}
    renderer = Renderer()
    first = milliseconds(renderer, {"s1.body": "x"}, 1)
    started = perf_counter()
    precheck(text)
    checked = 1000 * (perf_counter() - started)

    click.echo(f"start of the process {first:10.1f} ms")
    click.echo(f"pre-check of 54 KiB  {checked:10.1f} ms")
    click.echo(f"one text of 54 KiB   {milliseconds(renderer, {'s1.body': text}):10.1f} ms")
    click.echo(f"2,000 options        {milliseconds(renderer, quiz, 5):10.1f} ms")
    click.echo(f"one option           {milliseconds(renderer, {'q1.option.1': '前门'}, 200):10.1f} ms")
    click.echo(f"costly text, refused {1000 * refused_after(renderer, '[a](b' * 30_000):10.1f} ms")
    renderer.close()


if __name__ == "__main__":
    main()
