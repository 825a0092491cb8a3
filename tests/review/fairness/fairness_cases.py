"""One small bad example for each kind of warning, and a good one beside it."""

from dataclasses import dataclass, field

from etiquette_kit.review.fairness.words import quoted
from fairness_examples import DE_STEM, MASS, MESSAGE, OTHER_DE, TWINS, TWO, change, label

from good_scenario import GOOD, changed

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
LONG_WORDS = (
    "ausschließlich langjährige Freundschaften, beziehungsweise Familienangehörige, ausnahmslos freundschaftlich, entsprechend vereinbart"
)


def _later(old: str, new: str) -> str:
    """Return the pair with one thing changed in the second of it."""
    start = TWINS.index('id = "wanted-here"')
    return TWINS[:start] + changed(old, new, TWINS[start:])


CASES = [
    Case(
        "best_longest",
        change(TWO, ("Ich wähle b.", "Ich wähle b. Gut."), ("Ich nehme b.", LONG_B)),
        change(TWO, ("Ich wähle b.", "Ich wähle b. Gut."), ("Ich nehme c.", LONG_B)),
        (
            Expected(label(1, "de"), '"Ich wähle b. Gut."', {"text": "Ich wähle b. Gut.", "count": "2", "total": "2", "share": "30%"}),
            Expected(label(1, "de"), f'"{LONG_B}"', {"text": LONG_B, "count": "2", "total": "2", "share": "30%"}, "other-request"),
        ),
    ),
    Case(
        "absolute_words",
        changed("Ich wähle c.", "Ich wähle c nie.", GOOD),
        changed("Ich wähle b.", "Ich wähle b nie.", GOOD),  # in the best option the word gives nothing away
        (Expected(label(2, "de"), '"Ich wähle c nie."', {"word": "nie", "text": "Ich wähle c nie."}),),
    ),
    Case(
        "shared_words",
        changed("I choose b.", "I choose friends.", GOOD),
        changed("I choose b.", "I choose family.", GOOD),  # six letters
        (Expected(label(1, "en"), '"I choose friends."', {"word": "friends", "text": "I choose friends."}),),
    ),
    Case(
        "unequal_options",
        changed("Ich wähle c.", "Ich wähle c, jawohl.", GOOD),  # 20 characters to 12
        changed("Ich wähle c.", "Ich wähle c, gerne.", GOOD),  # 19
        (Expected(label(0, "de"), '"Ich wähle a."', {"text": "Ich wähle a.", "shortest": "12", "longest": "20"}),),
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
        changed("Ich nehme a.", "Ich: wähle – A!", TWO),  # signs and case do not matter
        changed("Ich nehme a.", "Ich wähle x.", TWO),
        (
            Expected(
                label(0, "de"),
                '"Ich: wähle – A!"',
                {"text": "Ich: wähle – A!", "other": "first-request", "share": "100%"},
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
            ("you only have family and friends, and you want", "the office has only family and friends, and you’d like"),
        ),
        (Expected(("text", "en", "stem"), EN_LINE),),
    ),
    Case(
        "hard_to_read",
        change(GOOD, ("nur Familie und Freunde", LONG_WORDS), ("immer pünktlich und immer mit einem Scherz am Telefon", LONG_WORDS)),
        changed("nur Familie und Freunde", LONG_WORDS, GOOD),
        (Expected(("text", "de", "stem"), DE_LINE, {"index": "54", "limit": "50"}),),
    ),
    Case(
        "other_voice",
        changed("Ich wähle c.", "Man wählt c.", GOOD),
        changed("Ich wähle c.", "Mir passt c.", GOOD),
        (Expected(label(2, "de"), '"Man wählt c."', {"text": "Man wählt c."}),),
    ),
    Case(
        "languages_apart",
        changed("und so soll es bleiben.", "und so soll es bleiben. " + "Das ist Ihnen sehr wichtig. " * 9, GOOD),
        changed("und so soll es bleiben.", "und so soll es bleiben. " + "Das ist Ihnen sehr wichtig. " * 7, GOOD),
        (Expected(("text", "en", "stem"), EN_LINE, {"longer": "de", "shorter": "en", "more": "643", "less": "402"}),),
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
        changed("„Wir reden", "„Sehr geehrte Frau Weber, wir reden", MASS),
        changed("„Wir reden", "„Liebe Kundinnen und Kunden, wir reden", MASS),
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
        _later('"Ich wähle c."', '"Ich wähle d."'),
        _later('"Das bewirkt c."', '"Das bewirkt d."'),
        (Expected(label(2, "de"), '"Ich wähle d."', {"part": "label", "other": "not-wanted"}, "wanted-here"),),
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
]
