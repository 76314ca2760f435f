"""Every page there is, with something on it: who sees it, and under which address."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page

from tests.browser import tour_exams
from tests.browser.answering import answer, answer_all, check, hand_in
from tests.browser.looking import WIDTHS
from tests.browser.people import let_in
from tests.browser.site import (
    ADMIN,
    CASE,
    COURSE,
    INSTRUCTOR,
    QUIZ,
    Person,
    Site,
    ask,
    enrol_student,
    items_of,
)
from tests.browser.tour_files import upload_files
from tests.browser.tour_texts import WRITTEN, write_texts
from tests.browser.walking import WAY, answer_question, begin_case, decide, judge
from tests.browser.words import BROWSERS

OTHER = "costly-smile"
DRILL = "service-drill"
DRILLED = ("drill-tries", "drill-result")
PAPERS = ("plan", "syllabus", "coverage")
TAUGHT = (
    "class",
    "class-roster",
    "quizzes",
    "quiz-keys",
    "quiz-print",
    "two-way-table",
    "bank",
    "stock",
    "plan",
    "syllabus",
    "coverage",
)
#: the item bank, and what is stale once a text has changed
BANK = {
    "item-bank": "/teach/bank/?q=chemen&used=never",
    "question": f"/teach/bank/questions/{COURSE}/{QUIZ}/first-door",
    "doubles": "/teach/bank/doubles",
    "pick": f"/teach/bank/pick?item={COURSE}/{QUIZ}/first-door",
    "stale": "/teach/stale/",
    "guide": "/teach/guide",
}
LESSONS = (("overview", "2", "第一周"), ("overview", "1", ""), ("ticketing", "1.5", "借用205教室"))


@dataclass(frozen=True, slots=True)
class Stop:
    """A page: its name in file names, who asks for it, its path."""

    name: str
    person: Person | None
    path: str


@dataclass(slots=True)
class Traces:
    """Where the people of the tour have been: paths by name."""

    paths: dict[str, str] = field(default_factory=dict)

    def note(self, name: str, page: Page, site: Site) -> None:
        """Remember the path of the page that one is on."""
        self.paths[name] = page.url.removeprefix(site.address).partition("#")[0]


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of the tour."""

    diligent: Person
    fresh: Person
    forgetful: Person
    lost: Person
    #: handed an exam in
    examined: Person


def new_page(chromium: Browser, site: Site, language: str, person: Person | None) -> Page:
    """Open a page of a new browser, signed in if somebody is named."""
    context = chromium.new_context(
        base_url=site.address,
        locale=BROWSERS[language],
        viewport=WIDTHS["desktop"],
        reduced_motion="reduce",
    )
    if person:
        let_in(context, person)
    return context.new_page()


def prepare_tour(chromium: Browser, site: Site) -> list[Stop]:
    """Let people do what leaves something on every page, and list the pages."""
    cast = make_cast(site)
    traces = Traces()
    exam = tour_exams.set_exam(site)
    traces.paths["exam-notice"] = f"/exams/{exam}"
    page = new_page(chromium, site, "zh", cast.diligent)
    walk_about(page, site, traces)
    practise(page, site, traces)
    drill(page, site, traces)
    tour_exams.sit(page, site, exam, traces.note)
    page.context.close()
    page = new_page(chromium, site, "zh", cast.examined)
    tour_exams.finish(page, site, exam, traces.note)
    page.context.close()
    page = new_page(chromium, site, "zh", INSTRUCTOR)
    teach(page, site, traces, cast)
    tour_exams.watch(page, site, exam, traces.note)
    page.context.close()
    page = new_page(chromium, site, "zh", ADMIN)
    administer(page, site, traces, cast)
    page.context.close()
    return [*public_stops(cast), *student_stops(cast, traces), *staff_stops(traces)]


def make_cast(site: Site) -> Cast:
    """Give accounts to those who are toured."""
    diligent, fresh = enrol_student(site, "方知远"), enrol_student(site, "欧阳晓桐")
    lost = Person("20260399", "路过")
    ask(site, "users", "add", lost.login, "--name", lost.name, "--password-stdin", told=lost.password)
    told = ask(site, "users", "add", "20260398", "--name", "王忘机")
    forgetful = Person("20260398", "王忘机", told.strip().rpartition(" ")[2])
    return Cast(diligent, fresh, forgetful, lost, enrol_student(site, "南宫问"))


def walk_about(page: Page, site: Site, traces: Traces) -> None:
    """Read, stop in the middle of one case, finish the other twice, once well and once badly."""
    begin_case(page, f"{site.course}/cases/why-ground-service")
    traces.note("reading", page, site)
    begin_case(page, f"{site.course}/cases/{OTHER}")
    decide(page, "first-move", 1, "先说实话，免得大家白等。")
    traces.note("walk-begun", page, site)
    begin_case(page, f"{site.course}/cases/{CASE}")
    decide(page, *WAY[0])
    decide(page, *WAY[1][:2])
    for section, choice, reason in WAY[2:]:
        decide(page, section, choice, reason)
    answer_question(
        page, "why", "他先开了后排的门。外国女宾来赴晚宴，按国际惯例应先为她开门。先道歉，再护送。"
    )
    judge(page, "zh", "why", (1, 3))
    answer_question(page, "another-car", "公务拜访，先开后排，再为助理开门。")
    traces.note("walk-ended", page, site)


def practise(page: Page, site: Site, traces: Traces) -> None:
    """Hand one quiz in, stop in the middle of the other."""
    items = items_of(site, QUIZ, "zh")
    begin_case(page, f"{site.course}/quizzes/{QUIZ}")
    answer_all(page, "zh", items, but="canopy")
    for wrong in ("first-door", "two-rules"):
        page.locator(f"[data-item='{wrong}'] label input").first.check()
    check(page, "zh")
    hand_in(page, "zh")
    traces.note("result", page, site)
    begin_case(page, f"{site.course}/quizzes/{OTHER}")
    traces.note("paper", page, site)
    for item in items_of(site, OTHER, "zh")[:4]:
        answer(page, "zh", item)
    check(page, "zh")
    traces.note("review", page, site)


def drill(page: Page, site: Site, traces: Traces) -> None:
    """Hand the quiz of every type in, wrong in part; stop at another try with a hint and a decision."""
    begin_case(page, f"{site.course}/quizzes/{DRILL}")
    for item, right in (("guard", 1), ("first-words", 1)):
        page.locator(f"[data-item='{item}'] label input").nth(right).check()
    page.locator("[name='answer-words.1']").fill("女士優先")
    page.locator("[data-item='steps'] .step-down").first.click()
    page.locator("[data-item='areas'] select").first.select_option(index=2)
    page.locator("[data-item='lobby'] .pill").nth(2).click()
    page.locator("[data-item='wording'] .pill").nth(3).click()
    check(page, "zh")
    hand_in(page, "zh")
    traces.note("drill-result", page, site)
    page.goto(f"{site.course}/quizzes/{DRILL}")
    page.locator("#behaviour-tries").check()
    page.locator("main form button[type=submit]").click()
    page.locator("[data-item='door'] label input").first.check()
    traces.note("drill-tries", page, site)
    page.locator("[data-item='door'] button[name=check]").click()
    # what is chosen while the page goes would be gone with it
    page.locator("[data-item='door'] .try-again").wait_for()
    page.locator("[data-item='walk'] label input").first.check()
    page.locator("[name='reason-walk']").fill("后排是上座。")
    page.locator("[data-item='walk'] button[name=commit]").click()
    page.locator("[data-item='walk'] .choice-taken").wait_for()


def teach(page: Page, site: Site, traces: Traces, cast: Cast) -> None:
    """Record class hours, and find the pages of the offering."""
    page.goto("/teach/")
    page.locator("main a[href*='/offerings/']").first.click()
    traces.note("matrix", page, site)
    page.get_by_role("link", name=cast.diligent.name).click()
    traces.note("record", page, site)
    offering = traces.paths["matrix"]
    traces.paths |= {
        "class": f"{offering}/people",
        "class-roster": f"{offering}/people/roster",
        "hours": f"{offering}/hours",
        "terms": f"{offering}/terms",
        "paths": f"{offering}/paths/{CASE}",
        "quizzes": f"{offering}/quizzes",
        "quiz-keys": f"{offering}/quizzes/{DRILL}?item=words&answer=女士優先&answer=扶",
        "quiz-print": f"{offering}/quizzes/{DRILL}/print",
        "two-way-table": f"{offering}/quizzes/{DRILL}/table",
        "bank": f"{offering}/exams/blueprint",
        **{name: f"{offering}/{name}" for name in PAPERS},
        "stock": f"{offering}/exams/blueprint?quiz={QUIZ}&quiz={DRILL}",
    }
    page.goto(traces.paths["hours"])
    for module, hours, note in LESSONS:
        page.locator("[name=module]").select_option(module)
        page.locator("[name=hours]").fill(hours)
        page.locator("[name=held_on]").fill("2026-03-02")
        page.locator("[name=note]").fill(note)
        page.locator("form:has([name=hours]) button[type=submit]").click()
    write_texts(page, traces.paths, offering)
    upload_files(page, traces.paths, offering)


def administer(page: Page, site: Site, traces: Traces, cast: Cast) -> None:
    """Find the page of a person."""
    page.goto(f"/admin/people?q={cast.diligent.login}")
    page.get_by_role("link", name=cast.diligent.name).click()
    traces.note("person", page, site)


def public_stops(cast: Cast) -> Iterator[Stop]:
    """Return the pages that need no place in a course."""
    yield Stop("welcome", None, "/")
    yield Stop("sign-in", None, "/login")
    yield Stop("course-public", None, f"/courses/{COURSE}")
    yield Stop("not-found", None, "/nowhere")
    yield Stop("verify", None, "/verify")
    yield Stop("home-without-course", cast.lost, "/")
    yield Stop("password-forced", cast.forgetful, "/password")


def student_stops(cast: Cast, traces: Traces) -> Iterator[Stop]:
    """Return the pages of students."""
    course = f"/courses/{COURSE}"
    yield Stop("home-fresh", cast.fresh, "/")
    yield Stop("case-fresh", cast.fresh, f"{course}/cases/{CASE}")
    yield Stop("quiz-fresh", cast.fresh, f"{course}/quizzes/{QUIZ}")
    yield Stop("home-student", cast.diligent, "/")
    yield Stop("course", cast.diligent, course)
    yield Stop("case", cast.diligent, f"{course}/cases/{CASE}")
    yield Stop("reading-page", cast.diligent, f"{course}/cases/why-ground-service")
    for name in ("reading", "walk-begun", "walk-ended", "paper", "review", "result", *DRILLED):
        yield Stop(name, cast.diligent, traces.paths[name])
    yield Stop("quiz", cast.diligent, f"{course}/quizzes/{QUIZ}")
    yield Stop("password", cast.diligent, "/password")
    yield Stop("forbidden", cast.diligent, "/teach/")
    yield Stop("exam-notice", cast.fresh, traces.paths["exam-notice"])
    for name in ("exam-paper", "exam-review"):
        yield Stop(name, cast.diligent, traces.paths[name])
    yield Stop("exam-handed-in", cast.examined, traces.paths["exam-handed-in"])


def staff_stops(traces: Traces) -> Iterator[Stop]:
    """Return the pages of those who teach and administer."""
    yield Stop("home-teaching", INSTRUCTOR, "/")
    yield Stop("teaching", INSTRUCTOR, "/teach/")
    for name in ("matrix", "record", "paths", *TAUGHT, *WRITTEN, "files", "hours", "terms", *tour_exams.HELD):
        yield Stop(name, INSTRUCTOR, traces.paths[name])
    for name, path in BANK.items():
        yield Stop(name, INSTRUCTOR, path)
    yield Stop("course-teaching", INSTRUCTOR, f"/courses/{COURSE}")
    yield Stop("home-admin", ADMIN, "/")
    yield Stop("people", ADMIN, "/admin/people")
    yield Stop("people-none", ADMIN, "/admin/people?q=nobody-at-all")
    yield Stop("new-person", ADMIN, "/admin/people/new")
    yield Stop("roster", ADMIN, "/admin/people/roster")
    yield Stop("first-passwords", ADMIN, "/admin/people/passwords")
    yield Stop("person", ADMIN, traces.paths["person"])
    yield Stop("audit", ADMIN, "/admin/audit")
    yield Stop("audit-none", ADMIN, "/admin/audit?person=nobody-at-all")
