"""The shapes of answer lines, one module a shape; ``SHAPES`` is the registry."""

from app.content.shapes.blanks import BLANKS
from app.content.shapes.choice import MULTIPLE, SINGLE
from app.content.shapes.cloze import CLOZE
from app.content.shapes.constructed import CONSTRUCTED, UPLOAD
from app.content.shapes.info import INFO
from app.content.shapes.judgement import BEST_WORST, RATING, WEIGHTED
from app.content.shapes.numeric import NUMERIC
from app.content.shapes.order import MATCHING, ORDERING
from app.content.shapes.shape import Answers, Shape
from app.content.shapes.truth import TRUE_FALSE
from app.content.shapes.walk import WALK
from app.domain.items import ItemType

#: in the order in which they are asked; blanks take every ``=`` line that is left
SHAPES: tuple[Shape, ...] = (
    INFO,
    WALK,
    CLOZE,
    BEST_WORST,
    WEIGHTED,
    SINGLE,
    RATING,
    MULTIPLE,
    ORDERING,
    MATCHING,
    TRUE_FALSE,
    NUMERIC,
    BLANKS,
    UPLOAD,
    CONSTRUCTED,
)
#: a cloze is written as the other blanks are
_BY_TYPE = {shape.type: shape for shape in SHAPES}


def find_shape(answers: Answers) -> Shape | None:
    """Return the shape that the item has by its heading and first answer line."""
    return next((shape for shape in SHAPES if shape.claims(answers)), None)


def shape_of(item_type: ItemType) -> Shape:
    """Return the shape of a type."""
    return _BY_TYPE[item_type]
