"""One small bad example for each kind of warning, and a good one beside it."""

from dataclasses import dataclass, field

from etiquette_kit.lint.fairness.words import quoted
from fairness_examples import DE_STEM, MASS, MESSAGE, OTHER_DE, TWINS, TWO, change, label
from good_scenario import GOOD, changed, option

DE_LINE, EN_LINE = 'stem = """\nSeit drei', 'stem = """\nFor three'  # on whose lines the stems of the good scenario begin


@dataclass(frozen=True)
class Expected:
    """A warning: where it points to and what it tells."""

    where: tuple[str | int, ...]
    at: str  # a text that stands once, on the line of the finding
    values: dict[str, str] = field(default_factory=dict)
    id: str = "first-request"


@dataclass(frozen=True)
class Case:
    """A file with a fault and one that comes close to it without having it."""

    kind: str
    bad: str
    good: str
    expected: tuple[Expected, ...]
    also: frozenset[str] = frozenset()  # what else is found, in both files


LONG_B = "Ich nehme b. Genau."
TAIL, OTHER_TAIL = " So halte ich es auch sonst.", " Damit fühle ich mich hier wohl."  # of each German option, in both scenarios
LONG_WORDS = (
    "ausschließlich langjährige Freundschaften, beziehungsweise Verwandtschaften, ausnahmslos freundschaftlich, entsprechend vereinbart"
)


def _later(old: str, new: str) -> str:
    """Return the pair with one thing changed in the second of it."""
    start = TWINS.index('id = "wanted-here"')
    return TWINS[:start] + changed(old, new, TWINS[start:])


def _seen(sight: str) -> str:
    """Return the pair, with what she may see in the second of it, in German."""
    text = _later("; sie darf alles sehen", sight)
    start = text.rindex("Seit drei Jahren")
    return text[:start] + text[start:].replace("Seit drei Jahren", "Seit gut drei Jahren")


CASES = [
    Case(
        "best_longest",
        change(TWO, ("Ich wähle b.", "Ich wähle b. Gut."), ("Ich nehme b.", LONG_B)),
        change(TWO, ("Ich wähle b.", "Ich wähle b. Gut."), ("Ich nehme c.", LONG_B)),
        (
            Expected(
                label(1, "de"), '"Ich wähle b. Gut.', {"text": f"Ich wähle b. Gut.{TAIL}", "count": "2", "total": "2", "share": "30%"}
            ),
            Expected(
                label(1, "de"), f'"{LONG_B}', {"text": LONG_B + OTHER_TAIL, "count": "2", "total": "2", "share": "30%"}, "other-request"
            ),
        ),
    ),
    Case(
        "absolute_words",
        changed("Ich wähle c.", "Ich wähle c nie.", GOOD),
        changed("Ich wähle b.", "Ich wähle b nie.", GOOD),  # in the best option the word gives nothing away
        (Expected(label(2, "de"), '"Ich wähle c nie.', {"word": "nie", "text": f"Ich wähle c nie.{TAIL}"}),),
    ),
    Case(
        "shared_words",
        changed("I choose b.", "I choose friends.", GOOD),
        changed("I choose b.", "I choose family.", GOOD),  # six letters
        (Expected(label(1, "en"), '"I choose friends.', {"word": "friends", "text": "I choose friends. That is how I do it."}),),
    ),
    Case(
        "unequal_options",
        changed("Ich wähle c.", "Ich wähle c, denn das ist mir lieber.", GOOD),  # 65 characters to 40
        changed("Ich wähle c.", "Ich wähle c, denn das ist mir recht.", GOOD),  # 64
        (Expected(label(0, "de"), '"Ich wähle a.', {"text": f"Ich wähle a.{TAIL}", "shortest": "40", "longest": "65"}),),
    ),
    Case(
        "similar_stems",
        changed(OTHER_DE, DE_STEM.replace("Seit drei", "Seit vier"), TWO),
        TWO,
        (
            Expected(
                ("text", "de", "stem"),
                'stem = """\nSeit vier',
                {"text": quoted(DE_STEM.replace("drei", "vier")), "other": "first-request", "share": "94%"},
                "other-request",
            ),
        ),
    ),
    Case(
        "similar_options",
        changed(f"Ich nehme a.{OTHER_TAIL}", f"Ich: wähle – A!{TAIL}", TWO),  # signs and case do not matter
        changed("Ich nehme a.", "Ich wähle x.", TWO),
        (
            Expected(
                label(0, "de"),
                '"Ich: wähle – A!',
                {"text": f"Ich: wähle – A!{TAIL}", "other": "first-request", "share": "100%"},
                "other-request",
            ),
        ),
    ),
    Case(
        "no_person",
        changed("Sie Ada Beispiel das", "Sie einer Kundin das", GOOD),
        change(GOOD, ("Sie Ada Beispiel das", "Sie Frau Beispiel das"), ("for Ada Beispiel’s print", "for Ada’s print")),
        (Expected(("text", "de", "stem"), DE_LINE, {"name": "Ada Beispiel"}),),
    ),
    Case(
        "no_platform",
        change(GOOD, ("a friend request from her comes in on Facebook", "a friend request comes in"), ("On Facebook you", "There you")),
        changed("On Facebook you", "There you", GOOD),
        (Expected(("text", "en", "stem"), EN_LINE, {"platform": "Facebook"}),),
    ),
    Case(
        "no_quote",
        changed("„Wir reden", "Ihr Text: „Wir reden", GOOD),  # the paragraph has to be the message and nothing else
        change(GOOD, ("„Wir reden", "«Wir reden"), ("freue mich schon.“", "freue mich schon.»")),
        (Expected(("text", "de", "stem"), DE_LINE, {"name": "Ada Beispiel"}),),
    ),
    Case(
        "no_wish",
        change(
            GOOD,
            ("you have been delivering", "the office has been delivering"),
            ("you only have family", "there are only family"),
            ("and you want to keep it that way", "and so it should stay"),
            ("let us connect", "let you and me connect"),  # what she writes does not count
        ),
        change(
            GOOD,
            ("you have been delivering", "the office has been delivering"),
            ("you only have family and friends, and you want", "the office has family and friends, and you’d like"),
        ),
        (Expected(("text", "en", "stem"), EN_LINE),),
    ),
    Case(
        "hard_to_read",
        change(
            GOOD,
            ("nur Familie und Freunde", LONG_WORDS),
            ("immer pünktlich und immer mit einem Scherz am Telefon", LONG_WORDS),
            ("nice talks", "wonderfully and surprisingly nice talks"),
        ),
        changed("nur Familie und Freunde", LONG_WORDS, GOOD),
        (Expected(("text", "de", "stem"), DE_LINE, {"index": "52", "limit": "50"}),),
    ),
    Case(
        "other_voice",
        changed(f"Ich wähle c.{TAIL}", "Man wählt c. So halten es alle auch sonst.", GOOD),
        changed(f"Ich wähle c.{TAIL}", "Mir passt c. So halten es alle auch sonst.", GOOD),
        (Expected(label(2, "de"), '"Man wählt c.', {"text": "Man wählt c. So halten es alle auch sonst."}),),
    ),
    Case(
        "languages_apart",
        changed("und so soll es bleiben.", "und so soll es bleiben. " + "Das ist Ihnen sehr wichtig. " * 9, GOOD),
        changed("und so soll es bleiben.", "und so soll es bleiben. " + "Das ist Ihnen sehr wichtig. " * 6, GOOD),
        (Expected(("text", "en", "stem"), EN_LINE, {"longer": "de", "shorter": "en", "more": "666", "less": "394"}),),
        frozenset({"stem_long"}),
    ),
    Case(
        "mail_merge",
        changed("“We have such", "“Dear customers, we have such", MESSAGE),
        changed("you have been delivering the paper", "you have been delivering the newsletter", MESSAGE),  # not in the message
        (
            Expected(
                ("text", "en", "stem"),
                EN_LINE,
                {"text": "“Dear customers, we have such nice talks on the phone, so let us connect here a…"},
            ),
        ),
    ),
    Case(
        "mail_merge",
        changed("„Wir reden so nett am Telefon", "„Sehr geehrte Frau Weber, wir reden so nett am Telefon", MASS).replace(
            " Ich freue mich schon.", ""
        ),
        changed("„Wir reden", "„An alle, wir reden", MASS),
        (
            Expected(
                ("text", "de", "stem"),
                DE_LINE,
                {"text": "„Sehr geehrte Frau Weber, wir reden so nett am Telefon, da können wir uns doch…"},
            ),
        ),
        frozenset({"no_choice"}),
    ),
    Case(
        "twin_missing",
        changed('id = "first-request"\n', 'id = "first-request"\ntwin = "other-requst"\n', TWO),
        TWO,
        (Expected(("twin",), 'twin = "other-requst"', {"other": "other-requst", "nearest": "other-request"}),),
    ),
    Case(
        "twin_missing",
        changed('id = "first-request"\n', 'id = "first-request"\ntwin = "first-request"\n', GOOD),  # itself is no other
        GOOD,
        (Expected(("twin",), "twin =", {"other": "first-request", "nearest": ""}),),
    ),
    Case(
        "twin_one_sided",
        changed('twin = "not-wanted"\n', "", TWINS),
        TWINS,
        (Expected(("twin",), 'twin = "wanted-here"', {"id": "not-wanted", "other": "wanted-here"}, "not-wanted"),),
    ),
    Case(
        "twin_differs",
        _later('"A request"', '"Another request"'),
        _later('"Owner of a print shop, your client"', '"Your client"'),
        (Expected(("text", "en", "title"), '"Another request"', {"part": "title", "other": "not-wanted"}, "wanted-here"),),
    ),
    Case(
        "twin_differs",
        _later('"Ich wähle c.', '"Ich wähle d.'),
        _later('"Das bewirkt c."', '"Das bewirkt d."'),
        (Expected(label(2, "de"), '"Ich wähle d.', {"part": "label", "other": "not-wanted"}, "wanted-here"),),
    ),
    Case(
        "twin_differs",
        _later('"decline_silently"', '"ignore"'),
        TWINS,
        (
            Expected(("twin",), 'twin = "not-wanted"', {"part": "action", "other": "not-wanted"}, "wanted-here"),
            Expected(("option", 2, "action"), '"ignore"', {"part": "action", "other": "not-wanted"}, "wanted-here"),
        ),
    ),
    Case(
        "twin_same_best",
        changed("wanted = true, sensitive = false", "wanted = false", TWINS),
        TWINS,
        (Expected(("twin",), 'twin = "not-wanted"', {"other": "not-wanted"}, "wanted-here"),),
    ),
    Case(
        "no_role",
        changed("Ihre Kundin bekommt es", "Sie bekommt es", GOOD),
        changed("Ihre Kundin bekommt es", "Ihre Stammkundin bekommt es", GOOD),
        (Expected(("text", "de", "stem"), DE_LINE, {"name": "Ada Beispiel", "role": "Kundin oder Kunde"}),),
    ),
    Case(
        "unclear_wish",
        changed("and you want to keep it that way", "and it is your little island", GOOD),
        changed("and you want to keep it that way", "and you’d rather not add her", GOOD),
        (Expected(("text", "en", "stem"), EN_LINE, {"name": "Ada Beispiel"}),),
    ),
    Case(
        "unclear_sensitive",
        _seen(""),
        _seen(", nur das Fest soll sie nicht sehen").replace("nur Familie und Freunde, und Sie", "nur Freunde, und Sie"),
        (Expected(("text", "de", "stem"), 'stem = """\nSeit gut', {"name": "Ada Beispiel"}, "wanted-here"),),
    ),
    Case(
        "telling_title",
        changed('"A request"', '"An unwanted request"', GOOD),
        changed('"A request"', '"A request at noon"', GOOD),
        (Expected(("text", "en", "title"), "An unwanted", {"word": "unwanted", "text": "An unwanted request"}),),
    ),
    Case(
        "title_words",
        changed('"A request"', '"A request from a very good client"', GOOD),
        changed('"A request"', '"A request from a good client"', GOOD),
        (
            Expected(
                ("text", "en", "title"),
                "very good",
                {"words": "7", "least": "2", "most": "6", "text": "A request from a very good client"},
            ),
        ),
    ),
    Case(
        "doubled_title",
        changed('"A hundred notebooks"', '"A  Request"', TWO),
        TWO,
        (Expected(("text", "en", "title"), '"A  Request"', {"text": "A Request", "other": "first-request"}, "other-request"),),
    ),
    Case(
        "long_sentence",
        changed("Familie und Freunde", "Familie" + " und" * 8 + " Freunde", GOOD),  # 21 words
        changed("Familie und Freunde", "Familie" + " und" * 6 + " Freunde", GOOD),
        (
            Expected(
                ("text", "de", "stem"),
                DE_LINE,
                {
                    "words": "21",
                    "most": "20",
                    "text": quoted("Auf Facebook sind bei Ihnen nur Familie" + " und" * 8 + " Freunde, und so soll es bleiben."),
                },
            ),
        ),
    ),
    Case(
        "long_sentences",
        changed("client gets", "client" + " and" * 8 + " gets", GOOD),
        changed("client gets", "client" + " and" * 5 + " gets", GOOD),
        (Expected(("text", "en", "stem"), EN_LINE, {"average": "15", "most": "14"}),),
        frozenset({"stem_long"}),
    ),
    Case(
        "long_word",
        changed("Das bewirkt c.", "Das bewirkt Kundenzufriedenheitsbefragungen.", GOOD),
        changed("Das bewirkt c.", "Das bewirkt Freundschaftsanfragen.", GOOD),
        (
            Expected(
                ("option", 2, "text", "de", "feedback"),
                "Kundenzufriedenheitsbefragungen",
                {"word": "Kundenzufriedenheitsbefragungen", "count": "10", "most": "7"},
            ),
        ),
    ),
    Case(
        "option_short",
        changed(f"Ich wähle c.{TAIL}", "Ich wähle c und sage nichts dazu", GOOD),
        changed(f"Ich wähle c.{TAIL}", "Ich wähle c und sage gar nichts dazu", GOOD),
        (
            Expected(
                label(2, "de"),
                "sage nichts",
                {"words": "7", "least": "8", "most": "20", "text": "Ich wähle c und sage nichts dazu"},
            ),
        ),
    ),
    Case(
        "option_long",
        changed("I choose c.", "I" + " am" * 13 + " c.", GOOD).replace("I choose", "I would really like to choose"),
        changed("I choose c.", "I" + " am" * 12 + " c.", GOOD).replace("I choose", "I would really like to choose"),
        (
            Expected(
                label(2, "en"),
                '"I am am',
                {"words": "21", "least": "8", "most": "20", "text": "I" + " am" * 13 + " c. That is how I do it."},
            ),
        ),
    ),
    Case(
        "feedback_long",
        changed("Das bewirkt c.", "Das bewirkt" + " ja" * 24, GOOD),
        changed("Das bewirkt c.", "Das bewirkt" + " ja" * 23, GOOD),
        (
            Expected(
                ("option", 2, "text", "de", "feedback"),
                "Das bewirkt ja",
                {"words": "26", "most": "25", "text": quoted("Das bewirkt" + " ja" * 24)},
            ),
        ),
    ),
    Case(
        "many_options",
        GOOD + option("d", "decline_and_redirect") + option("e", "ignore"),
        GOOD + option("d", "decline_and_redirect"),
        (Expected(("option", 4), '[[scenario.option]]\nid = "e"', {"count": "5", "most": "4"}),),
    ),
]
