"""A real PostgreSQL for the store tests: started once per test process, a fresh database for every test."""

import glob
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

ACCOUNT = "postgres"  # PostgreSQL refuses to run as root; its Debian package brings this account


def binary(name: str) -> str:
    """The newest installed `initdb` or `postgres`; Debian keeps both outside of PATH."""
    found = sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{name}"), key=lambda path: int(path.split("/")[4]))
    path = found[-1] if found else shutil.which(name)
    assert path, f"PostgreSQL's {name} is not installed: run `make test`, which installs it"
    return path


class Postgres:
    """One server on a free loopback port, its files in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._account = ACCOUNT if os.geteuid() == 0 else None
        self._run_as: dict[str, Any] = {"user": self._account, "group": self._account, "cwd": folder}
        self._names = count(1)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    def start(self) -> None:
        if self._account:
            shutil.chown(self._folder, self._account, self._account)
        cluster = str(self._folder / "cluster")
        subprocess.run(
            [binary("initdb"), "-D", cluster, "-U", ACCOUNT, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
            check=True,
            capture_output=True,
            **self._run_as,
        )
        arguments = ["-D", cluster, "-p", str(self.port), "-k", str(self._folder), "-h", "127.0.0.1"]
        with (self._folder / "server.log").open("wb") as log:
            self._process = subprocess.Popen([binary("postgres"), *arguments], stdout=log, stderr=log, **self._run_as)
        self._await_answer()

    def stop(self) -> None:
        self._process.send_signal(signal.SIGINT)  # fast shutdown: open connections are ended
        self._process.wait(timeout=20)

    def new_database(self, template: str = "template0") -> str:
        """The URL of a new database, empty or a copy of another one (`template`, by name)."""
        name = f"ward_{next(self._names)}"
        with self._connect() as connection:
            order = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
            connection.execute(order.format(sql.Identifier(name), sql.Identifier(template)))
        return f"postgresql+psycopg://{ACCOUNT}@127.0.0.1:{self.port}/{name}"

    def drop_database(self, url: str) -> None:
        with self._connect() as connection:
            name = sql.Identifier(url.rpartition("/")[2])
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))

    def _connect(self) -> psycopg.Connection:
        address = {"host": "127.0.0.1", "port": self.port, "user": ACCOUNT, "dbname": "postgres"}
        return psycopg.connect(**address, autocommit=True, connect_timeout=5)

    def _await_answer(self) -> None:
        give_up = time.monotonic() + 30
        while True:
            try:
                self._connect().close()
                return
            except psycopg.OperationalError:
                alive = self._process.poll() is None
                assert alive and time.monotonic() < give_up, (self._folder / "server.log").read_text()
                time.sleep(0.05)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with tempfile.TemporaryDirectory(prefix="ward-postgres-", ignore_cleanup_errors=True) as folder:
        server = Postgres(Path(folder))
        server.start()
        yield server
        server.stop()


@pytest.fixture
def postgres_url(postgres: Postgres) -> Iterator[str]:
    """A fresh, empty PostgreSQL database."""
    url = postgres.new_database()
    yield url
    postgres.drop_database(url)
