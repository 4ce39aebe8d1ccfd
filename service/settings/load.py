"""Settings in, or one sentence that says which one is wrong and what to write."""

from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from service.settings.errors import Refusal, SettingError
from service.settings.model import Settings, draft
from service.settings.names import check_names, setting_names
from service.settings.sources import Place, Written, layer, nested, option, variable


def load_settings(tried: Path | None = None, /, **overrides: object) -> Settings:
    """The settings of this process in its working folder; `overrides` are those of the command line.

    An override is named as its variable is, in lower case and without the prefix: `as_of`, `web__port`. None
    means that the option was not given. `tried` is a draft of the shared setup, stronger than that but weaker
    than all else. Raises nothing but RettidigError.
    """
    given = {tuple(name.split("__")): value for name, value in overrides.items() if value is not None}
    command_line = layer(Place(spell=option), given.items())
    check_names(command_line, setting_names(Settings))
    token = draft.set(tried)
    try:
        return Settings(**nested(command_line.values))  # type: ignore[arg-type] # text, which the model checks
    except ValidationError as refused:
        error = _sentence(refused.errors(include_url=False)[0])
    finally:
        draft.reset(token)
    # Outside the handler: pydantic's account of the values must not travel along as the context.
    raise error


def _sentence(details: ErrorDetails) -> SettingError:
    # Names were checked before and every value is text, so only values.py and model.py can refuse.
    refusal: Refusal = details["ctx"]["error"]
    written = details["input"]
    name = (
        written.name if isinstance(written, Written) else variable((*map(str, details["loc"]), *refusal.at))
    )
    return refusal.error(name=name, **refusal.values)
