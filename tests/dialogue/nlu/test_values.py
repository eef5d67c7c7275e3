"""Values come out canonical, once, and never from numbers that only look like them."""

from datetime import date

import pytest

from bot.dialogue.nlu.asked_language import find_asked_language
from bot.dialogue.nlu.gazetteer import Gazetteer
from bot.dialogue.nlu.meant import meant
from bot.dialogue.nlu.values import find_values, meant_values

TODAY = date(2026, 3, 11)  # a Wednesday
PARTS = Gazetteer("component", "components")


def values(text: str) -> dict[str, str]:
    return {found.entity: found.value for found in meant_values(text, TODAY)}


@pytest.mark.parametrize(
    "text",
    [
        "5CG1234BXZ",
        "5cg1234bxz",
        "s/n:5CG1234BXZ",
        "5CG 123 4BXZ",
        "5CG-1234-BXZ",
        "5 C G 1 2 3 4 B X Z",
        "sn: 5cg 1234 bxz.",
    ],
)
def test_a_serial_number_however_it_is_written(text: str) -> None:
    assert values(text) == {"serial_number": "5CG1234BXZ"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5CGl2O4BXZ", "5CG1204BXZ"),
        ("5CG1234OXI", "5CG12340X1"),
        ("5CG1234LXZ", "5CG1234LXZ"),
        ("CNDA14 4XYZ", "CNDA144XYZ"),
    ],
)
def test_look_alikes_are_mended_by_position(text: str, value: str) -> None:
    found = meant_values(text, TODAY)
    assert [(one.value, one.mended) for one in found] == [(value, value != text.replace(" ", ""))]


@pytest.mark.parametrize(
    "text",
    [
        "tracking 1103733901",
        "pakkenummer JD014600003123456789",
        "1Z999AA10123456784",
        "1Z 999 AA1 01 2345 6784",
        "the company has cvr, it is 40 21 66 93",
        "windows fails with 0x80070643",
        "bios version er 2.1",
        "care pack number 5051 2290 8814",
        "3/4 plus 2/5",
        "the 3rd floor",
        "4839 divided by 7",
        "1000 tusinde tak",
        "får jeg et overslag før I går i gang",
        "det blinker ikke, to kabler og en anden port",
        "CVR 25313763",
        "cvr-nr. 25 31 37 63",
        "DK25313763",
        "VAT no 25313763",
        "care pack U8TN1A",
        "ordrenummer 4500123456",
        "mellem 10.00 og 16.00",
        "20.30-21.30",
        "Jens Peter Sørensen",
        "Vestergade 14, 2. tv",
        "elitebook 840 g9 med 1000 gb disk",
        "windows 11 24h2",
        "i7-1165g7",
        "rtx3060",
        "fejl 301",
        "90B",
        "fejl 601",
        "computeren",
        "den er fra 2021",
        "2000 kr",
        "trin 2/5",
        "åbent 24/7",
        "det rigtige er 3 x 20 10",
        "look at hp.com",
        "find it at hp.com please",
    ],
)
def test_other_numbers_are_free_text(text: str) -> None:
    assert values(text) == {}


@pytest.mark.parametrize(
    ("text", "entity", "value"),
    [
        ("6F2C4EA#UUW", "product_number", "6F2C4EA#UUW"),
        ("6f2c4ea", "product_number", "6F2C4EA"),
        ("produktnummer 6F2C4E", "product_number", "6F2C4E"),
        ("p/n: Y3B66EA#ABY", "product_number", "Y3B66EA#ABY"),
        ("sag 7K3-9QX", "case_id", "HPO-7K39QX"),
        ("hpo 7k39qx", "case_id", "HPO-7K39QX"),
        ("HPO7K39QX er mit sagsnummer", "case_id", "HPO-7K39QX"),
        ("hvordan går det med sag HPO-7K39QX?", "case_id", "HPO-7K39QX"),
        ("Min mail er Lone.Holm@Firma.DK.", "email", "lone.holm@firma.dk"),
        ("jens punktum hansen snabel a firma punktum dk", "email", "jens.hansen@firma.dk"),
        ("it's peter dot holm at company dot com", "email", "peter.holm@company.com"),
        ("lone(a)firma.dk", "email", "lone@firma.dk"),
        ("lone.holm @ firma .dk", "email", "lone.holm@firma.dk"),
        ("31 23 45 67", "phone", "+4531234567"),
        ("+45 31234567", "phone", "+4531234567"),
        ("0045 31 23 45 67", "phone", "+4531234567"),
        ("mit nummer er 31234567", "phone", "+4531234567"),
        ("+46 70 174 06 05", "phone", "+46701740605"),
        ("8260 Viby", "postcode", "8260"),
        ("skolevej 7, 4000 roskilde", "postcode", "4000"),
        ("postnr 2100", "postcode", "2100"),
        ("9000", "postcode", "9000"),
        ("den skal hentes i 5000 odense", "postcode", "5000"),
        ("jeg bor i Vejle 7100", "postcode", "7100"),
        ("kom og hent den i 6700", "postcode", "6700"),
        ("gammel landevej 203 6933 kibæk", "postcode", "6933"),
        ("postnummeret hedder seks tre nul nul", "postcode", "6300"),
        ("fyrre tolv treogtres nul otte", "phone", "+4540126308"),
        ("call forty one twenty-two thirty three forty-four", "phone", "+4541223344"),
        ("seven zero one two, double four, three one", "phone", "+4570124431"),
        ("Ribe, altså 6760", "postcode", "6760"),
        ("postnr 4 6 2 3", "postcode", "4623"),
        ("vesterbrogade 18 2. tv 1620 V", "postcode", "1620"),
        ("8000 is right", "postcode", "8000"),
        ("I meant 8200", "postcode", "8200"),
        ("6f2y1ec #aby", "product_number", "6F2Y1EC#ABY"),
        ("nyt om 4T8-N2R", "case_id", "HPO-4T8N2R"),
        ("blinkkode 3.2", "blink_code", "3.2"),
        ("3.2", "blink_code", "3.2"),
        ("den blinker 3 røde og 2 hvide", "blink_code", "3.2"),
        ("red 3 times and white 2 times", "blink_code", "3.2"),
        ("tre lange og to korte blink", "blink_code", "3.2"),
        ("caps lock blinker fem gange", "blink_code", "5"),
        ("it beeps 4 times", "blink_code", "4"),
        ("3 lange og 2 korte", "blink_code", "3.2"),
        ("den dytter fire gange", "blink_code", "4"),
        ("two slow flashes and three fast flashes", "blink_code", "2.3"),
        ("den bipper fem gange og så en pause", "blink_code", "5"),
        ("the code is 3.2", "blink_code", "3.2"),
        ("rød rød rød, pause, hvid hvid", "blink_code", "3.2"),
        ("rød,rød,rød,hvid,hvid", "blink_code", "3.2"),
        ("lampen giver 4 glimt og saa moerkt", "blink_code", "4"),
        ("tre roede og to hvide", "blink_code", "3.2"),
        ("num lock tæller til syv", "blink_code", "7"),
        ("2.3 talte jeg det til", "blink_code", "2.3"),
        ("9F3XJK-2ABCDE-MFGX0P-60Q703", "failure_id", "9F3XJK2ABCDEMFGX0P60Q703"),
        ("fejl id 9f3xjk2abcdemfgx0p60q703", "failure_id", "9F3XJK2ABCDEMFGX0P60Q703"),
        ("cnd 109 4vwt", "serial_number", "CND1094VWT"),
    ],
)
def test_one_value_in_canonical_form(text: str, entity: str, value: str) -> None:
    assert values(text) == {entity: value}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("i dag", "2026-03-11"),
        ("i morgen", "2026-03-12"),
        ("imorgen", "2026-03-12"),
        ("i overmorgen", "2026-03-13"),
        ("the day after tomorrow", "2026-03-13"),
        ("på fredag", "2026-03-13"),
        ("på onsdag om en uge", "2026-03-25"),
        ("d.16.", "2026-03-16"),
        ("i aftes", "2026-03-10"),
        ("næste mandag", "2026-03-16"),
        ("onsdag", "2026-03-18"),
        ("fredag i næste uge", "2026-03-20"),
        ("next week on friday", "2026-03-20"),
        ("den 14. maj", "2026-05-14"),
        ("May 14th", "2026-05-14"),
        ("14/5", "2026-05-14"),
        ("1. marts", "2027-03-01"),
        ("14.05.2026", "2026-05-14"),
        ("14/5-2026", "2026-05-14"),
        ("2026-05-14", "2026-05-14"),
        ("3. februar 2023", "2023-02-03"),
        ("den 18.", "2026-03-18"),
        ("the 2nd", "2026-04-02"),
        ("i går", "2026-03-10"),
        ("i mandags", "2026-03-09"),
        ("for tre dage siden", "2026-03-08"),
        ("in two days", "2026-03-13"),
        ("om en uge", "2026-03-18"),
        ("den fjerde juni to tusind og treogtyve", "2023-06-04"),
        ("the third of June 2024", "2024-06-03"),
        ("the ninth of may twenty twenty-five", "2025-05-09"),
        ("den tredje februar sidste år", "2025-02-03"),
        ("den 2. marts i år", "2026-03-02"),
        ("gerne d 19", "2026-03-19"),
        ("can he come on sat", "2026-03-14"),
        ("fra tors", "2026-03-12"),
    ],
)
def test_a_day_is_the_next_such_day(text: str, day: str) -> None:
    assert values(text) == {"date": day}


@pytest.mark.parametrize(
    "text",
    [
        "31. februar",
        "om lørdagen",
        "i marts 2022",
        "12 dage om ugen",
        "påske mandag",
        "after the 15 seconds it came back",
        "the 27 inch one is dead",
        "10/10 for the help",
        "three times in one day",
        "he sat down",
    ],
)
def test_what_is_no_day_gives_none(text: str) -> None:
    assert values(text) == {}


@pytest.mark.parametrize(
    ("text", "entity", "value"),
    [
        ("nej 5CG3120BXR ikke 5CD3120BXR", "serial_number", "5CG3120BXR"),
        ("5CD3120BXR, nej undskyld 5CG3120BXR", "serial_number", "5CG3120BXR"),
        ("not 5CD3120BXR but 5CG3120BXR", "serial_number", "5CG3120BXR"),
        ("flyt fra mandag til tirsdag", "date", "2026-03-17"),
        ("I can't on thursday, friday instead", "date", "2026-03-13"),
        ("torsdag dur ikke, hellere mandag", "date", "2026-03-16"),
        ("jeg er ikke hjemme i morgen, kan han komme fredag", "date", "2026-03-13"),
        ("cant do friday, can he come monday instead", "date", "2026-03-16"),
        ("kan i ikke komme torsdag eller fredag", "date", "2026-03-12"),
        ("d 22, skulle have været d 24", "date", "2026-03-24"),
        ("fredag er jeg væk, kan han komme mandag i stedet", "date", "2026-03-16"),
        ("byt torsdag ud med tirsdag", "date", "2026-03-17"),
        ("stryg 40 11 22 33, ring på 40 11 22 35", "phone", "+4540112235"),
        ("nej, 8210 ikke 8200", "postcode", "8210"),
        ("ikke 2100 men 2150", "postcode", "2150"),
        ("jeg skrev forkert det er 23 45 67 98", "phone", "+4523456798"),
        ("31 23 45 67, sorry I mean 31 23 45 68", "phone", "+4531234568"),
    ],
)
def test_the_corrected_value_counts(text: str, entity: str, value: str) -> None:
    assert values(text)[entity] == value


def test_a_first_message_with_everything() -> None:
    text = (
        "Hej, jeg hedder Lone, 5cg1234bxz vil ikke tænde. Ring på 31 23 45 67 eller lone@firma.dk, vi bor i 8260 Viby"
    )
    assert values(text) == {
        "serial_number": "5CG1234BXZ",
        "phone": "+4531234567",
        "email": "lone@firma.dk",
        "postcode": "8260",
    }


def test_places_point_at_what_was_written() -> None:
    text = "sn 5CG 123 4BXZ, mail lone@firma.dk"
    assert [text[found.start : found.end] for found in find_values(text, TODAY)] == ["lone@firma.dk", "5CG 123 4BXZ"]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("skærmen er sort", "display_builtin"),
        ("skaermen er sort", "display_builtin"),
        ("min eksterne skærm flimrer", "monitor_external"),
        ("tastaturet virker ikke", "keyboard_builtin"),
        ("mit trådløse tastatur", "keyboard_wireless"),
        ("oplader", "ac_adapter"),
        ("batteriet lader ikke op", "battery"),
        ("computerskærmen er revnet", "display_builtin"),
        ("pc-opladeren brummer", "ac_adapter"),
        ("bærbarskærmen flimrer", "display_builtin"),
        ("eksternt keyboard", "keyboard_external"),
        ("den ledningsløse mus", "mouse_wireless"),
        ("usb-stikket sidder løst", "usb_port"),
        ("computeren", None),
        ("den lader ikke", None),
        ("den oplader ikke", None),
        ("min mus er død", "mouse_wired"),
        ("wireless mouse", "mouse_wireless"),
        ("docking station", "dock"),
        ("blå skærm", None),
        ("ssd'en er væk", "storage"),
        ("it's not the screen it's the keyboard", "keyboard_builtin"),
        ("ikke skærmen men tastaturet", "keyboard_builtin"),
        ("HP-musen lyser ikke", "mouse_wired"),
        ("RAM-klodsen er løs", "memory"),
        ("BIOS-fejl ved start", "firmware"),
        ("cpu-frekvensen er låst", "cpu"),
        ("M.2-disken er væk", "storage"),
        ("E24-skærmen går i sort", "monitor_external"),
        ("2nd screen says no signal", "monitor_external"),
        ("dockens porte er døde", "dock"),
        ("køleren snurrer ikke", "fan"),
        ("hva' faen er det for noget", None),
        ("F2-tasten", None),
        ("pc'en opdager ikke docken", "dock"),
        ("den finder ikke musen", "mouse_wired"),
        ("det er ikke skærmen", None),
        ("touchpadden er død, men med en mus går det fint", "touchpad"),
        ("no touchpad, only with a mouse", "touchpad"),
        ("I er helt uden hukommelse", None),
        ("jeg lukker fanen", None),
    ],
)
def test_a_part_by_its_names(text: str, part: str | None) -> None:
    found = meant(text, PARTS.find(text))
    assert (found[0].value if found else None) == part


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("kan vi tage den på engelsk", "en"),
        ("dansk tak", "da"),
        ("jeg taler ikke dansk", "en"),
        ("I don't speak English", "da"),
        ("why are you writing danish, I'm english", "en"),
        ("please switch to the english, my danish is very bad", "en"),
        ("mit engelsk er ikke godt", "da"),
        ("min kollega fra polen forstår kun engelsk", "en"),
        ("let's go on in english, my danish is bad", "en"),
        ("eng pls", "en"),
        ("hej", None),
    ],
)
def test_the_language_asked_for(text: str, language: str | None) -> None:
    found = find_asked_language(text)
    assert (found.value if found else None) == language
