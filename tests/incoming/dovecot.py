"""A real IMAP server: Dovecot as a process of its own, in a folder, on free ports, with one mailbox."""

import grp
import json
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from service.delivery.relay import Security
from service.incoming.inbox import Inbox

USERNAME, PASSWORD = "frister@example.dk", "hemmeligt-ø"
_AS_ROOT = "nobody"
_CONFIG = """
base_dir = {run}
state_dir = {run}
log_path = {log}
protocols = imap
listen = 127.0.0.1
ssl = {ssl}
ssl_cert = <{certificate}
ssl_key = <{certificate}
disable_plaintext_auth = {no_plain}
auth_mechanisms = {mechanisms}
default_internal_user = {user}
default_login_user = {user}
default_internal_group = {group}
mail_uid = {user}
mail_gid = {group}
first_valid_uid = 0
first_valid_gid = 0
mail_location = maildir:{mail}
maildir_stat_dirs = no
mail_max_userip_connections = 100
auth_failure_delay = 0
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
passdb {{
  driver = {passdb}
  args = {known}
  mechanisms = {mechanisms}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={home} allow_all_users=yes
}}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dovecot:
    """`folder` is the Maildir; who puts a file into its `new` has delivered it."""

    folder: Path
    config: Path
    port: int
    tls_port: int
    ca_file: str | None

    def inbox(self, security: Security = "none", **changes: object) -> Inbox:
        values: dict[str, object] = {
            "host": "127.0.0.1",
            "port": self.tls_port if security == "tls" else self.port,
            "security": security,
            "username": USERNAME,
            "password": PASSWORD,
            "ca_file": self.ca_file,
        }
        return Inbox(**values | changes)  # type: ignore[arg-type]

    def deliver(self, *mails: bytes) -> None:
        for number, mail in enumerate(mails):
            name = f"{time.time_ns()}.{number:06d}.test"
            file = self.folder / "tmp" / name
            file.write_bytes(mail)
            _hand_over(file)
            file.rename(self.folder / "new" / name)

    def flags(self, folder: str = "INBOX") -> list[str]:
        """Of each mail in a folder, in order, "Seen" or ""."""
        said = self._doveadm("fetch", "-u", USERNAME, "flags", "mailbox", folder)
        lines = (line for line in said.splitlines() if line.startswith("flags:"))
        return ["Seen" if "Seen" in line else "" for line in lines]

    def empty(self) -> None:
        """As a new mailbox is; nobody has it open."""
        shutil.rmtree(self.folder)
        _make_maildir(self.folder)

    def make_folder(self, name: str) -> None:
        self._doveadm("mailbox", "create", "-u", USERNAME, name)

    def renumber(self) -> None:
        """As after a mailbox was moved to another server: a new UIDVALIDITY, and UIDs from 1."""
        for index in self.folder.glob("dovecot*"):
            index.unlink()
        uids = self.folder / "dovecot-uidlist"
        uids.write_text(f"3 V{int(time.time()) + 1000} N1\n")
        _hand_over(uids)

    def _doveadm(self, *arguments: str) -> str:
        asked = subprocess.run(
            ["doveadm", "-c", str(self.config), *arguments], capture_output=True, text=True, check=True
        )
        return asked.stdout


@contextmanager
def a_dovecot(
    certificate: Path | None = None, ca_file: str | None = None, *, token: str = ""
) -> Iterator[Dovecot]:
    """Running until the block ends. Its folder is short, since the path of a socket may be no longer.

    With a `token` that is what opens the mailbox, by XOAUTH2, and no password does.
    """
    home = Path(tempfile.mkdtemp(prefix="dovecot-"))
    with _who_knows_tokens(token) as url:
        yield from _run(home, _written(home, certificate, ca_file, url if token else ""))


@contextmanager
def _who_knows_tokens(token: str) -> Iterator[str]:
    """The address at which a server asks whose a token is (RFC 7662)."""

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_known = self.path.endswith(f"={token}")
            self.send_response(200 if is_known else 401)
            self.end_headers()
            self.wfile.write(json.dumps({"email": USERNAME} if is_known else {}).encode())

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/?access_token="
    server.shutdown()
    server.server_close()


def _run(home: Path, server: Dovecot) -> Iterator[Dovecot]:
    process = subprocess.Popen(["dovecot", "-F", "-c", str(server.config)], stderr=subprocess.PIPE)
    try:
        _wait_for(server.port, process, home / "log")
        yield server
    finally:
        process.terminate()
        process.communicate(timeout=30)
        shutil.rmtree(home, ignore_errors=True)


def _written(home: Path, certificate: Path | None, ca_file: str | None, token_url: str) -> Dovecot:
    home.chmod(0o755)
    mail, config, passwords = home / "mail", home / "dovecot.conf", home / "passwords"
    (home / "run").mkdir()
    _make_maildir(mail)
    if token_url:
        passwords.write_text(f"tokeninfo_url = {token_url}\nusername_attribute = email\n")
    else:
        passwords.write_text(f"{USERNAME}:{{PLAIN}}{PASSWORD}\n")
    passwords.chmod(0o644)
    user = pwd.getpwnam(_AS_ROOT) if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    port, tls_port = _free_ports()
    config.write_text(
        _CONFIG.format(
            run=home / "run",
            log=home / "log",
            ssl="yes" if certificate else "no",
            no_plain="yes" if certificate else "no",
            certificate=certificate or "/dev/null",
            user=user.pw_name,
            group=grp.getgrgid(user.pw_gid).gr_name,
            mail=mail,
            home=home,
            port=port,
            tls_port=tls_port if certificate else 0,
            passdb="oauth2" if token_url else "passwd-file",
            known=passwords if token_url else f"scheme=PLAIN {passwords}",
            mechanisms="xoauth2" if token_url else "plain login",
        )
    )
    return Dovecot(folder=mail, config=config, port=port, tls_port=tls_port, ca_file=ca_file)


def _make_maildir(mail: Path) -> None:
    for folder in (mail, mail / "tmp", mail / "new", mail / "cur"):
        folder.mkdir()
        _hand_over(folder)


def _hand_over(path: Path) -> None:
    if os.geteuid() == 0:
        user = pwd.getpwnam(_AS_ROOT)
        os.chown(path, user.pw_uid, user.pw_gid)


def _free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1]), int(other.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            break
        time.sleep(0.05)
    said = process.stderr.read().decode() if process.stderr and process.poll() is not None else ""
    raise AssertionError(f"Dovecot did not start: {said} {log.read_text() if log.exists() else ''}")
