"""Files that commands write."""

from pathlib import Path

from service.errors import RettidigError


class WouldOverwriteError(RettidigError):
    da = "{file}: det er selve planen. Skriv til en fil med et andet navn."
    en = "{file}: that is the plan itself. Write to a file of another name."


class CannotWriteError(RettidigError):
    da = "{file}: filen kan ikke skrives ({reason}). Vælg en anden mappe, eller giv adgang til den."
    en = "{file}: the file cannot be written ({reason}). Choose another folder or allow writing there."


def write_whole(path: Path, text: str, document: Path) -> None:
    """The file, whole or not at all; what stood in a file of that name before is kept beside it."""
    if path.resolve() == document.resolve():
        raise WouldOverwriteError(file=path.name)
    try:
        beside = path.with_name(f"{path.name}.new")
        beside.write_text(text, encoding="utf-8")
        if path.exists() and path.read_bytes() != text.encode():
            path.replace(path.with_name(f"{path.name}.old"))
        beside.replace(path)
    except OSError as error:
        raise CannotWriteError(file=path.name, reason=error.strerror) from None
