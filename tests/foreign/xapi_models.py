"""Reads xAPI statements with ralph's models: statements come in as JSON, what is wrong with each goes out, empty where nothing is."""

import json
import sys

from pydantic import ValidationError
from ralph.models.xapi.base.statements import BaseXapiStatement


def fault(statement: dict[str, object]) -> str:
    """Return what is wrong with a statement."""
    try:
        BaseXapiStatement(**statement)
    except ValidationError as error:
        return str(error)
    return ""


json.dump([fault(statement) for statement in json.load(sys.stdin)], sys.stdout)
