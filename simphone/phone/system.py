"""What apps get to see of the phone: core.app.System over the machine."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from simphone.core.app import Intent
from simphone.core.files import FileError
from simphone.phone import settings, tasks, time_set
from simphone.phone.machine import Machine, zone_info
from simphone.ui.frame import Metrics

Json = Any

TOAST_MS: Final = 2000
"""Toast.LENGTH_SHORT."""


class PhoneSystem:
    """Implements core.app.System for one app."""

    def __init__(self, machine: Machine, app: str) -> None:
        self._m = machine
        self._app = app
        self.state: dict[str, Json] = machine.state

    @property
    def metrics(self) -> Metrics:
        return self._m.metrics

    @property
    def dark(self) -> bool:
        return self._m.dark

    def now(self) -> datetime:
        return self._m.now()

    def epoch_ms(self) -> int:
        return self._m.epoch_ms

    def zone_offset(self, zone: str) -> int:
        instant = datetime.fromtimestamp(self._m.epoch_ms / 1000, UTC)
        offset = instant.astimezone(zone_info(zone)).utcoffset()
        return int(offset.total_seconds()) if offset else 0

    def set_clock(self, local: datetime) -> None:
        time_set.by_hand(self._m, local)

    def set_zone(self, zone: str) -> None:
        time_set.zone_by_hand(self._m, zone)

    def setting(self, namespace: str, key: str, default: str = "") -> str:
        return self._m.setting(namespace, key, default)

    def put_setting(self, namespace: str, key: str, value: str | None) -> None:
        settings.put(self._m, namespace, key, value)

    def toast(self, text: str) -> None:
        self._m.toast(text, TOAST_MS)

    def start(self, intent: Intent) -> bool:
        return bool(tasks.start(self._m, intent, caller=self._app))

    def uninstall(self, package: str) -> bool:
        return tasks.uninstall(self._m, package)

    def force_stop(self, package: str) -> None:
        tasks.force_stop(self._m, package)

    def clear_data(self, package: str) -> bool:
        return tasks.clear(self._m, package)

    def permit(self, package: str, permission: str, granted: bool) -> None:
        entry = self._m.state["packages"].get(package)
        if entry is not None:
            entry["permissions"][permission] = granted
            self._m.changed()

    def finish(self) -> None:
        tasks.leave(self._m, self._app)

    def show_keyboard(self, field_key: str) -> None:
        self._m.state["system_ui"]["focus_next"] = [self._app, field_key]
        self._m.changed()

    def hide_keyboard(self) -> None:
        self._m.state["keyboard"]["shown"] = False
        self._m.state["system_ui"]["focus_next"] = None
        self._m.changed()

    def scroll_to(self, scroller: str, child_key: str, margin_dp: float = 0.0) -> None:
        self._m.state["system_ui"]["scroll_to"].append([self._app, scroller, child_key, margin_dp])
        self._m.changed()

    def set_scroll(self, scroller: str, offset_px: int) -> None:
        self._m.state["scroll"].setdefault(self._app, {})[scroller] = offset_px
        self._m.changed()

    def notify(self, key: str, title: str, text: str = "", data: str = "") -> None:
        note = {"app": self._app, "key": key, "title": title, "text": text, "data": data, "when_ms": self._m.epoch_ms}
        self.cancel_notification(key)
        self._m.state["notifications"].append(note)

    def cancel_notification(self, key: str) -> None:
        notes = self._m.state["notifications"]
        self._m.state["notifications"] = [note for note in notes if (note["app"], note["key"]) != (self._app, key)]
        self._m.changed()

    def read_file(self, path: str) -> bytes | None:
        return self._m.files.read(path)

    def write_file(self, path: str, data: bytes) -> None:
        self._m.files.write(path, data, parents=True)

    def delete_file(self, path: str) -> bool:
        try:
            return self._m.files.delete(path)
        except FileError:
            return False
