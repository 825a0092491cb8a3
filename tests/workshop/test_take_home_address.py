import pytest
from etiquette_kit import LiveRoom, Workshop
from etiquette_kit.locale import catalog, languages
from etiquette_kit.workshop.take_home import LONGEST_ADDRESS, TAKE_HOME_VARIABLE, TakeHomeError, chosen_take_home
from take_home_examples import ADDRESS

GOOD = (
    ADDRESS,
    "http://quiz",
    "http://127.0.0.1:8347/de/",
    "http://[2001:db8::1]:80/",
    "https://quiz.example.org/a?b=c#d",
    "HTTPS://quiz.example.org",
    "https://bücher.example/übung",
    f"https://a.example/{'x' * (LONGEST_ADDRESS - 18)}",
)
WRONG = (
    "",
    "banana",
    "quiz.example.org",
    "//quiz.example.org/",
    "ftp://quiz.example.org",
    "javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "http://",
    "https:///quiz",
    "https://?quiz",
    "https://:80/",
    "https://a:b:c/",
    "https://a:99999/",
    "https://a:0/",
    "http://[::1",
    "https://a b.example/",
    "https://a.example/\x1b[31m",
    "https://a.example/\nhttps://b.example",
    f"https://a.example/{'x' * LONGEST_ADDRESS}",
)


@pytest.mark.parametrize("address", GOOD)
def test_an_address_of_a_page_is_taken(address: str):
    assert chosen_take_home(address) == address
    assert chosen_take_home(f" {address}\n") == address


@pytest.mark.parametrize("address", WRONG)
@pytest.mark.parametrize("lang", languages())
def test_any_other_is_refused_in_one_plain_line(address: str, lang: str):
    with pytest.raises(TakeHomeError) as raised:
        chosen_take_home(address, lang)
    (line,) = raised.value._render_traceback_()
    assert line == raised.value.text(lang)
    assert line.isprintable()
    assert len(line) < 400
    assert "https://intranet.example.org/quiz/" in line


@pytest.mark.parametrize("card", [Workshop, LiveRoom])
def test_a_widget_refuses_it_in_its_language(card: type):
    with pytest.raises(TakeHomeError) as raised:
        card(lang="de", take_home="banana")
    assert raised.value._render_traceback_() == [catalog("de")("take_home.wrong", address="banana", longest=LONGEST_ADDRESS)]


def test_without_one_it_is_that_of_the_environment(monkeypatch: pytest.MonkeyPatch):
    assert chosen_take_home(None) is None
    monkeypatch.setenv(TAKE_HOME_VARIABLE, ADDRESS)
    assert chosen_take_home(None) == ADDRESS
    assert chosen_take_home("https://other.example") == "https://other.example"
    assert ADDRESS in Workshop(seed=1).handout()
    monkeypatch.setenv(TAKE_HOME_VARIABLE, "")
    assert chosen_take_home(None) is None
