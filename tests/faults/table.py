"""Every fault, as a table: what is done, what must hold, and the programme that does it."""

from tests.faults.clock_set import set_and_slept_through
from tests.faults.dead_tick import nobody_ticks
from tests.faults.disk_full import full_for_a_while
from tests.faults.half_written import written_while_it_is_read
from tests.faults.kills import kill_at_random
from tests.faults.locked import held_by_somebody_else
from tests.faults.relay_down import away_for_two_days
from tests.faults.seen import Fault, Scale
from tests.faults.smtp_faults import CELLS, seven_stages_times_eight_faults
from tests.faults.snapshots import crash_at_a_thousand_instants
from tests.faults.teams_answers import KINDS, thirteen_answers
from tests.faults.tls_faults import five_tls_faults

FULL = Scale(
    kills=200,
    kill_messages=10_000,
    snapshots=1_000,
    finished_snapshots=20,
    smtp_cells=len(CELLS),
    relay_down_hours=48,
    relay_step_minutes=30,
    teams_answers=len(KINDS),
    locked_seconds=60,
    disk_full_seconds=60,
    clock_moves=6,
    plan_rewrites=30,
    dead_after_seconds=80,
)
SHORT = Scale(
    kills=6,
    kill_messages=200,
    snapshots=15,
    finished_snapshots=1,
    smtp_cells=4,
    relay_down_hours=24,
    relay_step_minutes=60,
    teams_answers=3,
    locked_seconds=11,
    disk_full_seconds=2,
    clock_moves=2,
    plan_rewrites=2,
    dead_after_seconds=4,
)

FAULTS = (
    Fault(
        "killed",
        "kill -9 at random points of the start, the planning, the composing, the sending and the shutdown",
        "0 lost; extra copies at most one for each kill and connection, byte for byte the same",
        kill_at_random,
    ),
    Fault(
        "crash images",
        "the files of the database at random instants, half of them cut off inside the last transaction",
        "each opens; none claims what was not accepted; a new process loses and repeats nothing",
        crash_at_a_thousand_instants,
    ),
    Fault(
        "SMTP",
        "seven stages of the dialogue times eight faults, and a server that accepts and hangs up",
        "0 lost, 0 misclassified; after an uncertain end at most three copies, byte for byte the same",
        seven_stages_times_eight_faults,
    ),
    Fault(
        "TLS",
        "STARTTLS not offered or refused; the certificate for another name, expired, vouched for by nobody",
        "no byte of a mail or a password before verified TLS; delivered when it is mended",
        five_tls_faults,
    ),
    Fault(
        "relay away",
        "the relay refuses connections for two days",
        "all that is still true is delivered, one collected mail for each mailbox, at most 30 tries a minute",
        away_for_two_days,
    ),
    Fault(
        "Teams",
        "thirteen answers to a card",
        "0 false successes, Retry-After kept, no redirect followed, a mail instead within 15 minutes",
        thirteen_answers,
    ),
    Fault(
        "disk full",
        "no room on the disk of the database",
        "no mail without a stored claim, 0 lost, goes on within 30 s and without a restart",
        full_for_a_while,
    ),
    Fault(
        "database locked",
        "another process holds the database",
        "0 lost, 0 extra copies, no state changed by it, no traceback",
        held_by_somebody_else,
    ),
    Fault(
        "clock",
        "the clock steps, is set back, forward, weeks and years ahead; the host sleeps",
        "0 lost, 0 extra copies, the next tick within 30 s, nothing ended by a clock that is wrong",
        set_and_slept_through,
    ),
    Fault(
        "half a plan",
        "the document is written in pieces while it is watched",
        "no half is taken for the whole, each change is noticed",
        written_while_it_is_read,
    ),
    Fault(
        "tick dead",
        "APScheduler's thread ends; a round hangs",
        "the process ends with 70 within 90 s, and the next one loses nothing",
        nobody_ticks,
    ),
)
