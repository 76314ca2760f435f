"""``make bench``: every benchmark in turn."""

from importlib import import_module
from pathlib import Path

import click


def main() -> None:
    """Run every ``bench_*.py`` beside this file."""
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        click.echo(f"\n== {path.stem.removeprefix('bench_')}")
        import_module(f"tests.benchmarks.{path.stem}").main()


if __name__ == "__main__":
    main()
