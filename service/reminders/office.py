"""What planning goes by besides the plan: the rules, who hears for whom, and what is remembered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from service.plan.finding import Finding
from service.plan.marks import Duty
from service.plan.plan import Plan
from service.reminders.notice import Hearer, Recipient
from service.reminders.recipients import hearers, with_groups
from service.reminders.retention import Retention
from service.reminders.rules import Rules, unknown_rules

RecipientsOf = Callable[[Plan], tuple[tuple[Recipient, ...], tuple[Finding, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The rules, who hears for whom, the groups that the settings name, and for how long things are kept."""

    rules: Rules
    recipients_of: RecipientsOf
    groups: Mapping[str, tuple[str, ...]]
    retention: Retention = Retention()  # noqa: RUF009 - a frozen value

    def settle(self, plan: Plan) -> tuple[Plan, tuple[Hearer, ...], tuple[Finding, ...]]:
        """The plan with its groups, who hears of it, and what the settings leave unclear."""
        grouped, group_findings = with_groups(plan, self.groups)
        recipients, recipient_findings = self.recipients_of(grouped)
        findings = (*group_findings, *recipient_findings, *unknown_rules(grouped, self.rules))
        return grouped, hearers(recipients), findings

    def duty(self, plan: Plan) -> Duty:
        """Whose word settles a milestone of a plan that has its groups."""
        return Duty(plan=plan, done_by=self.rules.done_by)
