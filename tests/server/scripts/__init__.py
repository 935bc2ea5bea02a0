"""The words of the scripted server, a file a theme; `registry` says how to add one."""

from importlib import import_module
from pkgutil import iter_modules

from scripts.registry import WORDS, Events, Word, word

for _module in sorted(module.name for module in iter_modules(__path__)):
    import_module(f"{__name__}.{_module}")

__all__ = ["WORDS", "Events", "Word", "word"]
