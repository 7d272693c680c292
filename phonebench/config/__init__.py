"""Load, compose and check configs/*.yaml; every key is known, every message names file and line."""

from phonebench.config.load import LoadedConfig, config_digest, load_config
from phonebench.config.models import (
    AgentConfig,
    ControllerConfig,
    ImageConfig,
    JudgeConfig,
    LimitsConfig,
    MemoryConfig,
    ModelConfig,
    PhoneConfig,
    PriceConfig,
    PromptConfig,
    RunConfig,
    SuiteConfig,
)

__all__ = [
    "AgentConfig",
    "ControllerConfig",
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
    "SuiteConfig",
    "config_digest",
    "load_config",
]
