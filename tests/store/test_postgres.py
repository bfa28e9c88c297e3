"""The PostgreSQL that the store tests start themselves is a real one, with a database for each."""

import psycopg
import pytest

from tests.store.postgres import Postgres


def connect(url: str) -> psycopg.Connection:
    return psycopg.connect(url.replace("+psycopg", ""))


def test_a_fresh_database_answers_and_keeps_what_is_committed_safe_on_disk(postgres_url: str):
    with connect(postgres_url) as connection:
        assert connection.execute("SHOW fsync").fetchone() == ("on",)
        tables = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        assert tables.fetchone() == (0,)


@pytest.mark.parametrize("turn", [1, 2])
def test_no_test_sees_what_another_wrote(postgres_url: str, turn: int):
    with connect(postgres_url) as connection:
        connection.execute("CREATE TABLE written_by_one_test (turn int)")


def test_a_database_may_be_a_copy_of_a_prepared_one(postgres: Postgres, postgres_url: str):
    with connect(postgres_url) as connection:
        connection.execute("CREATE TABLE prepared (id int)")
    copy = postgres.new_database(template=postgres_url.rpartition("/")[2])
    with connect(copy) as connection:
        assert connection.execute("SELECT count(*) FROM prepared").fetchone() == (0,)
    postgres.drop_database(copy)
