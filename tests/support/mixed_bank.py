"""A bank with good and bad scenarios of every sort, always the same, whose findings are held in `data/mixed_findings.txt`."""

import random
from pathlib import Path

from etiquette_kit.bank import load_bank
from good_scenario import HEAD, scenario

WORDS = (
    *("always", "never", "newsletter", "„Komm“", "ist’s", "Ada’s", "print-shop", "immer", "Druckerei"),
    *("telephone", "ΣΑΣ", "İstanbul", "unsubscribe", "Sie", "you"),
)


CHANGES = (
    ('platform = "facebook"', 'platform = "facebok"'),
    ('platform = "facebook"', 'platform = "xing"'),
    ("wanted = false", "wanted = true, sensitive = false"),
    ("wanted = false", 'wanted = "no"'),
    ('gender = "female"', 'gender = "male"'),
    ('gender = "female"', 'gendre = "female"'),
    ('action = "accept_open"', 'action = "accept_limited"'),
    ('action = "accept_open"', 'action = "accept"'),
    ('action = "accept_open"', 'action = "decline_silently"'),
    ("Ich wähle a.", "Niemals tue ich das, unter keinen Umständen, auf keinen Fall, ausnahmslos."),
    ("I choose b.", "She is never asked again, whatever happens, and the friend request is left where it is for good."),
    ("On Facebook you only have", "There are only"),
    ("Das bewirkt c.", "\u202eumgekehrt"),
    ("text.en.feedback", "text.fr.feedback"),
    ("text.de.label", '"text"."de".label'),
    ('[scenario.text.en]\ntitle = "A request"', '[scenario.text.en]\nsubtitle = { a = [1, { b = 2 }] }\ntitle = ""'),
)


def write(folder: Path) -> None:
    """Write three files of 24 scenarios, a table with errors, and what cannot be read."""
    chance = random.Random(20)  # noqa: S311  the same each time
    for number in range(3):
        parts = [HEAD if number else 'titel = 1\n[theme]\ntitle.de = "Probe"\n']
        for place in range(24):
            text = scenario(f"s{number}-{place}" if place != 20 else "s0-1")
            for old, new in chance.sample(CHANGES, chance.randint(0, 2)):
                text = text.replace(old, new, 1)
            for beginning in ("Seit drei Jahren", "For three years"):
                start = text.index(beginning) + 20
                for _ in range(chance.randint(0, 12)):
                    before = text[: start + chance.randint(0, 300)].rpartition(" ")[0]
                    text = f"{before} {chance.choice(WORDS)}{text[len(before) :]}"
            parts.append(text)
        (folder / f"theme-{number}.toml").write_text("".join(parts), encoding="utf-8")
    (folder / "broken.toml").write_text('[theme]\ntitle = "a\n', encoding="utf-8")
    (folder / "curly.toml").write_text("[theme]\ntitle = „a“\n", encoding="utf-8")
    (folder / "first.toml.txt").write_text("", encoding="utf-8")
    (folder / "latin.toml").write_bytes("ä".encode("latin-1"))
    (folder / "empty.toml").write_bytes(b"")
    (folder / "other.toml").write_text('scenario = { a = 1 }\n"k e" = 1\n', encoding="utf-8")


def told(folder: Path) -> list[str]:
    """Return the findings as lines, with their files named from the folder."""
    lines = []
    for finding in load_bank(folder).findings:
        name = Path(finding.file).relative_to(folder)
        said = finding.message.replace(str(folder), "")
        lines.append(f"{name}:{finding.line} {finding.severity} {finding.kind} [{finding.id}] {said}")
    return lines
