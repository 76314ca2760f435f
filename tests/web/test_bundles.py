"""Files that are sent as one: each whole, in order, scripts behind what they import."""

import re

import pytest

from app.web.bundles import MOST, NoBundle, bundle_name, compose_bundle
from app.web.static_files import STATIC

ENTRIES = sorted(path.stem for path in (STATIC / "js").glob("*.js"))


@pytest.fixture
def static(tmp_path):
    """Return what writes files, and the folder."""

    def write(**files):
        for name, text in files.items():
            path = tmp_path / "js" / f"{name.replace('__', '/')}.js"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return tmp_path

    return write


def joined(folder, *names):
    return compose_bundle(folder, bundle_name("js", names, ".js")).decode()


def test_style_sheets_stand_in_the_order_of_their_names(tmp_path):
    (tmp_path / "css").mkdir()
    for name in "abc":
        (tmp_path / "css" / f"{name}.css").write_text(f".{name} {{}}")

    assert compose_bundle(tmp_path, "css/c+a.css") == b".c {}\n.a {}"


def test_a_script_stands_behind_what_it_imports_and_that_only_once(static):
    folder = static(
        first='import { one } from "./shared/one.js";\none();',
        second='import {\n  two as other,\n  three,\n} from "./shared/two.js";\nother(three);',
        shared__one="export function one() {}",
        shared__two='import { one } from "./one.js";\nexport const two = 2;\nexport class three {}',
    )

    text = joined(folder, "first", "second")

    assert re.findall(r"^// (js/\S+\.js)$", text, re.MULTILINE) == [
        "js/shared/one.js",
        "js/first.js",
        "js/shared/two.js",
        "js/second.js",
    ]
    assert "const { one } = module0;" in text
    assert re.search(r"const \{\s+two: other,\s+three,\s+\} = module2;", text)
    assert "return { two, three };" in text
    assert not re.search("^(import|export)", text, re.MULTILINE)


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_script_of_ours_can_be_joined(entry):
    assert f"// js/{entry}.js" in joined(STATIC, entry)


def test_scripts_that_import_each_other_are_refused(static):
    folder = static(
        a='import { b } from "./b.js";\nexport const a = 1;',
        b='import { a } from "./a.js";\nexport const b = 1;',
    )

    with pytest.raises(NoBundle, match="imports itself"):
        joined(folder, "a")


@pytest.mark.parametrize(
    "text",
    [
        'import x from "./x.js";',
        'import * as x from "./x.js";',
        'import { x } from "elsewhere";',
        "export let x = 1;",
        "export default 1;",
        'export { x } from "./x.js";',
    ],
)
def test_what_cannot_be_joined_is_refused(static, text):
    with pytest.raises(NoBundle):
        joined(static(a=text, x="export const x = 1;"), "a")


def test_what_a_module_does_not_export_is_refused(static):
    folder = static(a='import { one, two } from "./b.js";', b="export const one = 1, two = 2;")

    with pytest.raises(NoBundle, match=r"js/a\.js: js/b\.js exports no two"):
        joined(folder, "a")


@pytest.mark.parametrize("path", sorted(STATIC.rglob("*.css")), ids=lambda path: path.stem)
def test_every_style_sheet_of_ours_can_be_named(path):
    assert compose_bundle(STATIC, path.relative_to(STATIC).as_posix()) == path.read_bytes()


@pytest.mark.parametrize(
    "name",
    [
        "js/none.js",
        "js/theme+none.js",
        "js/theme+theme.js",
        "js/.js",
        "js/theme+.js",
        "js/../../setup.js",
        "../app/x.js",
        "js/..+theme.js",
        "none/theme.js",
        "js/theme.js/x.js",
        "js/" + "+".join(ENTRIES[: MOST + 1]) + ".js",
    ],
)
def test_what_is_not_there_is_404(client, name):
    with pytest.raises(NoBundle):
        compose_bundle(STATIC, name)
    assert client.get(f"/static/000000000000/{name}").status_code == 404


def test_scripts_of_every_page_share_nothing_with_those_of_one():
    """They are two files: what both brought with them would be there twice."""
    common = re.findall(
        r"^// (js/\S+\.js)$", joined(STATIC, "theme", "menu", "confirm", "once"), re.MULTILINE
    )

    assert common == ["js/theme.js", "js/menu.js", "js/confirm.js", "js/once.js"]
