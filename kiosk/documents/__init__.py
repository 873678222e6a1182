"""What leaves the terminal on paper: slips laid out once and printed as raster."""

from kiosk.documents.fonts import FontsMissingError
from kiosk.documents.layout import Slip, render
from kiosk.documents.reading import sentences
from kiosk.documents.slips import slip_for

__all__ = ["FontsMissingError", "Slip", "render", "sentences", "slip_for"]
