"""Where the arrows of a case lead: every target that can be judged is a section."""

from collections.abc import Sequence

from app.content.headings import Head, written_id
from app.content.hints import Hint, naming
from app.content.marks import narrow
from app.content.scanner import Block
from app.content.sheet import Sheet
from app.content.vocabulary import nearest
from app.domain.case import Section


def keep_id(block: Block, sheet: Sheet) -> None:
    """Remember the id of a heading that opens no section; without one, no target can be judged."""
    name = written_id(block.heading)
    if name:
        sheet.claim(name, block.line)
    else:
        sheet.broken.add("sections")


def note_broken(head: Head, sheet: Sheet) -> None:
    """Let targets be judged in spite of a broken heading if its id is read, and no fence hides others."""
    is_hiding = any(line.number in sheet.spoilt for line in head.block.lines)
    if is_hiding or written_id(head.block.heading) is None:
        sheet.broken.add("sections")


def check_targets(heads: Sequence[Head], sections: Sequence[Section], sheet: Sheet) -> None:
    """Refuse targets that no heading of the case has as its id."""
    if "sections" in sheet.broken:
        return
    for head, section in zip(heads, sections, strict=True):
        if section.next and section.next not in sheet.taken:
            _refuse(section.next, head.line, heads, sheet)
        for number, choice in enumerate(section.choices, 1):
            if choice.target and choice.target not in sheet.taken:
                line = sheet.places.get(f"{section.id}/{number}", head.line)
                _refuse(choice.target, line, heads, sheet)


def _refuse(target: str, line: int, heads: Sequence[Head], sheet: Sheet) -> None:
    meant = [head.line for head in heads if narrow(head.block.heading).rstrip().endswith(f"{{{target}}}")]
    fix = nearest(f"#{target}", [f"#{name}" for name in sorted(sheet.taken)])
    if meant:
        fix = Hint(f"line {meant[0]}: did you mean {{#{target}}}?", meant=f"{{#{target}}}")
    sheet.error(line, "unknown-target", f"there is no section #{target}", naming(f"#{target}", fix))
