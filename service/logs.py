"""One line per event on stderr: UTC, words and ids; never an address, a URL or a body."""

import logging
import sys
import traceback
from pathlib import Path
from typing import Literal

import structlog

INNERMOST = 6


def set_up_logs(level: str, form: Literal["text", "json"]) -> None:
    """Send our events and the libraries' through one renderer."""
    stamps: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[*stamps, structlog.processors.format_exc_info, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
            foreign_pre_chain=stamps,
        )
    )
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for chatty in ("urllib3", "alembic", "asyncio"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    # It warns whenever a round outlasts a tick, which is how rounds wait for a slow relay.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    # It warns of each connection that speaks no HTTP, so that anybody could fill the disk.
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)


def log_failure(what: str, broken: BaseException, **ids: object) -> None:
    """Tell of an exception by its kind and the lines of code it passed; its text may hold anything."""
    frames = traceback.extract_tb(broken.__traceback__)[-INNERMOST:]
    passed = " > ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)
    structlog.get_logger().error(what, kind=type(broken).__name__, passed=passed, **ids)
