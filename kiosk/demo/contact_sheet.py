"""The morning on one page: every screen, receipt and proof, visit by visit."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

_STYLE = """
:root { --paper: #f7f6f2; --ink: #1f2a2e; --soft: #5b686d; --line: #d9d6cc; --teal: #0f5c63;
  --seal: #a8322a; }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 1240px; padding: 3rem 1.5rem; background: var(--paper);
  color: var(--ink); font: 16px/1.55 "Noto Sans CJK SC", "Noto Sans SC", system-ui, sans-serif }
h1 { font: 700 2.2rem/1.2 "Noto Serif CJK SC", "Noto Serif SC", serif; margin: 0 }
header p { color: var(--soft); margin: .4rem 0 2rem }
nav { display: flex; flex-wrap: wrap; gap: .5rem; margin-bottom: 2.5rem }
nav a { border: 1px solid var(--line); border-radius: 99px; padding: .1rem .8rem;
  color: var(--teal); text-decoration: none; background: #fff }
nav a.bad { color: #fff; background: var(--seal) }
section { border-top: 1px solid var(--line); padding: 1.6rem 0 2rem }
h2 { font-size: 1.25rem; margin: 0 }
h2 small { color: var(--soft); font-weight: 400 }
dl { display: flex; flex-wrap: wrap; gap: .2rem 1.8rem; margin: .5rem 0 1rem; font-size: .92rem }
dl div { display: flex; gap: .5rem } dt { color: var(--soft) } dd { margin: 0 }
.strip { display: flex; gap: .8rem; overflow-x: auto; padding-bottom: .6rem; align-items: end }
figure { margin: 0; flex: none } figcaption { color: var(--soft); font-size: .78rem }
figure img { height: 320px; display: block; border: 1px solid var(--line); border-radius: 6px;
  background: #fff }
figure.slip img { height: auto; width: 200px }
.why { color: var(--seal); font-weight: 700 }
"""
_INTRO = (
    "所有人物、号码和照片都是虚构的。 Every person, number and portrait on this page is invented."
)


def contact_sheet(summary: Mapping[str, Any]) -> str:
    """One HTML page for a summary as written to ``summary.json``; links are relative to it."""
    visits = summary["visits"]
    links = "".join(
        f'<a href="#v{v["number"]}" class="{"" if v["ok"] else "bad"}">{v["number"]}</a>'
        for v in visits
    )
    sections = "".join(_section(visit) for visit in visits)
    return (
        '<!doctype html>\n<html lang="zh-CN"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>市民之窗 · 一个上午</title><style>{_STYLE}</style>\n"
        "<header><h1>市民之窗 · 一个上午</h1>"
        f"<p>Citizen Window, a morning: {len(visits)} visits in {summary['seconds']} s. "
        f"{_INTRO}</p></header><nav>{links}</nav>\n{sections}</html>\n"
    )


def _section(visit: Mapping[str, Any]) -> str:
    facts = {
        "谁": visit["who"],
        "事项": f"{visit['service']} ({visit['kind']})",
        "送往": visit["route"],
        "提交": visit["submission"] or "—",
        "送达": "—" if visit["delivered"] is None else f"{visit['delivered']} 次",
        "查询码": visit["lookup_code"] or "—",
        "遇到": "、".join((*visit["troubles"], *visit["notes"])) or "—",
        "用时": f"{visit['seconds']:.1f} s",
    }
    listed = "".join(
        f"<div><dt>{escape(k)}</dt><dd>{escape(str(v))}</dd></div>" for k, v in facts.items()
    )
    why = f'<p class="why">{escape(visit["why"])}</p>' if visit["why"] else ""
    pictures = "".join(_screen(path) for path in visit["screens"])
    papers = "".join(_paper(path) for path in visit["papers"])
    return (
        f'<section id="v{visit["number"]}"><h2>{visit["number"]}. {escape(visit["title_zh"])} '
        f"<small>{escape(visit['title_en'])}</small></h2><dl>{listed}</dl>{why}"
        f'<div class="strip">{pictures}{papers}</div></section>\n'
    )


def _screen(path: str) -> str:
    name = escape(path.rpartition("/")[2].removesuffix(".png"))
    link = escape(path)
    return (
        f'<figure><a href="{link}"><img loading="lazy" src="{link}" alt="{name}"></a>'
        f"<figcaption>{name}</figcaption></figure>"
    )


def _paper(path: str) -> str:
    link = escape(path)
    if path.endswith(".pdf"):
        return f'<figure><a href="{link}">A4 PDF ↗</a><figcaption>{link}</figcaption></figure>'
    raw = escape(path.removesuffix(".png") + ".bin")
    return (
        f'<figure class="slip"><a href="{link}"><img loading="lazy" src="{link}" alt="{link}"></a>'
        f'<figcaption>{link} · <a href="{raw}">raw</a></figcaption></figure>'
    )
