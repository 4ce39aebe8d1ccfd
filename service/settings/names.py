"""Which settings there are, read off the model, and what somebody meant who wrote another name."""

from collections.abc import Iterable, Iterator
from typing import get_args, get_origin

from pydantic import BaseModel
from rapidfuzz import fuzz, process

from service.settings.errors import MistypedSettingError, UnknownSettingError
from service.settings.sources import KEYED, Layer, Name

ANY_KEY = "<key>"
_ALIKE = 75
"""From how many per cent of equal letters on a name is worth suggesting; SMPT for SMTP is over 90."""


def setting_names(model: type[BaseModel], path: Name = ()) -> Iterator[Name]:
    """Every setting of the model; ANY_KEY stands for the key of a recipient or a group."""
    for field_name, field in model.model_fields.items():
        name = (*path, field.alias or field_name)
        kind = field.annotation
        if get_origin(kind) is dict:
            name, kind = (*name, ANY_KEY), get_args(kind)[1]
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from setting_names(kind, name)
        else:
            yield name


def check_names(layer: Layer, known: Iterable[Name]) -> None:
    """Refuse the first name that is no setting."""
    names = frozenset(known)
    for written in layer.values:
        if _general(written) not in names:
            raise _unknown(written, layer, names)


def _general(name: Name) -> Name:
    return (name[0], ANY_KEY, *name[2:]) if name[0] in KEYED and len(name) > 1 else name


def _unknown(
    written: Name, layer: Layer, names: Iterable[Name]
) -> UnknownSettingError | MistypedSettingError:
    place = layer.place
    key = written[1] if len(written) > 1 else ANY_KEY
    spelled = [
        place.spell(tuple(key if word == ANY_KEY else word for word in name)) for name in sorted(names)
    ]
    likest = process.extractOne(place.spell(written), spelled, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    if likest is None:
        return UnknownSettingError(name=place.name(written))
    return MistypedSettingError(name=place.name(written), suggestion=likest[0])
