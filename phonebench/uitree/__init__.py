"""A screen in words: the UI dump parsed, its compressed text, names of apps. Imports only the nouns."""

from phonebench.uitree.apps import app_name, app_names
from phonebench.uitree.compress import Line, compressed, lines
from phonebench.uitree.parse import MAX_DEPTH, parse_ui
from phonebench.uitree.touched import texts_at, touched

__all__ = ["MAX_DEPTH", "Line", "app_name", "app_names", "compressed", "lines", "parse_ui", "texts_at", "touched"]
