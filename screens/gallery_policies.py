"""The gallery's visits to the policies for an enterprise: the list, and one of each kind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from config.catalogue import Form, FormField, FormPage, Identification
from config.policy_terms import FINDER, Fit
from kiosk.finder import find
from kiosk.personal import Personal
from kiosk.visit.journey import derive
from kiosk.visit.model import FoundPolicy, PrintJob, PrintState, QueryAnswer, Step, Visit
from screens import fixtures as fx
from screens.fixtures import T

_TODAY = date(2026, 11, 22)
_QUESTIONS = {
    "who": T("企业类型", "Kind of business"),
    "employees": T("员工人数", "People who work there"),
    "assets_wan": T("资产总额", "Total assets"),
    "profit_wan": T("年应纳税所得额", "Taxable profit of a year"),
    "small_scale_taxpayer": T("增值税小规模纳税人", "Small-scale taxpayer for VAT"),
    "monthly_sales_wan": T("月销售额", "Sales in a month"),
    "does_research": T("研究开发", "Research"),
    "high_tech": T("高新技术企业证书", "Certificate of a high-tech company"),
    "industry": T("行业", "Line of business"),
}
_ANSWERS = (("company", T("公司", "A company")), ("unknown", T("不清楚", "I don't know")))
MATCH = fx.QUERY.model_copy(
    update={
        "code": "GX-MATCH",
        "name": T("惠企政策匹配", "Which policies fit my business?"),
        "identification": Identification.L0,
        "dataset": FINDER,
        "form": Form(
            schema={
                "type": "object",
                "required": list(_QUESTIONS),
                "properties": {name: {} for name in _QUESTIONS},
            },
            fields={
                name: FormField(label=label, widget="choice", options=_ANSWERS)
                for name, label in _QUESTIONS.items()
            },
            pages=tuple(
                FormPage(title=label, fields=(name,)) for name, label in _QUESTIONS.items()
            ),
        ),
    }
)
_SUBSIDY = FoundPolicy(
    code="subsidy",
    fit=Fit.YES,
    name=T("新招员工补贴", "Subsidy for newly employed people"),
    gives=T("每招一人一次性补贴1000元", "1,000 yuan once for each"),
    authority=T("人力资源和社会保障", "Human resources and social security"),
    basis="（示例）",
    until="2026-12-31",
    automatic=False,
    days_left=39,
)


def _found(**answers: str) -> QueryAnswer:
    answer = find({name: Personal(text) for name, text in answers.items()}, _TODAY)
    return replace(answer, policies=(_SUBSIDY, *answer.policies))


def policy_visits() -> dict[str, Visit]:
    """By name. The policies are those published, and an invented one that has to be applied for."""
    company = _found(who="company", assets_wan="5000", profit_wan="300", industry="manufacturing")
    trader = _found(who="sole_trader", small_scale_taxpayer="true", monthly_sales_wan="10")
    base: dict[str, Any] = {"visit_id": "gallery", "item": MATCH, "trail": derive(MATCH)}
    busy = Visit(step=Step.POLICIES, busy=True, **base)
    shop = replace(busy, busy=False, answer=trader)
    firm = replace(shop, answer=company)
    nothing = replace(company, policies=tuple(one for one in company.policies if one.fit is Fit.NO))
    return {
        "policies.busy": busy,
        "policies": shop,
        "policies.company": firm,
        "policies.none": replace(firm, answer=nothing),
        "policies.printed": replace(shop, receipt_print=PrintJob("receipt", PrintState.CONFIRMED)),
        "policies.automatic": replace(shop, policy="iit-sole-trader"),
        "policies.applied_for": replace(shop, policy="subsidy"),
        "policies.depends": replace(firm, policy="cit-small"),
        "policies.ruled_out": replace(shop, policy="cit-small"),
        "form.policy": replace(firm, step=Step.FORM, policy="cit-small", form_page=1),
    }
