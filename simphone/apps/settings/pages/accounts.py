"""Passwords & accounts, Google, and Tips & support: a phone that nobody is signed in to."""

from __future__ import annotations

from typing import Final

from simphone.apps.settings.model import Act, Header, Link, Note, Page, Row, Toggle, flag

PAGES: Final = (
    Page(
        "accounts",
        "Passwords & accounts",
        (
            Header("Passwords"),
            Act("Google", "No passwords saved", icon="key", msg=("tell", "Add a Google Account first")),
            Header("Autofill service"),
            Row("Google", "Autofill service from Google"),
            Header("Accounts for Owner"),
            Link("Add account", icon="add", page="add_account"),
            Toggle(
                "Automatically sync app data",
                "Let apps refresh data automatically",
                flag=flag("global", "auto_sync", default="1"),
            ),
        ),
        activity="com.android.settings.Settings$AccountDashboardActivity",
        actions=("android.settings.SYNC_SETTINGS",),
    ),
    Page(
        "add_account",
        "Add an account",
        (
            Act("Exchange", icon="mail", msg=("tell", "Couldn't sign in: no connection to the server")),
            Act("Google", icon="globe", msg=("tell", "Couldn't sign in: no connection to the server")),
            Act("Personal (IMAP)", icon="mail", msg=("tell", "Couldn't sign in: no connection to the server")),
            Act("Personal (POP3)", icon="mail", msg=("tell", "Couldn't sign in: no connection to the server")),
        ),
        actions=("android.settings.ADD_ACCOUNT_SETTINGS",),
        parent="accounts",
    ),
    Page(
        "google",
        "Google",
        (
            Link("Sign in to your Google Account", icon="account", page="add_account"),
            Header("Services on this device"),
            Row("Ads"),
            Row("Autofill"),
            Link("Backup", page="backup"),
            Row("Devices & sharing"),
            Row("Find My Device"),
            Row("Personalize using app data"),
            Row("Settings for Google apps"),
        ),
    ),
    Page(
        "tips",
        "Tips & support",
        (
            Row("Get help", icon="help"),
            Row("Explore tips & tricks", icon="lightbulb"),
            Act("Send feedback", icon="feedback", msg=("tell", "No app can send feedback")),
            Note("Help needs a connection to the internet, which this simulated phone does not have."),
        ),
    ),
)
