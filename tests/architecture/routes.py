"""All routes of the product, as the tests of permissions and of the cast walk through them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

# Views of other packages: no decorator of ours can sit on them. Prefix of the address: why it is safe.
FOREIGN = {
    "konto/": "allauth: signing in, password, two-step sign-in, own sessions; it guards its own pages",
}
CONVERTERS = {
    "slug": "nie-ma",
    "int": "999999999",
    "str": "nie-ma",
    "uuid": "00000000-0000-4000-8000-000000000000",
}


@dataclass(frozen=True)
class Route:
    """A route: its whole pattern, its name with namespace, the names and kinds of its parameters."""

    pattern: str
    name: str
    view: Callable
    parameters: tuple[tuple[str, str], ...]

    @property
    def permission(self) -> str:
        return getattr(self.view, "permission", "")

    @property
    def public_reason(self) -> str:
        return getattr(self.view, "public_reason", "")

    @property
    def names(self) -> set[str]:
        return {name for name, _ in self.parameters}

    def address(self, **values: object) -> str:
        """The path with the given values; other parameters get one that no row has."""

        def fill(match: re.Match) -> str:
            kind, name = match[1] or "str", match[2]
            return str(values.get(name, CONVERTERS.get(kind, "nie-ma")))

        return "/" + re.sub(r"<(?:(\w+):)?(\w+)>", fill, self.pattern)


def walk(patterns: Iterable[URLPattern | URLResolver], prefix: str = "", space: str = "") -> Iterator[Route]:
    for item in patterns:
        pattern = prefix + str(item.pattern)
        if isinstance(item, URLResolver):
            inner = ":".join(filter(None, [space, item.namespace or ""]))
            yield from walk(item.url_patterns, pattern, inner)
            continue
        name = ":".join(filter(None, [space, item.name or ""]))
        parameters = tuple((name, kind or "str") for kind, name in re.findall(r"<(?:(\w+):)?(\w+)>", pattern))
        yield Route(pattern, name, item.callback, parameters)


def own_routes() -> list[Route]:
    """The product's own routes, without the foreign ones."""
    routes = walk(get_resolver().url_patterns)
    return [route for route in routes if not route.pattern.startswith(tuple(FOREIGN))]
