"""A bank whose every text is hard to write into a file of other software, and to read back."""

import json
import re
from pathlib import Path

from etiquette_kit.bank import Bank
from good_scenario import GOOD, bank_of

HOSTILE = (
    "<b onclick='x()'>&amp; \"and\" 'so'</b> & <script>alert(1)</script>",
    "]]> <![CDATA[ <?xml ?> <!-- -->",
    "{~=#} %50%~%100%a =b #c ####d :: \\ \\n \\= -> $$ // [html]",
    "[markdown]*x* %100% = $CATEGORY: a/b//c",
    "שלום עולם، مرحبا بالعالم",
    "👩‍💻 🏳️‍🌈 e\u0301 \u00a0\u00ad\u200b end",
    "two  spaces\tand a tab",
    "// no comment {=yes ~no}",
)


def hostile_bank(folder: Path) -> Bank:
    """Return a bank of one theme, with a hostile text in every field that people write."""
    texts = iter(HOSTILE * 20)
    quoted = re.compile(r'(?P<key>(?:title|role|stem|label|feedback|name|title\.\w\w)) = (?:"""(?:.|\n)*?"""|"[^"]*")')
    number = iter(range(1000))
    text = quoted.sub(lambda found: f"{found['key']} = {json.dumps(f'{next(texts)} {next(number)}', ensure_ascii=False)}", GOOD)
    return bank_of(folder, text)
