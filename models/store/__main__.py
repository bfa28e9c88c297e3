"""`python -m models.store verify | anchor | backup | migrate | new-ward`: what is done to a ward's database by hand."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from models.clinical.clock import SystemClock
from models.store import anchor, backup
from models.store.database import address, file_of, looking
from models.store.opening import create_store, migrate
from models.store.refusals import StoreRefused
from models.store.set_up_code import code_hash, new_code
from models.store.verifying import verify


def default_url() -> str:
    """The ward that `CHAIRSIDE_MODE=ward make run` serves with the same environment."""
    in_folder = f"sqlite:///{os.environ.get('CHAIRSIDE_FOLDER') or 'var'}/ward.db"
    return os.environ.get("CHAIRSIDE_DATABASE_URL") or in_folder


def say(sentence: str) -> None:
    sys.stdout.write(sentence + "\n")


def sqlite_file(url: str, act: str) -> Path:
    path = file_of(address(url))
    if path is None:
        raise StoreRefused(f"On PostgreSQL {act}.")
    return path


def anchor_of(arguments: argparse.Namespace) -> Path:
    if arguments.anchor is not None:
        return Path(arguments.anchor)
    return anchor.beside(sqlite_file(arguments.url, "name the anchor's file with --anchor"))


def run_verify(arguments: argparse.Namespace) -> int:
    remembered = anchor.remembered(anchor_of(arguments))
    with looking(arguments.url) as connection:
        verdict = verify(connection, remembered)
    for link in verdict.broken:
        say(f"Infusion day {link.infusion_day_id}, position {link.position}: {link.what}.")
    for name in verdict.unprotected:
        say(f"{name} is missing or altered: the record is not protected.")
    walked = f"{verdict.facts} facts of {verdict.days} infusion days"
    if verdict.broken or verdict.unprotected:
        say(f"NOT SOUND: {walked} were walked.")
        return 1
    say(f"Sound: {walked}, {len(remembered)} of them also held against the anchor.")
    return 0


def run_anchor(arguments: argparse.Namespace) -> int:
    path = anchor_of(arguments)
    with looking(arguments.url) as connection:
        grown = anchor.remember(connection, path)
    say(f"{grown} infusion days that grew are remembered in {path}.")
    return 0


def run_backup(arguments: argparse.Namespace) -> int:
    source = sqlite_file(arguments.url, "copies are made with pg_dump")
    stamp = f"{SystemClock().now():%Y%m%d-%H%M%S}"
    to = Path(arguments.to) if arguments.to else source.parent / "backups" / f"{source.stem}-{stamp}.db"
    with looking(arguments.url) as connection:
        anchor.remember(connection, anchor.beside(source))
    say(f"Copied and checked: {backup.copy(source, to)}")
    return 0


def run_migrate(arguments: argparse.Namespace) -> int:
    before, after = migrate(arguments.url)
    say(f"The database stands at {after}." if before == after else f"Migrated from {before} to {after}.")
    return 0


def run_new_ward(arguments: argparse.Namespace) -> int:
    code = new_code()
    create_store(arguments.url, "ward", set_up_code_hash=code_hash(code)).close()
    say(f"A new, empty ward stands at {address(arguments.url)}.")
    say(f"Its set-up code, shown only now: {code}")
    say("Start it with `CHAIRSIDE_MODE=ward make run` and enter the code on its first page.")
    return 0


ACTS = {
    "verify": (run_verify, "check that no recorded fact was changed, and name the first that was"),
    "anchor": (run_anchor, "remember outside the database how far the record reaches"),
    "backup": (run_backup, "copy the database while it runs"),
    "migrate": (run_migrate, "bring the database to this program's revision"),
    "new-ward": (run_new_ward, "make a new, empty ward and print its set-up code"),
}


def arguments_of(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m models.store", description=__doc__)
    acts = parser.add_subparsers(dest="act", required=True)
    for name, (_, does) in ACTS.items():
        act = acts.add_parser(name, help=does)
        act.add_argument("--url", default=default_url())
        if name in ("verify", "anchor"):
            act.add_argument("--anchor", help="the anchor's file (default: beside the database)")
        if name == "backup":
            act.add_argument("--to", help="where the copy goes (default: backups/ beside the database)")
    return parser.parse_args(words)


def main(words: list[str]) -> int:
    arguments = arguments_of(words)
    try:
        return ACTS[arguments.act][0](arguments)
    except StoreRefused as refusal:
        sys.stderr.write(refusal.sentence + "\n")
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
