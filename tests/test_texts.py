"""What customers read keeps its promises and its tone: responses, articles, pages and the widget, in both languages."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from actions.casework.facts import Language
from actions.casework.knowledge.articles import load_articles
from scripts.customer_texts import CustomerText, customer_texts

ALL: Mapping[Language, list[CustomerText]] = {language: list(customer_texts(language)) for language in Language}
BOTH = pytest.mark.parametrize("language", list(Language))

#: Words that sound like an office, are translated, or name by another word what has its own.
FORBIDDEN = {
    Language.DA: r"\b(venligst|bedes|Deres|De er|gratis|omgående|hurtigst muligt|snarest|såfremt|vedrørende|ifm\."
    r"|iht\.|jf\.|angående|hvorledes|ligeledes|endvidere|ydermere|pågældende|nærværende|herunder|foretage[rs]?|iværksætte[rs]?"
    r"|tilgå|fremsende[rs]?|rette henvendelse|garanterer|pick-?up|ticket|case|casen|labels?|labelen|sporingsnummer"
    r"|fejlkoden? fra|registeret)\b",
    Language.EN: r"\b(kindly|hereby|free of charge|for free|gratis|immediately|as soon as possible|we guarantee|shall"
    r"|in order to|please note|inform us|regarding|aforementioned|ticket|failure codes?|member of staff"
    r"|support agent)\b",
}
#: Time, price and stock: the datasheet names none (R06, R39, Q20).
PROMISES = re.compile(
    r"\b\d+ ?(kr\.?|kroner|euro|eur|arbejdsdage|hverdage senere|working days|business days)\b"
    r"|\b(inden for|within) (?!10\b|30\b)\d+ (timer|dage|hours|days)\b"  # 10 and 30 days are the datasheet's (R78, R90)
    r"|\b(på lager|in stock)\b(?!.*\b(love|promise)\b)"
    r"|\b(de fleste pc-problemer|most PC problems|al hardware|all hardware)\b",
    re.IGNORECASE,
)
INDIAN_PAGE, MARKETING = re.compile(r"/in-en"), re.compile(r"85 ?(%|procent|per cent|percent)")
LOST_LETTERS = re.compile(
    r"\b(skaerm\w*|stroem\w*|faerdig|naeste|proev\w*|koeb\w*|koer\w*|goer|maa|faar|saa|paa|ogsaa|naar|foer|efterfoelg\w*"
    r"|doegnet|aaben|aabner|daekket|daekning\w*|vaere|vaelg\w*|braendt|roeg|hjaelp\w*|laeg|taend\w*"
    r"|noegle\w*|loes\w*|hoejst|maerk\w*|foelg\w*|spoerg\w*|aendr\w*)\b",
    re.IGNORECASE,
)
#: Mails, labels and pages may say more than a chat on a telephone.
LONGEST = {"mail.yml": 700, "label.yml": 700, "pages": 4000}
LONGEST_IN_CHAT = 480
SENTENCES_BEFORE_A_QUESTION = 2
_SENTENCE_END = re.compile(r"(?<=[.:])\s+(?=[A-ZÆØÅ])")


@BOTH
def test_no_office_words_and_one_word_for_one_thing(language: Language) -> None:
    assert not _found(language, re.compile(FORBIDDEN[language]))


@BOTH
def test_no_text_promises_time_price_or_stock(language: Language) -> None:
    assert not _found(language, PROMISES)


@BOTH
def test_the_marketing_figure_is_nowhere(language: Language) -> None:
    """R07: 85 per cent success is a figure of the world's, not a promise."""
    assert not _found(language, MARKETING)


@BOTH
def test_the_indian_page_is_never_named(language: Language) -> None:
    """Q14: customers here belong on support.hp.com/dk-da."""
    assert not _found(language, INDIAN_PAGE)


def test_nothing_is_called_free() -> None:
    """Q16: whether the way there is paid for the datasheet does not say."""
    assert not _found(Language.DA, re.compile(r"\bgratis\b", re.IGNORECASE))
    assert not _found(Language.EN, re.compile(r"\bfree of charge\b|\bfor free\b", re.IGNORECASE))


@BOTH
def test_nobody_is_shouted_at(language: Language) -> None:
    """No exclamation marks at people in trouble."""
    assert not [text.key for text in ALL[language] if "!" in _whole(text)]


@BOTH
def test_one_question_a_message(language: Language) -> None:
    """Two question marks, and the customer answers the wrong one. It comes last, or an example after it."""
    texts = [text for text in ALL[language] if text.place != "pages"]
    assert not [text.key for text in texts if text.text.count("?") > 1]


@BOTH
def test_a_question_comes_soon(language: Language) -> None:
    """At most two sentences before what is asked."""
    late = {}
    for text in ALL[language]:
        if "?" in text.text and text.place not in LONGEST and not text.place.startswith("articles"):
            before = [part for part in _SENTENCE_END.split(text.text[: text.text.index("?")]) if part.strip()]
            if len(before) - 1 > SENTENCES_BEFORE_A_QUESTION:
                late[text.key] = before
    assert not late


@BOTH
def test_nothing_is_too_long_to_read(language: Language) -> None:
    """A chat is read on a phone."""
    assert not {
        text.key: len(text.text)
        for text in ALL[language]
        if len(text.text) > LONGEST.get(text.place.split("/")[-1], LONGEST_IN_CHAT)
    }


def test_both_languages_have_the_same_texts_and_placeholders() -> None:
    shapes = [
        {
            (text.place, text.key): (sorted(re.findall(r"\{\w+\}", text.text)), len(text.buttons))
            for text in ALL[language]
        }
        for language in Language
    ]
    assert shapes[0] == shapes[1]


def test_no_text_is_left_in_the_other_language() -> None:
    """Danish letters in English, or whole sentences that are the same in both."""
    english = {(text.place, text.key): text for text in ALL[Language.EN]}
    same = [
        text.key
        for text in ALL[Language.DA]
        if len(text.text.split()) > 6 and text.text == english[text.place, text.key].text
    ]
    assert not same
    shown = (text for text in ALL[Language.EN] if text.place.split("/")[0] not in ("pages", "widget"))
    assert not [text.key for text in shown if re.search(r"[æøåÆØÅ]", _names_removed(_whole(text)))]


def test_danish_letters_are_danish() -> None:
    """No ae, oe, aa in place of æ, ø, å."""
    assert not _found(Language.DA, LOST_LETTERS)
    asked = [question for article in load_articles(Language.DA) for question in article.questions]
    assert not [question for question in asked if LOST_LETTERS.search(question)]


def _found(language: Language, pattern: re.Pattern[str]) -> dict[str, str]:
    return {
        f"{text.place} {text.key}": found.group()
        for text in ALL[language]
        if (found := pattern.search(_names_removed(_whole(text))))
    }


def _whole(text: CustomerText) -> str:
    return "\n".join([text.text, *text.buttons])


def _names_removed(text: str) -> str:
    """Placeholders and what quotes or names HP's words are no words of ours."""
    text = re.sub(r"\{\w+\}|«[^»]*»|»[^«]*«|“[^”]*”", "", text)
    return re.sub(r"Pick Up & Return|Nordlys Byg|Rønne|support\.hp\.com/\S+", "", text)
