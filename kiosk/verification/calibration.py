"""The calibration report that lets a recogniser decide by itself.

A JSON file in the models folder, written by an evaluation with real card photos at a real kiosk:
``recogniser_sha256`` and ``threshold`` (must equal the settings'), ``subjects``,
``genuine_pairs``, ``impostor_pairs`` and ``false_match_rate`` measured at that threshold.
"""

from __future__ import annotations

import json
import math

from kiosk.verification.models import ModelError
from kiosk.verification.types import FaceSettings

_FEWEST_SUBJECTS = 250


def applies(settings: FaceSettings) -> bool:
    """True if a credible report covers exactly this recogniser and threshold.

    False if none is named. :class:`ModelError` if the named one is unreadable, about something else,
    too small, or claims a rate its number of pairs cannot show (rule of three: 3/N).
    """
    slot = settings.recogniser
    if not slot.calibration:
        return False
    try:
        report = json.loads((settings.models_dir / slot.calibration).read_text(encoding="utf-8"))
        same_model = report["recogniser_sha256"] == slot.sha256
        same_threshold = math.isclose(float(report["threshold"]), slot.threshold, abs_tol=1e-6)
        subjects, impostors = int(report["subjects"]), int(report["impostor_pairs"])
        rate = float(report["false_match_rate"])
        int(report["genuine_pairs"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"calibration_unreadable: {slot.calibration}") from error
    if not (same_model and same_threshold):
        raise ModelError("calibration_mismatch: report is for another recogniser or threshold")
    if subjects < _FEWEST_SUBJECTS or impostors <= 0 or rate < 3 / impostors:
        raise ModelError("calibration_weak: too few subjects or pairs for the claimed rate")
    return True
