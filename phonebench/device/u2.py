"""uiautomator2, where it is installed here: a service on the phone that tells the UI tree in a tenth of the time.

The package brings and starts its own service (a jar under /data/local/tmp); that service and `uiautomator dump` exclude
each other, so a phone is asked in one way or the other.
"""

from __future__ import annotations

import base64
import contextlib
import importlib.util
import logging
import socket
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import adbutils

from phonebench.device.adb import Line
from phonebench.schema.errors import AdbTimeout, DeviceError, MissingTool

if TYPE_CHECKING:
    from uiautomator2.core import BasicUiautomatorServer  # type: ignore[import-untyped]

log = logging.getLogger(__name__)

_MAX_DEPTH: Final = 50  # as the package's own dump_hierarchy
_JPEG_QUALITY: Final = 95


def available() -> bool:
    """Whether the package is installed on this machine."""
    return importlib.util.find_spec("uiautomator2") is not None


class _Device(adbutils.AdbDevice):  # type: ignore[misc]
    """Sends a request's body at once: after its head it would wait 40 ms for a delayed acknowledgement."""

    def create_connection(self, network: adbutils.Network, address: int | str) -> socket.socket:
        connected: socket.socket = super().create_connection(network, address)
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connected


class Uiautomator2:
    """The service of one phone; started by the first call."""

    def __init__(self, line: Line, timeout_s: float) -> None:
        if not available():
            raise MissingTool.of_extra("u2", "uiautomator2", where="phone.ui_dump", otherwise="phone.ui_dump: dump")
        self._line = line
        self._timeout_s = timeout_s
        self._server: BasicUiautomatorServer | None = None

    def dump(self) -> str:
        """The UI tree as XML, as `uiautomator dump` writes it. Raises DeviceError."""
        return str(self._call("dumpWindowHierarchy", [False, _MAX_DEPTH]) or "")

    def screenshot(self) -> bytes:
        """A JPEG; empty when the screen may not be captured. Raises DeviceError."""
        return base64.b64decode(self._call("takeScreenshot", [1, _JPEG_QUALITY]) or "")

    def paste(self, text: str) -> None:
        """Put text on the clipboard and paste it into the focused field. Raises DeviceError."""
        self._call("setClipboard", ["phonebench", text])
        self._call("pasteClipboard", [])

    def close(self) -> None:
        """End the service. Never raises."""
        server, self._server = self._server, None
        if server is not None:
            with contextlib.suppress(DeviceError), self._translated():
                server.stop_uiautomator(wait=False)

    def _call(self, method: str, params: list[Any]) -> Any:
        with self._translated():
            if self._server is None:
                self._server = self._start()
            return self._server.jsonrpc_call(method, params, self._timeout_s)

    def _start(self) -> BasicUiautomatorServer:
        from uiautomator2.core import BasicUiautomatorServer

        client = adbutils.AdbClient("127.0.0.1", self._line.server.port, socket_timeout=self._timeout_s)
        return BasicUiautomatorServer(_Device(client, self._line.serial))

    @contextlib.contextmanager
    def _translated(self) -> Iterator[None]:
        from uiautomator2 import exceptions  # type: ignore[import-untyped]

        try:
            yield
        except (TimeoutError, adbutils.AdbTimeout, exceptions.HTTPTimeoutError) as error:
            raise AdbTimeout(f"uiautomator2 on {self._line.serial} did not answer", why=str(error)) from error
        except (exceptions.BaseException, adbutils.AdbError, OSError, EOFError, ValueError) as error:
            raise DeviceError(
                f"uiautomator2 failed on {self._line.serial}", why=f"{type(error).__name__}: {str(error)[:300]}"
            ) from error
