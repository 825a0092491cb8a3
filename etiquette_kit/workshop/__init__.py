"""A workshop without phones: the group votes on a situation by show of hands, discusses it, votes again, and then sees the answer."""

from etiquette_kit.workshop.plan import PLANS, Plan, PlanError, plan_of
from etiquette_kit.workshop.round import Hands, HandsError, Round, RoundPhase, WhichVote
from etiquette_kit.workshop.run import Run
from etiquette_kit.workshop.situations import situations

__all__ = ["PLANS", "Hands", "HandsError", "Plan", "PlanError", "Round", "RoundPhase", "Run", "WhichVote", "plan_of", "situations"]
