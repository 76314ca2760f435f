"""The shapes of answer lines, one module a shape; ``SHAPES`` is the registry."""

from app.content.shapes.blanks import BLANKS
from app.content.shapes.choice import MULTIPLE, SINGLE
from app.content.shapes.constructed import CONSTRUCTED
from app.content.shapes.info import INFO
from app.content.shapes.numeric import NUMERIC
from app.content.shapes.shape import Answers, Shape
from app.content.shapes.truth import TRUE_FALSE
from app.domain.items import ItemType

#: in the order in which they are asked; blanks take every ``=`` line that is left
SHAPES: tuple[Shape, ...] = (INFO, SINGLE, MULTIPLE, TRUE_FALSE, NUMERIC, BLANKS, CONSTRUCTED)
_BY_TYPE = {shape.type: shape for shape in SHAPES}


def find_shape(answers: Answers) -> Shape | None:
    """Return the shape that the item has by its heading and first answer line."""
    return next((shape for shape in SHAPES if shape.claims(answers)), None)


def shape_of(item_type: ItemType) -> Shape:
    """Return the shape of a type."""
    return _BY_TYPE[item_type]
