"""Coverage-guided fuzzing of one reader: python tests/fuzz/fuzz_reading.py .docx [-max_total_time=60 ...].

Finds what the mutations of the test suite cannot: bytes that lead into code that nothing else reaches. A find
is an exception raised in our code (`parse` turns it into a sentence, which hides it; what a library raises on
damaged input is let pass), an input over 20 seconds, or more than 2 GB.
"""

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(
    include=["service", "docx", "openpyxl", "pdfplumber", "pdfminer", "icalendar", "yaml"]
):
    from service.errors import RettidigError
    from service.reading.formats import READERS, parse, plan_yaml
    from service.reading.formats.source import Source
    from tests.reading.hostile.building import HONEST, yaml_of

OWN_CODE = str(Path(__file__).parents[2] / "service" / "reading")


def read(suffix: str, content: bytes) -> None:
    source = Source(name=f"plan{suffix}", content=content)
    try:
        plan_yaml.load(source) if suffix == ".yaml" else parse(source)
    except RettidigError as error:
        if error.__cause__ is not None and _raised_in_our_code(error.__cause__):
            raise error.__cause__ from None


def _raised_in_our_code(error: BaseException) -> bool:
    """Whether the exception that became a sentence was our own mistake, not the library's."""
    step = error.__traceback__
    while step is not None and step.tb_next is not None:
        step = step.tb_next
    return step is not None and step.tb_frame.f_code.co_filename.startswith(OWN_CODE)


def main() -> None:
    suffix, *options = sys.argv[1:] or [""]
    if suffix not in {*READERS, ".yaml"}:
        sys.exit(f"usage: fuzz_reading.py {{{','.join([*READERS, '.yaml'])}}} [libFuzzer options]")
    with tempfile.TemporaryDirectory() as corpus:
        for name, content in {**HONEST, "plan.yaml": yaml_of()}.items():
            if name.endswith(suffix):
                (Path(corpus) / name).write_bytes(content)
        limits = ["-timeout=20", "-rss_limit_mb=2048", "-max_len=100000"]
        atheris.Setup([sys.argv[0], *limits, *options, corpus], lambda content: read(suffix, content))
        atheris.Fuzz()


if __name__ == "__main__":
    main()
