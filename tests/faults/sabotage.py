"""What is done to the real program from inside, before it starts: a host that misbehaves around it."""

import ctypes
import json
import os
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

CLONE_NEWNS, CLONE_NEWUSER = 0x00020000, 0x10000000
MS_REC, MS_PRIVATE = 0x4000, 0x40000
POLL_SECONDS = 0.05


def move_clock(hands: str) -> None:
    """Let the host's clock be set, and the host sleep, as a file says: how far ahead, how long asleep.

    The clock is that of the whole process, APScheduler included; the monotonic one goes on, as on a host.
    """
    import time_machine  # noqa: PLC0415 - only where a clock is moved

    import service.clock  # noqa: PLC0415 - the same

    since_boot = service.clock._since_boot  # noqa: SLF001 - CLOCK_BOOTTIME, which only the kernel moves
    slept = [0.0]
    service.clock._since_boot = lambda: since_boot() + slept[0]  # noqa: SLF001
    traveller = time_machine.travel(datetime.now(UTC), tick=True).start()

    def follow() -> None:
        ahead = 0.0
        while True:
            if Path(hands).exists():
                wanted = json.loads(Path(hands).read_text())
                slept[0] = wanted["slept"]
                if wanted["ahead"] != ahead:
                    traveller.shift(timedelta(seconds=wanted["ahead"] - ahead))
                    ahead = wanted["ahead"]
            time.sleep(POLL_SECONDS)

    threading.Thread(target=follow, daemon=True).start()


def end_tick_thread(signal_file: str, dead_after: float) -> None:
    """End APScheduler's thread, as an error in its own code would, when the file appears."""
    _be_dead_after(dead_after)

    def end() -> None:
        for thread in threading.enumerate():
            if thread.name == "APScheduler" and thread.ident:
                exception = ctypes.py_object(SystemExit)
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident), exception)

    _when_there(signal_file, end)


def hang_the_heart(signal_file: str, dead_after: float) -> None:
    """Let the planning round wait for ever once the file appears, as a deadlock would."""
    _be_dead_after(dead_after)
    import service.serving  # noqa: PLC0415 - only where it is changed

    plan_round = vars(service.serving)["plan_round"]

    def hang(*given: object) -> None:
        if Path(signal_file).exists():
            threading.Event().wait()
        plan_round(*given)

    vars(service.serving)["plan_round"] = hang


def on_a_small_disk(folder: str, megabytes: int) -> None:
    """Give the process a disk of its own, seen by nobody else, which needs root or user namespaces."""
    libc = ctypes.CDLL(None, use_errno=True)
    uid, gid = os.getuid(), os.getgid()
    flags = CLONE_NEWNS if uid == 0 else CLONE_NEWNS | CLONE_NEWUSER
    _must(libc.unshare(flags))
    if uid:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"0 {uid} 1")
        Path("/proc/self/gid_map").write_text(f"0 {gid} 1")
    _must(libc.mount(None, b"/", None, MS_REC | MS_PRIVATE, None))
    _must(libc.mount(b"tmpfs", folder.encode(), b"tmpfs", 0, f"size={megabytes}m".encode()))


def _must(result: int) -> None:
    if result:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def _be_dead_after(seconds: float) -> None:
    import service.daemon  # noqa: PLC0415 - only where it is changed

    service.daemon.DEAD_AFTER = timedelta(seconds=seconds)


def _when_there(file: str, do: Callable[[], None]) -> None:
    def wait() -> None:
        while not Path(file).exists():
            time.sleep(POLL_SECONDS)
        do()

    threading.Thread(target=wait, daemon=True).start()
