"""What differs between receipt printers, by model or kind: ``profiles.toml``, overridden by options."""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from drivers.escpos import encoding
from drivers.options import Options, option, read_options
from drivers.results import Failure, Ok, Result

DEFAULT = "generic-80"


class Profile(Options):
    """A printer's ways.

    ``gs_h``: answers GS ( H; None: find out with the first job. ``motion_units``: obeys GS P; on one
    that does not, white space is sent as raster, since its feeds are of unknown length. ``cutter``:
    False: the paper is fed to the tear bar. ``raster``: ``gs_v_0``; ``gs_8_l`` for printers that
    have graphics in the printer's buffer only; ``esc_star`` for those that know no raster, and get
    lines of columns 24 dots high. ``block_bytes``: the most a raster command carries.
    ``lines_per_s``: its slowest speed, in dot lines; how long a confirmation is waited for.
    """

    dots_per_line: int = option(default=576, ge=8, le=2400, multiple_of=8)
    dpi: int = option(default=203, one_of=(180, 203))
    gs_h: bool | None = None
    motion_units: bool = True
    cutter: bool = True
    raster: encoding.RasterCommand = "gs_v_0"
    block_bytes: int = option(default=encoding.BLOCK_BYTES, ge=512, le=16384)
    lines_per_s: float = option(default=400.0, gt=0, le=10_000)

    @property
    def set_up(self) -> bytes:
        """Sent first in a job."""
        units = encoding.motion_units(self.dpi) if self.motion_units else b""
        return encoding.INITIALISE + units + self._line_spacing

    @property
    def _line_spacing(self) -> bytes:
        if self.raster != "esc_star":
            return b""
        if self.motion_units:
            return encoding.LINE_SPACING_OF_COLUMNS
        return encoding.LINE_SPACING_OF_UNKNOWN_UNITS

    @property
    def parting(self) -> bytes:
        """Ends a piece of paper."""
        if self.cutter:
            return encoding.FEED_AND_PARTIAL_CUT
        usual = encoding.LINE_SPACING_AS_USUAL if self._line_spacing else b""
        return usual + encoding.FEED_TO_TEAR_BAR


@cache
def profiles() -> Mapping[str, Profile]:
    """All of them, by name. :class:`ValueError` if the file is damaged."""
    text = files("drivers.escpos").joinpath("profiles.toml").read_text("utf-8")
    return {name: _read(name, entry) for name, entry in tomllib.loads(text).items()}


def _read(name: str, entry: Mapping[str, object]) -> Profile:
    read = read_options(Profile, entry)
    if isinstance(read, Failure):
        raise ValueError(f"profiles.toml: {name}: {read.detail}")
    return read.value


def find(name: str, *, dots_per_line: int | None = None, dpi: int | None = None) -> Result[Profile]:
    """The profile ``name`` (in either case), with another ``dots_per_line`` and ``dpi`` if given.

    Failure: ``device.misconfigured``, whose detail has the nearest names.
    """
    by_key = {known.casefold(): known for known in profiles()}
    known = by_key.get(name.casefold())
    if known is None:
        near = [by_key[key] for key in get_close_matches(name.casefold(), by_key, n=3, cutoff=0.4)]
        return Failure(
            "device.misconfigured",
            f"profile: not known; nearest: {', '.join(near or profiles())}",
        )
    profile = profiles()[known]
    return Ok(
        dataclasses.replace(
            profile, dots_per_line=dots_per_line or profile.dots_per_line, dpi=dpi or profile.dpi
        )
    )
