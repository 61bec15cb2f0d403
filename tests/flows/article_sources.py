"""Who speaks in the two articles, by neutral names, and exhibits that stand outside them."""

from collections.abc import Mapping
from typing import NamedTuple


class Who(NamedTuple):
    """A source; affiliation, author and publisher are keys of other rows."""

    name: str
    kind: str
    role: str = ""
    affiliation: str = ""
    author: str = ""
    publisher: str = ""
    country: str = ""
    aliases: tuple[str, ...] = ()
    anonymity: str = ""


SOURCES: Mapping[str, Who] = {
    "ukraine": Who("Ukraine", "state", country="UA", aliases=("Kyiv",)),
    "nsdc": Who("NSDC", "organisation", affiliation="ukraine", country="UA"),
    "nsdc_secretary": Who("NSDC secretary", "person", role="secretary of the council", affiliation="nsdc",
        country="UA"),
    "nsdc_deputy": Who("NSDC deputy secretary", "person", role="deputy secretary", affiliation="nsdc",
        country="UA"),
    "factory": Who("Rocket factory", "organisation", role="state-run maker of rockets",
        affiliation="ukraine", country="UA"),
    "official": Who("Unnamed official of Ukraine", "anonymous", role="security official",
        affiliation="ukraine", country="UA", anonymity="asked for it: a delicate matter"),
    "russia": Who("Russia", "state", country="RU", aliases=("Moscow",)),
    "usa": Who("United States", "state", country="US"),
    "north_korea": Who("North Korea", "state", country="KP", aliases=("Pyongyang",)),
    "agencies": Who("American services", "group", affiliation="usa", country="US"),
    "assessments": Who("Secret assessments", "document", author="agencies"),
    "institute": Who("London institute", "organisation", country="GB"),
    "expert": Who("Author of the study", "person", role="missile expert", affiliation="institute"),
    "report": Who("Study of the institute", "document", affiliation="institute", author="expert",
        publisher="institute"),
    "biography": Who("Biography of the author", "document", affiliation="institute", publisher="institute"),
    "daily": Who("New York daily", "outlet", country="US"),
    "kyiv_paper": Who("Kyiv newspaper", "outlet", country="UA"),
    "press": Who("Earlier press", "group", role="local and foreign papers"),
    "radio": Who("Radio service", "outlet", role="outlet of the first article"),
    "monterey": Who("Monterey institute", "organisation", country="US"),
    "editor": Who("Editor of a review", "person", role="research associate", affiliation="monterey"),
    "experts": Who("Experts in the plural", "group"),
    "unknown": Who("Nobody named", "unknown", anonymity="a heading without a speaker"),
    "car": Who("CAR", "organisation", role="traces weapons", country="GB"),
    "car_head": Who("Head of CAR", "person", role="head", affiliation="car"),
    "researchers": Who("Researchers of CAR", "group", affiliation="car"),
    "nk_leader": Who("Leader of North Korea", "person", affiliation="north_korea", country="KP"),
    "nk_media": Who("State media of North Korea", "outlet", affiliation="north_korea", country="KP"),
    "ru_envoy": Who("Ambassador of Russia", "person", role="ambassador to the U.N.", affiliation="russia",
        country="RU"),
    "us_envoy": Who("Ambassador of the United States", "person", role="ambassador to the U.N.",
        affiliation="usa", country="US"),
    "council": Who("Security Council", "organisation"),
}  # fmt: skip
"""Each after those it names."""

EXHIBITS: Mapping[str, Mapping[str, str]] = {
    "statement": {"title": "Statement on the council's page", "captured": "2017-08"},
    "post": {"title": "The author's post after publication", "captured": "2017-08",
        "note": "repeats that Russia is possible too"},
    "session": {"title": "Record of the council's session", "captured": "2024-12-18"},
}  # fmt: skip
