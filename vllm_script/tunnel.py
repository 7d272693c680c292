"""A public address for phone apps through ngrok (extra: tunnel)."""

from __future__ import annotations

from collections.abc import Sequence

CLIENT_SETTINGS = """\
Public address / 公网地址: {url}

Client settings (Operit and other OpenAI-compatible apps)
    API address   {url}/v1/chat/completions
    Model         {model}
    API key       the value of the key named {key} (not shown here)

客户端设置（Operit 及其他兼容 OpenAI 接口的应用）
    接口地址      {url}/v1/chat/completions
    模型名称      {model}
    API 密钥      名为 {key} 的密钥的值（此处不显示）"""


class TunnelError(Exception):
    """No tunnel; the message says why and what to do."""


def open_tunnel(port: int, key_names: Sequence[str], model: str) -> str:
    """Opens a tunnel to a local port and returns the text for the user. Raises TunnelError.

    A tunnel makes a loopback server public, so it needs a key.
    """
    if not key_names:
        raise TunnelError(
            "refusing to open a tunnel without a key: anyone could use the models\n"
            "    next: export PHONEBENCH_GATEWAY_KEYS=phone:"
            "$(python -c 'import secrets; print(secrets.token_urlsafe(32))')"
        )
    try:
        from pyngrok import ngrok
        from pyngrok.exception import PyngrokError
    except ImportError as error:
        raise TunnelError("pyngrok is not installed\n    next: python -m pip install -e '.[tunnel]'") from error
    try:
        tunnel = ngrok.connect(str(port), "http")
    except PyngrokError as error:
        raise TunnelError(
            f"ngrok did not open a tunnel: {error}\n    next: ngrok config add-authtoken TOKEN"
        ) from error
    return CLIENT_SETTINGS.format(url=tunnel.public_url, model=model, key=key_names[0])
