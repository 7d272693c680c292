"""JSON-RPC 2.0: a request in, an answer out; whatever is asked, the phone lives on."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any, Final

from simphone.phone.phone import Phone
from simphone.uiautomator import device, objects
from simphone.uiautomator.objects import ObjectNotFound

log = logging.getLogger(__name__)

Json = Any
NOT_FOUND: Final = -32002
_PARSE, _INVALID, _METHOD, _PARAMS = -32700, -32600, -32601, -32602
_MOST_ARGUMENTS: Final = 16


class Server:
    """The methods of one phone's server, and what it remembers: the last toast."""

    def __init__(self) -> None:
        self._toasts = device.Toasts()
        self._methods: dict[str, Callable[..., Json]] = {
            **device.METHODS,
            **objects.METHODS,
            "getLastToast": self._toasts.last,
            "clearLastToast": self._toasts.forget,
            "makeToast": self._toasts.show,
        }

    def answer(self, phone: Phone, body: bytes) -> bytes:
        """The JSON of the answer to the JSON of a request."""
        request_id = None
        try:
            request = json.loads(body)
            request_id = request.get("id")
            told = {"result": self._call(phone, request["method"], request.get("params"))}
        except (ValueError, RecursionError):
            told = _error(_PARSE, "the request is no JSON")
        except (AttributeError, KeyError):
            told = _error(_INVALID, "a request is an object with a method")
        except _Failure as failure:
            told = failure.told
        return json.dumps({"jsonrpc": "2.0", "id": request_id, **told}).encode()

    def _call(self, phone: Phone, name: Json, params: Json) -> Json:
        arguments = params if isinstance(params, list) else []
        on_object = bool(arguments) and isinstance(arguments[0], dict | str)
        methods = self._methods | objects.ON_OBJECTS if on_object else self._methods
        method = methods.get(str(name))
        if method is None or len(arguments) > _MOST_ARGUMENTS:
            raise _Failure(_METHOD, f"there is no method {str(name)[:80]}")
        self._toasts.look(phone)
        try:
            result = method(phone, *arguments)
        except ObjectNotFound as problem:
            what = f"androidx.test.uiautomator.UiObjectNotFoundException: {problem}"
            raise _Failure(NOT_FOUND, what) from None
        except (TypeError, ValueError, LookupError, ArithmeticError) as problem:
            log.info("%s refused: %s", name, problem)
            raise _Failure(_PARAMS, f"{name}: {type(problem).__name__}: {problem}") from None
        self._toasts.look(phone)
        return result


class _Failure(Exception):
    """An answer that tells of an error."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.told = _error(code, message)


def _error(code: int, message: str) -> dict[str, Json]:
    return {"error": {"code": code, "message": message, "data": message}}
