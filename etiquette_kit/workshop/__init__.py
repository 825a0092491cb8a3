"""A workshop without phones: the group votes on a situation by show of hands, discusses it, votes again, and then sees the answer."""

from etiquette_kit.workshop.given_situations import GivenSituations, SituationSource, WorkshopSituations, workshop_situations
from etiquette_kit.workshop.list_file import SITUATIONS_VARIABLE, SituationListError, list_of_ids, list_of_name, list_of_text, load_list
from etiquette_kit.workshop.plan import PLANS, Plan, PlanError, plan_of
from etiquette_kit.workshop.round import Hands, HandsError, Round, RoundPhase, WhichVote
from etiquette_kit.workshop.run import Run
from etiquette_kit.workshop.situation_list import SituationList
from etiquette_kit.workshop.situations import situations

__all__ = [
    "PLANS",
    "SITUATIONS_VARIABLE",
    "GivenSituations",
    "Hands",
    "HandsError",
    "Plan",
    "PlanError",
    "Round",
    "RoundPhase",
    "Run",
    "SituationList",
    "SituationListError",
    "SituationSource",
    "WhichVote",
    "WorkshopSituations",
    "list_of_ids",
    "list_of_name",
    "list_of_text",
    "load_list",
    "plan_of",
    "situations",
    "workshop_situations",
]
