"""A throw-away PostgreSQL for tests: its own folder, its own socket, gone afterwards."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine

PLACES = "/usr/lib/postgresql/*/bin/initdb"
COMMON = "-c full_page_writes=off -c max_connections=200"
#: what may be lost when it is stopped at once; tables that tests empty are not tidied meanwhile
DURABILITY = {
    True: "-c fsync=on -c synchronous_commit=on",
    False: "-c fsync=off -c synchronous_commit=off -c wal_level=minimal -c max_wal_senders=0"
    " -c autovacuum=off",
}


def find_programs() -> Path | None:
    """Return the folder of PostgreSQL's programs, None where there is none or nobody to run it."""
    found = sorted(Path("/").glob(PLACES.lstrip("/"))) or [Path(p) for p in [shutil.which("initdb")] if p]
    return found[-1].resolve().parent if found and (os.geteuid() or _has_owner()) else None


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster in a folder of its own. A name is added to ``address``.

    Only one that is itself stopped at once must wait for the disk.
    """

    programs: Path
    folder: Path
    port: int
    is_durable: bool = True

    @property
    def address(self) -> str:
        """The address of its databases."""
        return f"postgresql+psycopg://casehall@127.0.0.1:{self.port}/"

    def start(self) -> None:
        """Start, and go on when it answers."""
        where = f"-c listen_addresses=127.0.0.1 -c unix_socket_directories= -p {self.port}"
        options = f"{COMMON} {DURABILITY[self.is_durable]} {where}"
        self._control("-l", self.folder / "log", "-o", options, "start")

    def stop(self, mode: str = "fast") -> None:
        """Stop, and go on when it is gone; nobody's connection is waited for."""
        self._control("-m", mode, "stop")

    def _control(self, *arguments: object) -> None:
        _run(self.programs / "pg_ctl", "-D", self.folder / "data", "-w", *arguments)


@contextmanager
def cluster(programs: Path, *, is_durable: bool = True) -> Iterator[str]:
    """Run a cluster; give the address of its databases, to which a name is added."""
    with running(programs, is_durable=is_durable) as found:
        yield found.address


@contextmanager
def running(programs: Path, *, is_durable: bool = True) -> Iterator[Cluster]:
    """Run a cluster that can be stopped and started; it must run in the end."""
    folder = Path(tempfile.mkdtemp(prefix="casehall-pg-"))
    if not os.geteuid():
        shutil.chown(folder, "postgres")
    made = ("-A", "trust", "-U", "casehall", "-E", "UTF8", "--locale=C")
    _run(programs / "initdb", "-D", folder / "data", *made)
    found = Cluster(programs, folder, free_port(), is_durable)
    found.start()
    try:
        yield found
    finally:
        found.stop("immediate")
        shutil.rmtree(folder)


def run_sql(address: str, *statements: str) -> None:
    """Run statements that no transaction may hold, such as CREATE DATABASE."""
    engine = create_engine(f"{address}postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _run(*command: object) -> None:
    """Run a program of PostgreSQL, which refuses to be run by root."""
    owner = None if os.geteuid() else "postgres"
    subprocess.run(
        [str(part) for part in command], user=owner, cwd="/", check=True, stdout=subprocess.DEVNULL
    )


def _has_owner() -> bool:
    return any(entry.pw_name == "postgres" for entry in pwd.getpwall())
