"""How long texts take to read: ``python -m tests.benchmarks.bench_formats``."""

from collections.abc import Callable, Iterator
from time import perf_counter, process_time

import click

from app.content.canonical import content_hash
from app.content.lint import lint
from app.content.parse import Kind, Parsed, parse_bytes, parse_text
from app.content.writer import format_document

CASES = 200
SIZE = 20_000
FRONT = "---\ntitle: 第{}个长案例\ndimensions: 礼貌, 规范\nquiz: ladies-first\n---\n"
PARAGRAPH = "一辆白色轿车驶来，稳稳停在雨棚下。副驾驶座上是一位**外国女宾**，她看了看窗外的雨。\n\n"
STEP = """\
## 情境:第{0}幕 {{#scene-{0}}}

{1}
## 决策点:第{0}次，你怎么做？ {{#step-{0} reason=optional}}

- ( ) 先请第{0}排的客人下车 -> #bad-{0} {{0分 礼貌-1}}
  > 这是常规，但今天不是常规的日子。
- ( ) 护顶请第{0}位女宾先下 -> #good-{0} {{5分 礼貌+1}}
  > 客人到店，先为女士打开车门。
- ( ) 站在两扇门之间等{0}秒 {{1分 规范-1}}

## 分析提示

看看谁坐在哪里。

## 后果:不悦 {{#bad-{0}}}

她自己推开了门，雨丝打湿了袖口。

## 后果:致谢 {{#good-{0}}}

她抬起头，说了声谢谢。

"""
END = "## 情境:门口 {next=#end}\n\n客人走进大堂。\n\n## 结局:送别 {#end}\n\n再见。\n"
#: lines on which careless matching takes quadratic time or worse
HARD_LINES = {
    "open brackets": "- (" + "(" * 9_990,
    "open links": "![" * 4_990,
    "stars": "*" * 9_990,
    "spaces": "- " + " " * 9_900 + "x",
    "braces": "## " + "{#" * 4_900,
    "backslashes": "## " + "\\" * 9_900 + "{#a}",
    "quotes": "> " * 19 + "- " * 4_900,
    "underscores": "_" * 9_990 + "x",
    "digits": "= " + "1" * 9_900,
    "dots": "= " + "1." * 4_900,
    "pipes": "= " + "a|" * 4_900,
    "arrows": "- ( ) " + "-> " * 3_300,
}


def make_case(number: int, paragraphs: int = 12) -> bytes:
    """Make one sound case of about 20 kB: the fewer paragraphs a step, the more decisions."""
    text, step = FRONT.format(number), 0
    while len((text + END).encode()) < SIZE:
        text += STEP.format(step, PARAGRAPH * (paragraphs + (number + step) % 3))
        step += 1
    return (text + END).encode()


def measure(name: str, work: Callable[[bytes], object], texts: list[bytes]) -> None:
    """Print the processor time of some work on every text."""
    start = process_time()
    for text in texts:
        work(text)
    click.echo(f"{name:28} {process_time() - start:6.2f} s for {len(texts)} texts")


def read(text: bytes) -> Parsed:
    """Parse one case, which must be sound."""
    parsed = parse_bytes(text, Kind.CASE)
    assert parsed.is_sound, parsed.errors[0].render()
    return parsed


def read_and_lint(text: bytes) -> None:
    """Parse and lint one case, which must have no faults."""
    parsed = read(text)
    assert not [found for found in lint(parsed) if found.is_error]


def hard_texts() -> Iterator[tuple[str, str]]:
    """Yield quizzes of 25 lines of the hardest kind each."""
    for name, line in HARD_LINES.items():
        yield name, "---\ntitle: t\n---\n## q\n" + f"{line}\n" * 25


def main() -> None:
    """Measure parsing, lint, hashing and writing, and the hard lines."""
    texts = [make_case(number) for number in range(CASES)]
    click.echo(f"{CASES} cases, {sum(map(len, texts)) / CASES / 1000:.1f} kB each")
    read(texts[0])
    measure("parse", read, texts)
    measure("parse and lint", read_and_lint, texts)
    dense = [make_case(number, paragraphs=3) for number in range(20)]
    measure("the same, 19 decisions each", read_and_lint, dense)
    documents = [parsed.document for parsed in map(read, texts) if parsed.document]
    start = process_time()
    for document in documents:
        content_hash(document)
    click.echo(f"{'hash':28} {process_time() - start:6.2f} s")
    start = process_time()
    for document in documents:
        format_document(document)
    click.echo(f"{'format':28} {process_time() - start:6.2f} s")
    for name, text in hard_texts():
        start = perf_counter()
        parse_text(text, Kind.QUIZ)
        click.echo(f"25 lines of {name:16} {(perf_counter() - start) * 1000:8.1f} ms")


if __name__ == "__main__":
    main()
