"""What a coordinator should look at: how rows of a plan were read, and whom nobody hears for."""

from collections.abc import Iterable

from service.cli.output import caution, complain, reply_language
from service.plan.finding import Finding, Severity
from service.plan.plan import Plan


def tell_unclear(findings: Iterable[Finding]) -> None:
    """On stderr, all but the notes."""
    for finding in findings:
        if finding.severity is not Severity.NOTE:
            place = f"{finding.where.in_words(reply_language())}: " if finding.where else ""
            say = complain if finding.severity is Severity.ERROR else caution
            say(place + finding.message(reply_language()))


def has_errors(plan: Plan) -> bool:
    return any(finding.severity is Severity.ERROR for finding in plan.findings)
