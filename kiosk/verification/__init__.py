"""Face verification: is the person at the terminal the one on the card?

Importing this package loads no image library; all of that lives in a worker process
(:class:`FaceService`). Method, models and limits: docs/vision.md.
"""

from kiosk.verification.service import FaceService
from kiosk.verification.types import (
    FaceCheck,
    FaceOutcome,
    FaceProgress,
    FaceSettings,
    FrameSource,
    QualityLimits,
    RecogniserSettings,
    default_models_dir,
)

__all__ = [
    "FaceCheck",
    "FaceOutcome",
    "FaceProgress",
    "FaceService",
    "FaceSettings",
    "FrameSource",
    "QualityLimits",
    "RecogniserSettings",
    "default_models_dir",
]
