"""Names of apps, from the table in apps.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

import yaml


def app_name(package: str) -> str:
    """The label under which a phone shows the package; the package itself when it is not in the table."""
    names = app_names().get(package)
    return names[0] if names else package


@lru_cache(maxsize=1)
def app_names() -> Mapping[str, tuple[str, ...]]:
    """Package -> its names, the phone's own label first."""
    text = resources.files("phonebench.uitree").joinpath("apps.yaml").read_text("utf-8")
    return {package: tuple(names) for package, names in yaml.safe_load(text).items()}
