"""Two articles of our own with what makes real news hard: see the cases they are named after."""

from annotator.domain.spans import Span

FIRST = """Velmora Denies Selling Jammers To Smugglers, Says Karsk Is To Blame
TARSK -- A nervous Velmora has denied a report in The Coast Herald quoting an engineer as saying smugglers \
may have bought signal jammers from a state works known as Ostrel, and instead says Karsk is to blame.
Citing a study by the Institute for Sea Studies (ISS) and classified notes of two coast guards, the Herald \
on May 14 reported that the growing number of lost ships may be due to jammers from Velmora or Karsk.
But the head of Velmora's Security Council, Irena Dobrova, insisted that could not be the case.
"Velmora has never sold jammers or any part of them to smugglers," she said in a statement published on the \
council's website. "We believe that this campaign was started in Karsk to hide its own trade."
Karsk has not commented on the study or Velmora's charges.
In its own statement, Ostrel said it "has never had and does not have anything to do with smugglers." The \
works also said the Herald's report was "provocative" and "based on a careless opinion."
Paul Renner, the engineer who wrote the study, told The Coast Herald that he believed the Ostrel works, \
located in the northern town of Lenz, was "the most likely source of the jammers" found in July. 🚢🇺🇦
Dobrova's deputy, Mikal Orlo, claimed Karsk "agents" -- or paid informants, a term used in the trade -- took \
part in the delivery, and possibly in the writing of the study itself.
However, Renner conceded that the smugglers could have got the parts from Karsk's own works, Polin, as well.
"I don’t have any ties to Karsk," Renner said. "I've worked with [the] Karsk navy in the past.”
Some Not Convinced
Joana Weiss, editor of Harbour Review, told the Herald via a message that she believed "the study is bogus."
"""
"""Title, dateline, no blank lines, a denial that contains what it denies, mixed marks, an emoji, a flag."""

SECOND = """Karsk has shown that it can build jammers and hand them to smugglers within months, according to \
Leo Marsh, head of Open Sea Watch (OSW). Speaking to the Sea Council on Monday, Marsh showed photographs of \
jammers taken from three boats.
Inspectors on the ground opened two of them. One jammer bore marks of the Polin works. “This is the first \
public proof that the jammers come from Karsk,” Marsh said.
Karsk’s envoy Viktor Salen objected to Marsh’s testimony, accusing him of working for Velmora and calling \
the session “a comedy for the press.” Salen also denied that the Polin works had ever built jammers.
Ana Rey, the envoy of Velmora, answered that the marks spoke for themselves and that Karsk had vetoed an \
inquiry in March.
Marsh defended his work. First, jammers built recently are in use. Second, the time between building and use \
is short. Third, parts from abroad reach the Polin works despite the ban.
Ostrel, named in an earlier report, did not answer questions."""
"""No title; one voice for several claims; denials of the proof and of the witness; silence."""


def quoted(text: str, words: str, after: str = "") -> Span:
    """Where words stand, at or after other words."""
    start = text.index(words, text.index(after) if after else 0)
    return Span(start, start + len(words))
