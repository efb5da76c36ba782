"""Content security policies: does one allow an address?"""

from urllib.parse import SplitResult, urlsplit

FALLBACKS = {
    "script-src": ("script-src-elem", "script-src", "default-src"),
    "connect-src": ("connect-src", "default-src"),
    "frame-src": ("frame-src", "child-src", "default-src"),
}
PORTS = {"http": 80, "https": 443}


def allows(policy: str, directive: str, address: str, own_origin: str, nonce: str = "") -> bool:
    """Whether the policy, one of those of a page at `own_origin`, lets it load the address."""
    sources = _sources(policy, directive)
    if sources is None:
        return True
    if nonce and f"'nonce-{nonce}'" in sources:
        return True
    if "'strict-dynamic'" in sources:
        return False
    return any(_matches(source, urlsplit(address), urlsplit(own_origin)) for source in sources)


def _sources(policy: str, directive: str) -> list[str] | None:
    """The sources of the directive, or of the one that stands for it; None where the policy says nothing of it."""
    given: dict[str, list[str]] = {}
    for part in policy.split(";"):
        name, *sources = part.split() or [""]
        given.setdefault(name.lower(), sources)
    return next((given[name] for name in FALLBACKS[directive] if name in given), None)


def _matches(source: str, address: SplitResult, own: SplitResult) -> bool:
    if source == "'self'":
        return (address.scheme, address.netloc) == (own.scheme, own.netloc)
    if source.startswith("'"):
        return False
    if source == "*":
        return address.scheme in PORTS
    if source.endswith(":") and "/" not in source:
        return _scheme_fits(source[:-1].lower(), address.scheme)
    named = urlsplit(source if "://" in source else f"{own.scheme}://{source}")
    return (
        _scheme_fits(named.scheme, address.scheme)
        and _host_fits(named.hostname or "", address.hostname or "")
        and _port_fits(named, address)
        and _path_fits(named.path, address.path)
    )


def _scheme_fits(named: str, actual: str) -> bool:
    return named == actual or (named == "http" and actual == "https")


def _host_fits(named: str, actual: str) -> bool:
    return actual.endswith(named[1:]) if named.startswith("*.") else named == actual


def _port_fits(named: SplitResult, address: SplitResult) -> bool:
    if named.netloc.endswith(":*"):
        return True
    actual = address.port or PORTS.get(address.scheme)
    return (named.port or PORTS.get(address.scheme)) == actual


def _path_fits(named: str, actual: str) -> bool:
    if named in ("", "/"):
        return True
    return actual.startswith(named) if named.endswith("/") else actual == named
