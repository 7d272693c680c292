"""Load, compose and check configs/*.yaml; every key is known, every message names file and line."""

from phonebench.config.agent import AgentConfig, ControllerConfig, Decider, HumanConfig, ImageConfig, MemoryConfig
from phonebench.config.endpoint import ModelConfig
from phonebench.config.load import LoadedConfig, config_digest, load_config
from phonebench.config.models import JudgeConfig, LimitsConfig, PriceConfig, PromptConfig, RunConfig, SuiteConfig
from phonebench.config.phone import DockerConfig, PhoneConfig
from phonebench.config.safety import SafetyConfig

__all__ = [
    "AgentConfig",
    "ControllerConfig",
    "Decider",
    "DockerConfig",
    "HumanConfig",
    "ImageConfig",
    "JudgeConfig",
    "LimitsConfig",
    "LoadedConfig",
    "MemoryConfig",
    "ModelConfig",
    "PhoneConfig",
    "PriceConfig",
    "PromptConfig",
    "RunConfig",
    "SafetyConfig",
    "SuiteConfig",
    "config_digest",
    "load_config",
]
