"""What the check of texts says in the reader's language, a sentence for each code."""

from collections.abc import Iterator

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _l

from app.content.diagnostics import Diagnostic
from app.content.hints import Hint
from app.web.languages import sentences

#: one line a code of a diagnostic; the check on the command line says more, in English
SENTENCES: dict[str, LazyString] = {
    "all-of-the-above": _l("An option sums the others up. Ask for several right options instead."),
    "ambiguous-date": _l("This may be a date. Write the day in full, or as text."),
    "ambiguous-range": _l("This may be a range or a subtraction. Write a range with two dots: 24..48."),
    "ambiguous-truth": _l("This word alone is no answer. Write = 对 or = 错."),
    "bad-arrow": _l("This arrow cannot be read. One arrow with the id of a section ends an option."),
    "bad-attribute": _l("A word between { } cannot be read."),
    "bad-blank": _l("A blank opens with [[ and closes with ]]."),
    "bad-draw": _l("With some values of the variables there is no sensible answer."),
    "bad-heading": _l("This heading cannot be read. It begins with # or ## and a space."),
    "bad-id": _l("This cannot be an id: letters, digits and -, at most 64."),
    "bad-line": _l("A line at the top is no “key: value”."),
    "bad-marker": _l(
        "This looks like an answer line and is none. If it is text, write a backslash before it."
    ),
    "bad-name": _l("This cannot be a short name: a-z, 0-9 and - only."),
    "bad-number": _l("This is no number."),
    "bad-range": _l("This is no range: it goes from a lower number to a higher one."),
    "bad-rename": _l("was= (旧名) names an id that is in use, or one that another part names as well."),
    "bad-step": _l("Number the steps 1, 2, 3 … from top to bottom."),
    "bad-value": _l("This value cannot stand here."),
    "bad-variable": _l("This is no variable with a range: @ X = 1..9."),
    "blanks-count": _l("The blanks and the lines with = do not match."),
    "bold-wording": _l("Stars stand for any characters here, not for bold. Take them away."),
    "case-without-score": _l("The case of this question earns nothing."),
    "condition-always": _l("This condition can never fail. Leave it out."),
    "control-character": _l("The line holds an invisible character. Delete it."),
    "cycle": _l("This way leads back to a place that was passed already."),
    "draw-too-many": _l("More questions are drawn than there are."),
    "duplicate-id": _l("This id is used twice."),
    "empty-answer": _l("This line has no text."),
    "empty-group": _l("This group has no questions."),
    "empty-objective": _l("This objective has no text."),
    "empty-option": _l("This option has no text."),
    "empty-section": _l("This section has neither title nor text."),
    "empty-stem": _l("This question has no stem."),
    "empty-wording": _l("A wording is missing here."),
    "file-too-large": _l("The text is larger than 256 KiB. Split it."),
    "full-width-mark": _l("A mark has its full width here; the half-width one is meant."),
    "gb18030": _l("The file is in GB18030. Save it as UTF-8."),
    "hidden-variable": _l("The stem does not show a variable."),
    "hint-without-gate": _l("This hint stands above everything that it could help with."),
    "indented-marker": _l("This line must begin at the left edge."),
    "indented-option": _l("This option must begin at the left edge."),
    "item-without-objective": _l("This question names no objective."),
    "key-longest": _l("The right option is the longest one."),
    "kprim-four": _l("This rule takes exactly four statements."),
    "kprim-none": _l("None of the four statements is right: at most half can be earned."),
    "level-without-space": _l("Write a space behind the level of an objective."),
    "line-too-long": _l("The line is longer than 10,000 characters."),
    "mark-in-decision": _l("Options of a decision are not marked right; give them points."),
    "mark-in-weighted": _l("Options with points are not marked right as well."),
    "misplaced-heading": _l("Such a heading has no place here."),
    "misplaced-key": _l("This setting has no place here."),
    "misplaced-marker": _l("Answer lines have no place here."),
    "missing-file": _l("The course has no such file."),
    "missing-picture": _l("The course has no such picture."),
    "missing-syllabus": _l("This course has no syllabus, so students do not find its texts."),
    "no-alt": _l("The picture has no words for those who cannot see it."),
    "no-answer": _l("This question has no answer lines."),
    "no-ending": _l("From here a way comes to no ending."),
    "no-explanation": _l("This question has no explanation."),
    "no-front-matter": _l("The text begins with --- and the title, and --- again."),
    "no-hours": _l("The class hours are missing."),
    "no-items": _l("This quiz has no questions."),
    "no-key": _l("No option is marked right."),
    "no-material": _l(
        "This module has no material. Write a line below it: “cases: short-name” or “quizzes: short-name”."
    ),
    "no-module-hours": _l("This module has no class hours."),
    "no-original": _l("This translation has no original."),
    "no-quiz": _l("This case has no quiz."),
    "no-score": _l("An option has no points, or an effect cannot be read."),
    "no-sections": _l("This case has no sections. Open each with ##."),
    "no-space": _l("A space is missing before {."),
    "no-title": _l("The title is missing."),
    "no-translation": _l("This text is not translated yet."),
    "not-utf8": _l("The file is not UTF-8."),
    "objective-without-item": _l("No question asks for this objective."),
    "other-kind": _l("The original is a text of another kind."),
    "other-shape": _l("A question has answer lines of one kind only."),
    "outside-picture": _l("Pictures come from the course alone, not from elsewhere."),
    "overlapping-options": _l("Two options overlap."),
    "part-earns-all": _l("A part of the right options earns as much as all of them."),
    "pasted-answer": _l("This looks like an answer line of another form: 答案：, 解析：."),
    "pasted-option": _l("This looks like an option of another form: A. …"),
    "points-sum": _l("The points do not add up."),
    "reading-section": _l("A reading has no decisions."),
    "repeated-key": _l("This setting stands twice."),
    "repeated-option": _l("Two options are alike."),
    "repeated-variable": _l("This variable is declared twice."),
    "second-key": _l("A second option is marked right; write [x] before each where several are."),
    "stray-attributes": _l("{ } stands once, at the end of the line."),
    "stray-quote": _l("This quotation has no place here."),
    "stray-text": _l("This text has no place among the answer lines."),
    "takes-anything": _l("This blank takes any answer at all."),
    "text-before-heading": _l("Text stands above the first heading."),
    "title-repeated": _l("This group has the title of the quiz. Leave it out."),
    "too-deep": _l("Lists and quotations are nested too deeply."),
    "too-few-options": _l("There are too few options."),
    "too-little-time": _l("Reading alone takes longer than the time given."),
    "too-many-items": _l("A quiz has at most 500 questions."),
    "too-many-options": _l("A question has at most 64 options."),
    "too-many-states": _l("This case has more ways than can be counted. Use fewer dimensions."),
    "too-many-variables": _l("A question has at most 10 variables."),
    "translation-adds": _l("The original has nothing like this."),
    "translation-differs": _l("This differs from the original."),
    "translation-lacks": _l("Something of the original is missing here."),
    "translation-numbers": _l("Numbers differ from the original. Look at the wording."),
    "translation-order": _l("This stands in another order than in the original."),
    "twin-wordings": _l("This blank has a wording twice."),
    "two-arrows": _l("Two <-> stand in one pair."),
    "two-steps": _l("Two steps can be guessed. Write three or more."),
    "unbalanced-keys": _l("Too many keys stand at one position. Spread them, or shuffle."),
    "unclosed-fence": _l("This fence of code is never closed."),
    "unclosed-front-matter": _l("The settings at the top are never closed with ---."),
    "unknown-dimension": _l("This case has no such dimension."),
    "unknown-key": _l("There is no such setting."),
    "unknown-kind": _l("Nothing says what kind of text this is."),
    "unknown-module": _l("The syllabus has no such module."),
    "unknown-objective": _l("The syllabus has no such objective."),
    "unknown-section": _l("This heading names no kind of section."),
    "unknown-slug": _l("The course has no text of this name."),
    "unknown-target": _l("There is no section with this id."),
    "unmarked-negation": _l("The stem holds a negation that is easily overlooked. Write it **bold**."),
    "unreachable": _l("No way leads here."),
    "unused-variable": _l("The key does not depend on a variable."),
    "walled-case": _l("The case is for exams only, this quiz is for practice."),
}


#: more of a word at fault is not repeated
LONGEST = 60


def sentence_of(diagnostic: Diagnostic) -> str:
    """Return what a diagnostic says: the word at fault, what is wrong, what to write instead."""
    said, fix = sentence_of_code(diagnostic.code), diagnostic.fix
    if not isinstance(fix, Hint):
        return said
    if fix.word:
        word = fix.word if len(fix.word) <= LONGEST else f"{fix.word[:LONGEST]}…"
        said = gettext("“%(word)s”: %(said)s", word=word, said=said)
    return sentences(said, *_advice(fix))


def _advice(hint: Hint) -> Iterator[str]:
    if hint.write:
        yield gettext("Write “%(text)s”.", text=hint.write)
    if hint.meant:
        yield gettext("Did you mean “%(word)s”?", word=hint.meant)
    if hint.known:
        yield gettext("What can stand here: %(words)s.", words=", ".join(hint.known))


def sentence_of_code(code: str) -> str:
    """Return what diagnostics of a code say."""
    return str(SENTENCES[code])
