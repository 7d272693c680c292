"""phonebench measures how well, how fast and at what cloud cost a model operates an Android phone."""

__version__ = "0.1.0"
