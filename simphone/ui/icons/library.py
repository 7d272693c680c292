"""All icons by name, and further names under which they are found."""

from __future__ import annotations

from typing import Final

from simphone.ui.icons import actions, devices, navigation, places

ICONS: Final[dict[str, tuple[str, ...]]] = {
    **navigation.ICONS, **actions.ICONS, **devices.ICONS, **places.ICONS,
}  # fmt: skip

ALIASES: Final[dict[str, str]] = {
    "back": "arrow_back", "up": "arrow_back", "forward_arrow": "arrow_forward", "arrow_upward": "arrow_up",
    "arrow_downward": "arrow_down", "keyboard_arrow_down": "expand_more", "keyboard_arrow_up": "expand_less",
    "chevron_down": "expand_more", "chevron_up": "expand_less", "overflow": "more_vert", "clear": "close",
    "plus": "add", "minus": "remove", "done": "check", "tick": "check", "radio_button_checked": "radio_on",
    "radio_button_unchecked": "radio_off", "check_box": "checkbox_on", "check_box_outline_blank": "checkbox_off",
    "indeterminate_check_box": "checkbox_indeterminate", "gear": "settings", "trash": "delete", "pencil": "edit",
    "favorite": "heart_filled", "favorite_border": "heart", "star_border": "star", "world": "globe",
    "language": "globe",
    "public": "globe", "access_time": "clock", "schedule": "clock", "hotspot": "wifi_tethering",
    "mobile_data": "swap_vert", "hotel": "bed", "local_offer": "tag", "watch_later": "clock_filled",
    "moon": "bedtime", "sleep": "bed", "bell": "notifications", "sms": "message", "email": "mail", "group": "people",
    "account_circle": "account", "avatar": "person_filled", "contact": "contacts", "call": "phone",
    "video": "videocam", "microphone": "mic", "location_on": "place", "navigate": "navigation",
    "attachment": "attach", "attach_file": "attach", "photo": "image", "photos": "gallery", "pictures": "gallery",
    "visibility": "eye", "visibility_off": "eye_off", "volume_up": "volume", "sound": "volume", "shield": "security",
    "sd_card": "storage", "wallpaper": "image", "wifi_signal": "wifi_full", "network": "wifi",
    "airplanemode_active": "airplane", "flight": "airplane", "zoom_logo": "zoom", "zoom_camera": "zoom",
    "chrome": "browser", "return": "enter", "next": "skip_next", "previous": "skip_previous", "loop": "repeat",
    "song": "music_note", "playlist": "queue", "queue_music": "queue", "restore": "history", "exit": "logout",
    "money": "cash", "credit_card": "card", "bar_chart": "chart", "insights": "chart", "upvote": "vote_up",
    "downvote": "vote_down", "like": "thumb_up", "dislike": "thumb_down", "tips": "lightbulb", "support": "help",
    "hourglass_empty": "hourglass", "phone_hangup": "call_end", "smartphone": "phone_android",
    "label_outline": "label",
}  # fmt: skip
