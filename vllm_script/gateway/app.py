"""The web application: routes, keys, limits, logs."""

from __future__ import annotations

import contextlib
import json
import logging
import time
from collections.abc import AsyncIterator
from typing import Annotated, Any, Final

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.security import HTTPBearer
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.exceptions import HTTPException
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.types import Message as ASGIMessage

from vllm_script.gateway.backends import Pool
from vllm_script.gateway.errors import GatewayError
from vllm_script.gateway.keys import KeyRing
from vllm_script.gateway.limits import Limiter
from vllm_script.gateway.metrics import Metrics
from vllm_script.gateway.openapi import CHAT, FAILURES, OLD_CHAT, describe_chat
from vllm_script.gateway.proxy import Proxy
from vllm_script.gateway.request import ChatRequest, bearer, parse_chat, parse_object, read_body, request_id
from vllm_script.gateway.settings import GatewaySettings, SettingsError
from vllm_script.gateway.stream import EventStream, unless_gone

log = logging.getLogger("gateway")
NOBODY: Final = "-"
"""Name under which requests run when no keys exist."""


class Gateway:
    """What the routes share."""

    def __init__(self, settings: GatewaySettings, keys: KeyRing) -> None:
        self.settings = settings
        self.keys = keys
        self.metrics = Metrics()
        self.pool = Pool(settings, self.metrics)
        self.proxy = Proxy(self.pool, self.metrics, settings.limits.retries)
        self.limiter = Limiter(settings.limits)
        self.body_limit = int(settings.limits.body_mib * 1024 * 1024)

    def holder(self, request: Request) -> str:
        """Name of the key that a request carries. Raises GatewayError 401."""
        name = self.keys.holder(bearer(request)) if self.keys else NOBODY
        if name is None:
            raise GatewayError(401, "the key is missing or wrong; send it as `Authorization: Bearer KEY`", code="key")
        request.state.holder = name
        return name

    async def chat(self, request: Request, holder: str, chat: ChatRequest) -> Response:
        """Forwards a checked chat request; a stream keeps its place in the limits until its last byte."""
        request.state.model = chat.model
        self.pool.replicas(chat.model)  # an unknown model costs no place in the limits and gets no figures
        async with contextlib.AsyncExitStack() as stack:
            stack.enter_context(self.limiter.admit(holder))
            stack.enter_context(self.metrics.duration.labels(chat.model).time())
            return await unless_gone(request, self._forward(chat, request.state.request_id, stack))
        raise AssertionError("unreachable: the stack swallows nothing")

    async def _forward(self, chat: ChatRequest, request_id: str, stack: contextlib.AsyncExitStack) -> Response:
        exchange = await self.proxy.open(chat.model, chat.body, request_id)
        stack.push_async_callback(exchange.close)
        if chat.stream and exchange.response.status_code == 200:
            return EventStream(self.proxy.events(exchange, chat.model), stack.pop_all())
        return _answer(exchange.response.status_code, await self.proxy.read(exchange))


def create_app(settings: GatewaySettings, keys: KeyRing) -> FastAPI:
    """The application. Raises SettingsError when it would be open to the network without a key."""
    if not keys and not settings.loopback:
        raise SettingsError(
            f"refusing to listen on {settings.host} without a key\n"
            f"    next: export {settings.keys.env}=me:$(python -c 'import secrets; print(secrets.token_urlsafe(32))')"
        )
    gateway = Gateway(settings, keys)

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await gateway.pool.start()
        try:
            yield
        finally:
            await gateway.pool.close()

    app = FastAPI(title="phonebench gateway", version="1", lifespan=lifespan, docs_url=None, redoc_url=None)
    app.state.gateway = gateway
    _add_errors(app)
    app.add_middleware(RequestLog, gateway=gateway)
    _add_routes(app, gateway)
    return app


async def authorised(request: Request, _: Annotated[Any, Depends(HTTPBearer(auto_error=False))]) -> str:
    """Name of the key that the request carries; FastAPI's own reading of it is there for the document."""
    gateway: Gateway = request.app.state.gateway
    return gateway.holder(request)


Holder = Annotated[str, Depends(authorised)]


class ChatRoute:
    """The chat completions as a bare ASGI application; here FastAPI's machinery would be a tenth of the cost."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request."""
        request = Request(scope, receive)
        holder = self._gateway.holder(request)
        chat = parse_chat(await read_body(request, self._gateway.body_limit))
        response = await self._gateway.chat(request, holder, chat)
        await response(scope, receive, send)


def _add_routes(app: FastAPI, gateway: Gateway) -> None:
    app.router.routes.append(Route(CHAT, ChatRoute(gateway), methods=["POST"]))
    describe_chat(app)

    @app.get("/health")
    async def health() -> dict[str, Any]:
        """Is the gateway up, and which back ends are? Needs no key and tells no address."""
        backends = {
            name: any(b.up for b in gateway.pool.backends if name in b.settings.models)
            for name in gateway.settings.served_models
        }
        first = gateway.settings.chat_model
        return {"status": "ok", "backend": first, "backend_ok": backends[first], "models": backends}

    @app.get("/v1/models", responses={401: FAILURES[401]})
    async def models(_: Holder) -> dict[str, Any]:
        """The models served here."""
        return {"object": "list", "data": gateway.pool.model_cards()}

    @app.get("/metrics", responses={401: FAILURES[401]}, response_class=Response)
    async def metrics(_: Holder) -> Response:
        """Prometheus figures."""
        return Response(gateway.metrics.text(), media_type=CONTENT_TYPE_LATEST)

    @app.post("/chat", responses=FAILURES, openapi_extra=OLD_CHAT)
    async def old_chat(request: Request, holder: Holder) -> Response:
        """The form that older clients send: {"prompt", "system"?} -> {"action"}."""
        body = parse_object(await read_body(request, gateway.body_limit))
        answer = await gateway.chat(request, holder, _from_old(body, gateway.settings.chat_model))
        return _to_old(answer) if answer.status_code == 200 else answer


def _from_old(body: dict[str, Any], model: str) -> ChatRequest:
    prompt, system = body.get("prompt"), body.get("system")
    if not isinstance(prompt, str) or not prompt:
        raise GatewayError(400, "`prompt` must be a non-empty string", param="prompt")
    if system is not None and not isinstance(system, str):
        raise GatewayError(400, "`system` must be a string", param="system")
    messages = [{"role": "system", "content": system}] if system else []
    messages.append({"role": "user", "content": prompt})
    return ChatRequest(json.dumps({"model": model, "messages": messages}).encode(), model, stream=False)


def _to_old(answer: Response) -> Response:
    try:
        content = json.loads(bytes(answer.body))["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise GatewayError(502, "the back end's answer is not a chat completion", code="backend_error") from error
    return JSONResponse({"action": content or ""})


def _answer(status: int, body: bytes) -> Response:
    """The back end's answer, with its errors in OpenAI's shape whatever shape they had."""
    if status >= 400:
        try:
            if "error" in parse_object(body):
                return Response(body, status, media_type="application/json")
        except GatewayError:
            pass
        text = body[:500].decode("utf-8", "replace")
        return _error_response(GatewayError(status, f"the back end answered {status}: {text}", code="backend_error"))
    return Response(body, status, media_type="application/json")


def _error_response(error: GatewayError) -> JSONResponse:
    headers = {"retry-after": f"{error.retry_after_s:g}"} if error.retry_after_s is not None else None
    return JSONResponse(error.body(), error.status, headers)


def _add_errors(app: FastAPI) -> None:
    @app.exception_handler(GatewayError)
    async def gateway_error(_: Request, error: GatewayError) -> JSONResponse:
        return _error_response(error)

    @app.exception_handler(HTTPException)
    async def http_error(_: Request, error: HTTPException) -> JSONResponse:
        response = _error_response(GatewayError(error.status_code, str(error.detail)))
        response.headers.update(error.headers or {})
        return response

    @app.exception_handler(RequestValidationError)
    async def validation_error(_: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        return _error_response(GatewayError(400, str(first["msg"]), param=".".join(map(str, first["loc"]))))


class RequestLog:
    """One line per request: no body, no query, only the name of the key. Plain ASGI, so that streams stay streams."""

    def __init__(self, app: ASGIApp, gateway: Gateway) -> None:
        self._app = app
        self._gateway = gateway

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        request.state.request_id = request_id(request)
        started = time.perf_counter()
        status = 499  # the client went away before an answer began

        async def send_with_id(message: ASGIMessage) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", request.state.request_id.encode())]
            await send(message)

        try:
            await self._app(scope, receive, send_with_id)
        finally:
            self._write(request, status, (time.perf_counter() - started) * 1000)

    def _write(self, request: Request, status: int, milliseconds: float) -> None:
        model = getattr(request.state, "model", NOBODY)
        if model not in self._gateway.settings.served_models:
            model = NOBODY
        self._gateway.metrics.requests.labels(model, status).inc()
        path = request.scope["path"][:80].encode("unicode_escape").decode()
        holder = getattr(request.state, "holder", NOBODY)
        log.info(
            "request=%s key=%s method=%s path=%s model=%s status=%d ms=%.1f",
            *(request.state.request_id, holder, request.method, path, model, status, milliseconds),
        )
