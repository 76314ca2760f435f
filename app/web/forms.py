"""What all forms have in common."""

from typing import Any

from flask import request
from flask_wtf import FlaskForm


class Form(FlaskForm):
    """A form that is filled by form fields only: JSON of any shape leaves it empty, never breaks it."""

    class Meta(FlaskForm.Meta):
        """Where the values come from."""

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Return the values that were sent."""
            return None if request.is_json else super().wrap_formdata(form, formdata)
