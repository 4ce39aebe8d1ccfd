"""The words in which it is kept why there is a notice, and why one came to nothing."""

from enum import StrEnum


class Why(StrEnum):
    """Which rule made a notice. Beside these: "7-days-before", "12-days-over", and the kinds of reports.

    An alert is for the reason of its trouble, what a calendar answered for what it said.
    """

    WINDOW_OPENS = "window-opens"
    HALF_WAY = "half-way"
    DUE_DAY = "due-day"
    DATE_AWAITED = "date-awaited"
    WEEKLY_OVERVIEW = "weekly-overview"
    MONTHLY_OVERVIEW = "monthly-overview"
    MOVED = "due-date-moved"
    DROPPED = "dropped-from-plan"
    NO_LONGER_FITS = "what-comes-after-no-longer-fits"
    DATE_IN_CALENDAR = "date-in-calendar"
    NOT_THERE_ANY_MORE = "not-in-your-calendar-any-more"
    THERE_AGAIN = "in-your-calendar-again"


class Ending(StrEnum):
    """Why a notice or a message ended unaccepted, or waits, and why an address is in trouble.

    Beside these: "refused", "delayed" and "bounced" with the other side's code, the kinds of reports, and
    `Why.MOVED` and `Why.DROPPED`.
    """

    WAITS_FOR_APPROVAL = "waits-for-approval"
    COMPOSED_ANEW = "composed-anew"
    ITS_DAY_HAD_PASSED = "its-day-had-passed"
    GIVEN_UP = "given-up-after-48-hours"
    NO_ANSWER = "no-answer-after-sending"
    GAVE_WAY = "gave-way-to-mail"
    NOT_WRITTEN = "not-written"  # of a calendar that is in trouble
    NOT_READ = "not-read"  # of the mailbox that answers arrive in
    PARKED = "parked-after-5-claims-without-a-result"
    ADDRESS_IS_DEAD = "address-does-not-exist"
    ADDRESS_IS_GOOD_AGAIN = "address-is-good-again"
    REACHED_AGAIN = "reached-again"
    ANSWERED_ANEW = "answered-anew"
    RECIPIENT_LEFT = "recipient-left"
    NEVER_TOLD_OF_IT = "never-told-of-it"
    NEVER_INVITED = "never-invited"
    IS_THE_ORGANIZER = "is-the-organizer"
    CALENDAR_SAYS_SO_ALREADY = "calendar-says-so-already"
    CANNOT_BE_WRITTEN = "cannot-be-written"
    RULES_OR_RECIPIENTS_CHANGED = "rules-or-recipients-changed"
    CANCELLED_BY_HAND = "cancelled-by-hand"
    SOMEBODY_WAS_ERASED = "somebody-was-erased"
    RESTORED = "restored"
