"""Drafts of scenarios from questions that somebody has in another format."""

from etiquette_kit.exchange.drafts.question import Answer, Question, ReadError, Unread
from etiquette_kit.exchange.drafts.toml_draft import draft_text

__all__ = ["Answer", "Question", "ReadError", "Unread", "draft_text"]
