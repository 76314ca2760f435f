"""A question as other people's files write it: texts by their field, nothing understood yet."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.imported import Note, Section
from app.domain.words import Sentence

#: field -> what it may be called, the Chinese name and the English name first
FIELDS: Mapping[str, tuple[str, ...]] = {
    "section": ("大题", "Part", "部分", "大题名称", "section"),
    "type": ("题型", "Type", "题目类型", "试题类型", "类型", "questiontype"),
    "stem": ("题干", "Question", "试题", "题目", "问题", "问题描述", "题目内容", "试题内容", "stem", "title"),
    "answer": (
        *("答案", "Answer", "正确答案", "标准答案", "参考答案", "正确选项", "正确项", "答", "key"),
        *("correctanswer", "answers"),
    ),
    "points": ("分值", "Points", "分数", "本题分值", "题目分值", "score", "mark", "marks"),
    "difficulty": ("难度", "Difficulty", "题目难度", "难易度", "难易程度"),
    "topic": ("知识点", "Topic", "考点", "知识点名称", "知识分类", "标签", "topics", "tags"),
    "level": ("层次", "Level", "认知层次", "要求层次", "能力层次"),
    "objectives": ("目标", "Objectives", "教学目标", "课程目标", "objective"),
    "module": ("章节/模块", "Module", "章节", "模块", "课程结构", "题目分类", "chapter"),
    "explanation": (
        *("解析", "Explanation", "答案解析", "试题解析", "题目解析", "解答", "详解", "feedback"),
        "解析说明",
    ),
    "criteria": ("评分标准", "Marking points", "评分要点", "评分细则", "采分点", "得分点", "rubric"),
    "partial": ("少选得分", "Scoring", "多选计分", "计分", "计分方式", "漏选得分", "部分得分"),
    "hint": ("提示", "Hint", "解题提示", "hints"),
    "words": ("字数", "Words", "字数要求"),
    "files": ("附件类型", "Files", "文件类型", "附件格式", "filetypes"),
    "parent": ("父题号", "Belongs to", "父题", "公共题目", "所属材料", "parent"),
    "id": ("编号", "Id", "题目编号", "试题编号", "原题号", "题号", "序号", "no", "number"),
}


def fold(text: str) -> str:
    """Return a head or label without what does not tell it apart.

    >>> fold(" 选项 Ａ："), fold("Marking points")
    ('选项a', 'markingpoints')
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(plain.split()).strip(":*()[]【】")


HEADS: Mapping[str, str] = {fold(name): key for key, names in FIELDS.items() for name in names}


@dataclass(slots=True)
class Question:
    """One question: its line, its texts by field, its options in order, what was lost on the way.

    ``number`` is its own in the text, ``part`` that of its section there. The texts of ``defaults`` come
    from its section and yield to its own.
    """

    line: int
    texts: dict[str, str] = field(default_factory=dict)
    options: list[str] = field(default_factory=list)
    losses: list[Sentence] = field(default_factory=list)
    fault: Sentence | None = None
    section: Section = field(default_factory=Section)
    defaults: Mapping[str, str] = field(default_factory=dict)
    number: int = 0
    #: the number of the question whose text is the shared stem, 0 where there is none
    outer: int = 0
    part: int = 0
    place: str = ""

    def __getitem__(self, name: str) -> str:
        """Return the text of a field; empty where there is none."""
        return self.texts.get(name) or self.defaults.get(name, "")


@dataclass(slots=True)
class Sheet:
    """The questions of a file, and what was lost that belongs to none of them."""

    questions: list[Question] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def note(self, line: int, said: Sentence) -> None:
        """Note a loss."""
        self.notes.append(Note(line, said))


_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def clean(text: str) -> str:
    """Return a text without the signs that nobody sees and no text may hold, tabs as spaces."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\x0b", "\n")
    return unicodedata.normalize("NFC", _UNSEEN.sub("", plain))
