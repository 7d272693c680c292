"""Agents: dialects, memory, policies, and the reference agents that need no model."""

from phonebench.agent.build import agent_for, check_agent, models_used, prompts_digest
from phonebench.agent.human import Driver, Scene
from phonebench.agent.reference import ReferenceAgent

__all__ = ["Driver", "ReferenceAgent", "Scene", "agent_for", "check_agent", "models_used", "prompts_digest"]
