"""Reads Moodle XML with moodle-xml-parser: texts of files come in as JSON, the multiple-choice questions of each go out."""

import dataclasses
import json
import sys

from moodle_xml_parser.parser import parse_string

found = [parse_string(text)["multichoice"] for text in json.load(sys.stdin)]
json.dump([[dataclasses.asdict(question) for question in questions] for questions in found], sys.stdout)
