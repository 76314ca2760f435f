"""The render process of this server: started when first needed, kept for whoever writes next."""

from functools import lru_cache

from app.content.render import Renderer

#: a text of the largest size takes longer than a paragraph
SECONDS = 5.0


@lru_cache(maxsize=1)
def renderer() -> Renderer:
    """Return the renderer that all authors of this server share; it ends with the server."""
    return Renderer(SECONDS)
