"""Texts on the command line: check, format, hash, show; load and render need a database."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

import click

from app.content.canonical import content_hash
from app.content.diagnostics import Diagnostic, count_of, summarise
from app.content.library import check_library, read_source, unknown_kind
from app.content.outline import outline
from app.content.parse import Document
from app.content.sources import find_files, source_of
from app.content.writer import format_document
from app.settings import ROOT

PATHS = click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
WITH_DATABASE = ("diff", "dump", "load", "render")
FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


class ContentCommands(click.Group):
    """The commands on texts; those that need a database are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands."""
        return sorted([*super().list_commands(ctx), *WITH_DATABASE])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command."""
        if cmd_name not in WITH_DATABASE:
            return super().get_command(ctx, cmd_name)
        command: click.Command = getattr(import_module("app.cli.loading_commands"), cmd_name)
        return command


@click.group(cls=ContentCommands)
def content() -> None:
    """Check, format, show and load the texts of cases, quizzes and syllabuses."""


@content.command()
@PATHS
@click.option("--json", "as_json", is_flag=True, help="Every diagnostic as JSON.")
def check(paths: Sequence[Path], as_json: bool) -> None:
    """Check files or folders (default: cases and quizzes); exit 1 if there is an error."""
    report = check_library(paths or default_paths())
    if as_json:
        click.echo(json.dumps([asdict(one) for one in report.diagnostics], ensure_ascii=False, indent=2))
    else:
        for diagnostic in summarise(report.diagnostics):
            click.echo(diagnostic.render())
        errors = len(report.errors)
        warnings = len(report.diagnostics) - errors
        counts = {"file": len(report.parsed), "error": errors, "warning": warnings}
        click.echo(", ".join(count_of(number, noun) for noun, number in counts.items()), err=True)
    if report.errors:
        raise click.exceptions.Exit(1)


@content.command("format")
@PATHS
@click.option("--check", "only_check", is_flag=True, help="Change nothing; exit 1 if something would.")
def format_files(paths: Sequence[Path], only_check: bool) -> None:
    """Write files in canonical form; files with errors are left as they are."""
    is_refused = False
    for path in find_files(paths or default_paths()):
        source = source_of(path)
        parsed = read_source(source) if source else None
        if parsed is None or parsed.document is None:
            is_refused = True
            say_all(parsed.errors if parsed else [unknown_kind(path)])
        elif _format(path, parsed.document, only_check=only_check):
            is_refused = is_refused or only_check
    if is_refused:
        raise click.exceptions.Exit(1)


def _format(path: Path, document: Document, *, only_check: bool) -> bool:
    """Write the file anew where its text differs; tell whether it does."""
    data = format_document(document).encode()
    if data == path.read_bytes():
        return False
    if not only_check:
        path.write_bytes(data)
    click.echo(f"{'would format' if only_check else 'formatted'} {path}")
    return True


@content.command("hash")
@FILE
def hash_file(file: Path) -> None:
    """Print the content hash of a file: harmless differences do not change it."""
    click.echo(content_hash(document_of(file)))


@content.command()
@FILE
@click.option("--json", "as_json", is_flag=True, help="Everything, with computed points, as JSON.")
def show(file: Path, as_json: bool) -> None:
    """Show what a file says once it is read."""
    shown = outline(document_of(file))
    if as_json:
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
        return
    click.echo(f"{shown['kind']}: {shown['title']}")
    for part in shown.get("items") or shown.get("sections") or shown.get("modules") or ():
        label = part.get("type") or part.get("kind") or "module"
        points = "" if part.get("points") is None else f" {part['points']}"
        first = (part.get("stem") or part.get("title") or part.get("body") or "").partition("\n")[0]
        click.echo(f"  {part['id']} {label}{points}  {first}".rstrip())


def default_paths() -> list[Path]:
    """Return the checkout's own folders of texts, as seen from here."""
    folders = [ROOT / name for name in ("cases", "quizzes") if (ROOT / name).is_dir()]
    here = Path.cwd()
    return [folder.relative_to(here) if folder.is_relative_to(here) else folder for folder in folders]


def document_of(file: Path) -> Document:
    """Read one file; its errors end the command."""
    source = source_of(file)
    parsed = read_source(source) if source else None
    if parsed is None or parsed.document is None:
        say_all(parsed.errors if parsed else [unknown_kind(file)])
        raise click.exceptions.Exit(1)
    return parsed.document


def say_all(diagnostics: Iterable[Diagnostic]) -> None:
    """Print diagnostics where errors go."""
    for diagnostic in diagnostics:
        click.echo(diagnostic.render(), err=True)
