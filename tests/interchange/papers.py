"""Word documents as teachers and their programs write them: raw parts with automatic numbers."""

from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
}
NAMES = " ".join(f'xmlns:{name}="{address}"' for name, address in SPACES.items())
LEVEL = '<w:lvl w:ilvl="{0}"><w:start w:val="1"/><w:numFmt w:val="{1}"/><w:lvlText w:val="{2}"/></w:lvl>'
#: list 1: parts; list 2: questions with their options below
LISTS = (
    f'<w:abstractNum w:abstractNumId="1">{LEVEL.format(0, "chineseCounting", "%1、")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="2">{LEVEL.format(0, "decimal", "%1.")}'
    f"{LEVEL.format(1, 'upperLetter', '%2.')}</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="2"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


def run(text, looks=""):
    """Return a run; its looks are the properties of the run."""
    return f'<w:r><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(text, number=None, more=""):
    """Return a paragraph, numbered by list and level."""
    listed = (
        f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>' if number else ""
    )
    return f"<w:p><w:pPr>{listed}</w:pPr>{run(text) if text else ''}{more}</w:p>"


def table(rows):
    cells = "".join(
        f"<w:tr>{''.join(f'<w:tc>{paragraph(cell)}</w:tc>' for cell in row)}</w:tr>" for row in rows
    )
    return f"<w:tbl>{cells}</w:tbl>"


def picture(relation):
    return f'<w:r><w:drawing><a:blip r:embed="{relation}"/></w:drawing></w:r>'


EQUATION = "<m:oMath><m:r><m:t>x²+1</m:t></m:r></m:oMath>"
TEXT_BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>'
    f"{paragraph('框里的字')}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict/>"
    "</mc:Fallback></mc:AlternateContent></w:r>"
)
FOOTNOTE = '<w:r><w:footnoteReference w:id="2"/></w:r>'


def document(*blocks, pictures=None, parts=None, head=""):
    """Return a document; ``pictures`` maps relations to bytes, ``parts`` replaces whole parts."""
    links = "".join(
        f'<Relationship Id="{name}" Type="image" Target="media/{name}.bin"/>' for name in pictures or {}
    )
    made = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"{head}<w:document {NAMES}><w:body>{''.join(blocks)}</w:body></w:document>",
        "word/numbering.xml": f"<w:numbering {NAMES}>{LISTS}</w:numbering>",
        "word/_rels/document.xml.rels": f"<Relationships>{links}</Relationships>",
        **{f"word/media/{name}.bin": data for name, data in (pictures or {}).items()},
        **(parts or {}),
    }
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, data in made.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def long_paper(count=200):
    """Return a paper of so many questions in four parts, with automatic numbers and answers at the end."""
    quarter = count // 4
    blocks = [paragraph("《民航服务礼仪》期末试卷"), paragraph("班级____ 姓名____ 学号____")]
    blocks.append(paragraph(f"单项选择题（每题2分，共{2 * quarter}分）", (1, 0)))
    for number in range(1, quarter + 1):
        blocks.append(paragraph(f"第{number}位客人到来，先做什么？（  ）", (2, 0)))
        blocks += [paragraph(f"{word}{number}", (2, 1)) for word in ("问候", "登记", "询问", "送客")]
    blocks.append(paragraph(f"多项选择题（每题4分，少选得1分，共{4 * quarter}分）", (1, 0)))
    for number in range(1, quarter + 1):
        blocks.append(paragraph(f"{number}．礼仪{number}包括"))
        blocks.append(paragraph(f"A．微笑{number}\tB．起立{number}\tC．背对{number}"))
    blocks.append(paragraph("判断题（每题1分）", (1, 0)))
    blocks += [paragraph(f"女士优先{number}。", (3, 0)) for number in range(1, quarter + 1)]
    blocks.append(paragraph("简答题（每题5分）", (1, 0)))
    blocks += [paragraph(f"{number}、简述接待流程{number}。") for number in range(1, quarter + 1)]
    blocks.append(paragraph("参考答案"))
    letters = "".join("ABCD"[number % 4] for number in range(quarter))
    blocks.append(paragraph(f"一、单项选择题 1-{quarter} {letters}"))
    blocks.append(paragraph(f"二、多项选择题 {' '.join(f'{number}.AB' for number in range(1, quarter + 1))}"))
    blocks.append(paragraph(f"三、判断题 1～{quarter} {'√×' * (quarter // 2)}{'√' * (quarter % 2)}"))
    blocks.append(paragraph("四、简答题"))
    blocks += [paragraph(f"{number}．先问候，再登记{number}。") for number in range(1, quarter + 1)]
    return document(*blocks)


#: an exam as it lies on many a desk: numbers that run through, keys left in brackets, answers at the end
EXAM = """2024-2025学年第一学期《饭店服务礼仪》期末考试试卷（A卷）
班级：______  姓名：______  学号：______

一、单项选择题(本大题共3小题,每小题2分,共6分)
1.引导客人时，应走在客人的(    )。
A.左前方     B.右前方
C.左后方     D.右后方
2、握手时，应由谁先伸手？
A、客人
B、主人
C、长者
D、都可以
3．下列说法不正确的是（ C ）
A．微笑是礼貌    B．目光要平视    C．可以背对客人    D．站姿要端正

二、多项选择题（每小题3分，共6分。少选得1分，多选、错选不得分）
4.礼仪的原则有（     ）。
A.尊重
B.平等
C.适度
D.随意
5. 下列属于服务用语的是( )
A.您好 B.请稍等 C.对不起 D.喂

三、判断题（对的打"√"，错的打"×"，每题1分，共2分）
6.（  ）女士优先是国际惯例。
7. 进电梯时应让客人先进。（   ）

四、填空题（每空1分，共3分）
8.握手的时间一般为______秒，距离约______米。
9. 鞠躬15度表示（      ）。

五、名词解释（每题4分，共4分）
10.礼仪

六、简答题（每题6分，共6分）
11.简述接待工作的基本程序。

七、案例分析题（共13分）
12.一位外宾乘车抵达酒店，门童小李先为后排男士开门，前排女士面露不悦。
问：(1)女士为什么不悦？
(2)小李应该怎么做？

参考答案
一、1.A  2.B  3.C
二、4.ABC  5.ABC
三、6.√ 7.×
四、8. 3-5 | 1   9. 致意
五、10.礼仪是人们在交往中约定俗成的行为规范。
六、11.(1)迎客；(2)问候；(3)引导；(4)送客。
七、12.(1)违反女士优先。
(2)先开副驾驶门，并护顶。
"""
