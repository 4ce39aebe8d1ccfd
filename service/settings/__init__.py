"""The environment, checked: the only place that reads it. Settings stop at bootstrap."""

from service.settings.cautions import cautions, clock_shift
from service.settings.errors import SettingError
from service.settings.load import load_settings
from service.settings.model import Settings
from service.settings.sources import outweighed

__all__ = ["SettingError", "Settings", "cautions", "clock_shift", "load_settings", "outweighed"]
