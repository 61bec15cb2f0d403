"""What the two articles argue about: claims, which mark does what to which, and what the analyst thinks."""

from collections.abc import Mapping
from typing import NamedTuple


class Said(NamedTuple):
    """A mark and a claim it speaks to; stance and certainty where they are not those of the mark."""

    mark: str
    claim: str
    stance: str = ""
    certainty: str = ""


class Judged(NamedTuple):
    """A judgement of a claim, a source, a mention (mark and claim) or an article (0 or 1)."""

    table: str
    of: str
    scale: str
    value: str
    reason: str = ""


CLAIMS: Mapping[str, str] = {
    "from_ukraine": "The engines of the North Korean missiles come from the Ukrainian rocket factory.",
    "from_russia": "The engines of the North Korean missiles come from Russia.",
    "own_make": "North Korea builds the engines of its missiles itself.",
    "state_supplied": "The Ukrainian state gave the North missile know-how.",
    "smuggled": "Insiders in Ukraine sold engines or plans behind the state's back.",
    "progress": "Foreign engines explain the progress of the North Korean missile program.",
    "flown": "Engines of this kind flew in the missiles tested in mid-2017.",
    "findings": "The findings of the institute's report hold.",
    "russia_blame": "The fault lies with Russia.",
    "campaign": "Russian services started the reports against Ukraine.",
    "own_part": "Russia has a hidden share in Pyongyang's missile program.",
    "russia_delivered": "Russia helped the technology on its way to Pyongyang.",
    "behind_report": "Russia had a hand in spreading the institute's report.",
    "spies": "Northern spies went after Ukraine's rocket secrets.",
    "arrests": "Ukraine caught and jailed two envoys of the North.",
    "illicit": "Eastern Ukraine is open to illicit trade.",
    "leaks": "Secrets of the factory have leaked abroad before.",
    "tied": "The report's author is bound to Moscow's government.",
    "worked": "The report's author worked in Russia in the past.",
    "inquiry": "Ukraine will investigate whether an engine left the factory.",
    "helping": "Ukraine helps the North Korean missile program today.",
    "used": "North Korean missiles are used by Russia against Ukraine.",
    "quick": "North Korea builds missiles and delivers them within months.",
    "biased": "CAR works for one side.",
    "vowed": "North Korea has promised to support Russia's war.",
    "unlawful": "Moscow and Pyongyang trade arms against the council's resolutions.",
    "parts": "North Korea obtains forbidden parts from abroad.",
}

MENTIONS = (
    Said("title_denial", "state_supplied"),
    Said("title_supplied", "state_supplied"),
    Said("title_blame", "russia_blame"),
    Said("lead_denial", "from_ukraine"),
    Said("lead_claim", "from_ukraine"),
    Said("story_claim", "from_ukraine"),
    Said("story_claim", "from_russia"),
    Said("story_claim", "progress"),
    Said("secretary_not_so", "from_ukraine"),
    Said("secretary_never", "state_supplied"),
    Said("secretary_never", "from_ukraine", "", "probable"),
    Said("secretary_campaign", "campaign"),
    Said("secretary_campaign", "own_part"),
    Said("factory_denial", "from_ukraine"),
    Said("factory_incompetent", "findings"),
    Said("expert_source", "from_ukraine"),
    Said("engines_flown", "flown"),
    Said("employees_sold", "smuggled"),
    Said("expert_concedes", "from_russia"),
    Said("expert_again", "from_russia"),
    Said("illicit_trade", "illicit"),
    Said("official_leaks", "leaks"),
    Said("spies_tried", "spies"),
    Said("paper_on_arrests", "arrests", "comment"),
    Said("arrests", "arrests"),
    Said("case_here", "smuggled"),
    Said("likely_ukraine", "from_ukraine"),
    Said("likely_ukraine", "smuggled", "", "possible"),
    Said("helping_now", "helping", "query"),
    Said("psyop_subhead", "campaign"),
    Said("correcting", "from_ukraine"),
    Said("psyops_delivery", "russia_delivered"),
    Said("psyops_report", "behind_report"),
    Said("past_work", "worked", "support"),
    Said("program_led", "worked", "support"),
    Said("worked_there", "worked"),
    Said("ties", "tied"),
    Said("working_for", "tied"),
    Said("shocked", "tied"),
    Said("no_ties", "tied"),
    Said("disappointing", "inquiry", "deny"),
    Said("whether_engine", "from_ukraine", "query"),
    Said("inquiry_asked", "inquiry", "query"),
    Said("smuggling_asked", "smuggled", "query"),
    Said("not_happen", "smuggled"),
    Said("not_happen", "inquiry", "", "possible"),
    Said("no_inquiry", "inquiry"),
    Said("no_stupid", "smuggled"),
    Said("some_experts", "findings"),
    Said("not_only", "findings", "comment"),
    Said("bogus", "findings"),
    Said("usa_convinced", "own_make", "comment"),
    Said("own_engines", "own_make"),
    Said("report_alleged", "from_ukraine"),
    Said("report_alleged", "from_russia"),
    Said("not_flown", "flown"),
    Said("can_make", "quick"),
    Said("can_make", "used"),
    Said("first_proof", "quick"),
    Said("first_proof", "used"),
    Said("identified", "used"),
    Said("vow", "vowed"),
    Said("representing", "biased"),
    Said("essential", "biased", "deny"),
    Said("defended", "biased"),
    Said("unlawful", "unlawful"),
    Said("finding_used", "used"),
    Said("finding_quick", "quick"),
    Said("finding_parts", "parts"),
)

RELATIONS = (
    ("from_ukraine", "alternative_to", "from_russia"),
    ("from_ukraine", "alternative_to", "own_make"),
    ("from_russia", "alternative_to", "own_make"),
    ("own_make", "contradicts", "progress"),
    ("smuggled", "part_of", "from_ukraine"),
    ("state_supplied", "supports", "from_ukraine"),
    ("from_ukraine", "supports", "progress"),
    ("from_russia", "supports", "progress"),
    ("behind_report", "part_of", "campaign"),
    ("own_part", "supports", "russia_blame"),
    ("russia_delivered", "supports", "from_russia"),
    ("worked", "supports", "tied"),
    ("leaks", "supports", "smuggled"),
    ("illicit", "supports", "smuggled"),
    ("arrests", "supports", "spies"),
    ("quick", "supports", "own_make"),
    ("used", "part_of", "unlawful"),
    ("parts", "undermines", "own_make"),
)
"""How claims stand to one another."""

REGIONS = (
    (0, (0, 85), "title"),
    (0, (86, 90), "dateline"),
    (0, (3549, 3571), "subhead"),
    (0, (6060, 6086), "subhead"),
)
"""What is no running text: the article, the words, what they are."""

JUDGEMENTS = (
    Judged("claim", "from_ukraine", "verdict", "cannot_be_judged", "two voices, none saw the engine"),
    Judged("claim", "from_ukraine", "likelihood", "unlikely"),
    Judged("claim", "used", "verdict", "true", "markings, and nobody says no"),
    Judged("claim", "used", "confidence", "high"),
    Judged("source", "expert", "reliability", "B", "long in the field, open about doubts"),
    Judged("source", "nsdc_deputy", "reliability", "D", "nothing shown for his charges"),
    Judged("source", "unknown", "reliability", "F"),
    Judged("mention", "ties tied", "credibility", "4", "past work is no tie"),
    Judged("article", "0", "confidence", "moderate"),
)  # fmt: skip
