"""View models, one per screen and named after its step."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.terminal_port import TerminalPort
from kiosk.visit.model import Step
from screens.models.answer import AnswerModel, BillsModel, SlotsModel
from screens.models.attract import AttractModel
from screens.models.base import ScreenModel
from screens.models.cases import CaseModel, CasesModel, WithdrawModel
from screens.models.ending import FarewellModel, OutOfServiceModel, RatingModel
from screens.models.form import FormModel
from screens.models.guide import GuideModel, PlaceModel
from screens.models.home import HomeModel
from screens.models.identity import FaceModel, IdentifyModel, StaffModel
from screens.models.lookup import LookupModel
from screens.models.materials import MaterialsModel
from screens.models.policies import PoliciesModel
from screens.models.review import ReviewModel
from screens.models.session import SessionModel, screen_name
from screens.models.sign import SignModel
from screens.models.submission import PaymentModel, ResultModel, SubmittingModel
from screens.models.tickets import KeptModel, ResumeModel

MODELS: dict[Step, Callable[[TerminalPort], ScreenModel]] = {
    Step.ATTRACT: AttractModel,
    Step.HOME: HomeModel,
    Step.LOOKUP: LookupModel,
    Step.RESUME: ResumeModel,
    Step.CASES: CasesModel,
    Step.CASE: CaseModel,
    Step.WITHDRAW: WithdrawModel,
    Step.GUIDE: GuideModel,
    Step.PLACE: PlaceModel,
    Step.IDENTIFY: IdentifyModel,
    Step.FACE: FaceModel,
    Step.STAFF: StaffModel,
    Step.ANSWER: AnswerModel,
    Step.POLICIES: PoliciesModel,
    Step.BILLS: BillsModel,
    Step.SLOTS: SlotsModel,
    Step.FORM: FormModel,
    Step.MATERIALS: MaterialsModel,
    Step.REVIEW: ReviewModel,
    Step.SIGN: SignModel,
    Step.SUBMITTING: SubmittingModel,
    Step.PAYMENT: PaymentModel,
    Step.RESULT: ResultModel,
    Step.KEPT: KeptModel,
    Step.RATING: RatingModel,
    Step.FAREWELL: FarewellModel,
    Step.OUT_OF_SERVICE: OutOfServiceModel,
}

__all__ = ["MODELS", "ScreenModel", "SessionModel", "screen_name"]
