"""A workshop without phones: situations put to the room, hands counted, talked over, counted again, and only then resolved."""

from etiquette_kit.workshop.plan import PLANS, Plan, PlanError, plan_of
from etiquette_kit.workshop.round import Hands, HandsError, Round, RoundPhase, WhichVote
from etiquette_kit.workshop.run import Run
from etiquette_kit.workshop.situations import situations

__all__ = ["PLANS", "Hands", "HandsError", "Plan", "PlanError", "Round", "RoundPhase", "Run", "WhichVote", "plan_of", "situations"]
