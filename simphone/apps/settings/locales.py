"""Languages that Settings offers, with the names that CLDR gives them."""

from __future__ import annotations

from typing import Final

LANGUAGES: Final[dict[str, tuple[tuple[str, str, str], ...]]] = {
    "Afrikaans": (("af-ZA", "Afrikaans (Suid-Afrika)", "Afrikaans (South Africa)"),),
    "Bahasa Indonesia": (("in-ID", "Indonesia (Indonesia)", "Indonesian (Indonesia)"),),
    "Català": (("ca-ES", "Català (Espanya)", "Catalan (Spain)"),),
    "Čeština": (("cs-CZ", "Čeština (Česko)", "Czech (Czechia)"),),
    "Dansk": (("da-DK", "Dansk (Danmark)", "Danish (Denmark)"),),
    "Deutsch": (
        ("de-DE", "Deutsch (Deutschland)", "German (Germany)"),
        ("de-AT", "Deutsch (Österreich)", "German (Austria)"),
        ("de-CH", "Deutsch (Schweiz)", "German (Switzerland)"),
    ),
    "English": (
        ("en-AU", "English (Australia)", "English (Australia)"),
        ("en-CA", "English (Canada)", "English (Canada)"),
        ("en-GB", "English (United Kingdom)", "English (United Kingdom)"),
        ("en-US", "English (United States)", "English (United States)"),
    ),
    "Español": (
        ("es-AR", "Español (Argentina)", "Spanish (Argentina)"),
        ("es-CL", "Español (Chile)", "Spanish (Chile)"),
        ("es-CO", "Español (Colombia)", "Spanish (Colombia)"),
        ("es-ES", "Español (España)", "Spanish (Spain)"),
        ("es-US", "Español (Estados Unidos)", "Spanish (United States)"),
        ("es-MX", "Español (México)", "Spanish (Mexico)"),
        ("es-PE", "Español (Perú)", "Spanish (Peru)"),
    ),
    "Français": (
        ("fr-BE", "Français (Belgique)", "French (Belgium)"),
        ("fr-CA", "Français (Canada)", "French (Canada)"),
        ("fr-FR", "Français (France)", "French (France)"),
    ),
    "Italiano": (("it-IT", "Italiano (Italia)", "Italian (Italy)"),),
    "Nederlands": (
        ("nl-BE", "Nederlands (België)", "Dutch (Belgium)"),
        ("nl-NL", "Nederlands (Nederland)", "Dutch (Netherlands)"),
    ),
    "Polski": (("pl-PL", "Polski (Polska)", "Polish (Poland)"),),
    "Português": (
        ("pt-BR", "Português (Brasil)", "Portuguese (Brazil)"),
        ("pt-PT", "Português (Portugal)", "Portuguese (Portugal)"),
    ),
    "Suomi": (("fi-FI", "Suomi (Suomi)", "Finnish (Finland)"),),
    "Svenska": (("sv-SE", "Svenska (Sverige)", "Swedish (Sweden)"),),
    "Türkçe": (("tr-TR", "Türkçe (Türkiye)", "Turkish (Türkiye)"),),
    "中文": (
        ("zh-CN", "简体中文(中国)", "Simplified Chinese (China)"),
        ("zh-TW", "繁體中文（台灣）", "Traditional Chinese (Taiwan)"),
    ),
    "日本語": (("ja-JP", "日本語（日本）", "Japanese (Japan)"),),
    "한국어": (("ko-KR", "한국어(대한민국)", "Korean (South Korea)"),),
}
"""Language -> its regions: (tag, name in its own language, name in English). Own names as CLDR has them."""
SUGGESTED: Final = ("es-US", "zh-CN")
NAMES: Final = {tag: (own, english) for regions in LANGUAGES.values() for tag, own, english in regions}
