"""``python -m portal.sandbox --catalogue FILE``: run the sandbox portal."""

from __future__ import annotations

import argparse
from pathlib import Path

from portal.sandbox.server import run


def main(arguments: list[str] | None = None) -> None:
    """Read the command line and serve until interrupted."""
    parser = argparse.ArgumentParser(prog="portal.sandbox", description="Sandbox portal server")
    parser.add_argument("--catalogue", type=Path, required=True, help="catalogue document (JSON)")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8440)
    parser.add_argument("--database", default="sqlite:///sandbox.sqlite3", help="SQLAlchemy URL")
    parser.add_argument("--public-base-url", help="address a phone reaches the pages at")
    parser.add_argument("--auto-pay", type=float, metavar="SECONDS", help="orders pay themselves")
    parser.add_argument("--certificate", type=Path, nargs=2, metavar=("CERT", "KEY"))
    given = parser.parse_args(arguments)
    run(
        given.host,
        given.port,
        given.database,
        given.catalogue,
        public_base_url=given.public_base_url,
        auto_pay_after_s=given.auto_pay,
        certificate=None if given.certificate is None else tuple(given.certificate),
    )


if __name__ == "__main__":
    main()
