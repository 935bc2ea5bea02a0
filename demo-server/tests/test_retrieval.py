"""Questions find the passage that answers them, or nothing."""

from pathlib import Path

import pytest

from demo_server import book
from demo_server.question import Kind, Question, read, terms
from demo_server.retrieval import Findings, Index, Strength

from .support import BOOK

TEXTBOOK = Index(book.load(Path(__file__).parents[2] / "www" / "book"))
FIXTURE = Index(book.load(BOOK))


def find(index: Index, text: str, *earlier: str, quoted: str | None = None) -> Findings:
    return index.search(read(text, earlier, quoted))


def best(findings: Findings) -> str:
    return findings.hits[0].section.url("")


@pytest.mark.parametrize(
    ("question", "address"),
    [
        ("What is a servo?", "/book/servo#what-is-a-servo"),
        ("what's a SERVO", "/book/servo#what-is-a-servo"),
        ("servos", "/book/servo#what-is-a-servo"),
        ("Tell me how servos are controlled, please!", "/book/servo#how-is-a-servo-controlled"),
        ("my servo jitters", "/book/servo#when-a-servo-misbehaves"),
        ("What is a robot?", "/book/what-is-a-robot#a-working-definition"),
        ("what is a kalman filter", "/book/sensors#what-is-sensor-fusion"),
        ("emergency stop", "/book/safety#what-must-an-emergency-stop-do"),
        ("How long does a battery last?", "/book/power#how-long-will-the-battery-last"),
        ("stall current", "/book/motors#why-is-stall-current-dangerous"),
        ("what is a pid controller 🤖", "/book/feedback#what-is-a-pid-controller"),
        ("brownouts?", "/book/power#what-is-a-brownout"),
        ("Moravec", "/book/what-is-a-robot#why-robotics-is-hard"),
        ("Capek", "/book/what-is-a-robot#a-working-definition"),
    ],
)
def test_a_question_finds_the_section_about_it(question: str, address: str) -> None:
    findings = find(TEXTBOOK, question)
    assert best(findings) == address
    assert findings.strength is Strength.GOOD


def test_the_passage_that_defines_the_word_is_quoted() -> None:
    assert find(TEXTBOOK, "What is a servo?").hits[0].passage.text.startswith("A servo is a motor")
    tuning = find(TEXTBOOK, "How do you tune a PID controller?").hits[0]
    assert tuning.passage == tuning.section.passages[0]
    hit = find(TEXTBOOK, "what is a kalman filter").hits[0]
    assert hit.passage.text.startswith("The Kalman filter does")


@pytest.mark.parametrize(
    "question",
    [
        "What is the capital of France?",
        "How do I bake a cake?",
        "Explain quaternions",
        "Was ist ein Gänseblümchen?",
        "日本語で答えてください",
        "asdfghjkl",
    ],
)
def test_what_the_book_does_not_cover_finds_nothing(question: str) -> None:
    assert find(TEXTBOOK, question).hits == ()


@pytest.mark.parametrize(
    ("question", "absent"),
    [
        ("How do I hook up a servo to my Arduino?", ("hook", "arduino")),
        ("Who won the world cup?", ()),
        ("What is the meaning of life?", ()),
    ],
)
def test_a_chance_hit_is_not_taken_for_an_answer(question: str, absent: tuple[str, ...]) -> None:
    findings = find(TEXTBOOK, question)
    assert findings.strength is Strength.NEAR
    assert findings.absent == absent


def test_a_follow_up_is_searched_with_what_it_leans_on() -> None:
    findings = find(TEXTBOOK, "and how is it controlled?", "What is a servo?")
    assert best(findings) == "/book/servo#how-is-a-servo-controlled"
    chain = find(TEXTBOOK, "And its torque?", "and how is it controlled?", "What is a servo?")
    assert best(chain) == "/book/servo#torque-and-speed"


def test_more_of_the_same_is_not_the_same_again() -> None:
    question = read("Tell me more", ["What is a servo?"])
    first = TEXTBOOK.search(question)
    again = TEXTBOOK.search(question, frozenset({best(first)}))
    assert best(again) != best(first)
    assert best(again).startswith("/book/servo#")


def test_a_quoted_passage_is_what_the_question_is_about() -> None:
    findings = find(FIXTURE, "What does this mean?", quoted="It is called quadrature decoding.")
    assert best(findings) == "/book/steppers#quadrature"


def test_the_beginning_of_a_word_finds_it() -> None:
    assert best(find(FIXTURE, "quadrat")) == "/book/steppers#quadrature"


def test_both_halves_of_a_comparison_are_found() -> None:
    findings = find(FIXTURE, "difference between a servo and a stepper")
    assert {"/book/servos#what-is-a-servo", "/book/steppers#what-is-a-stepper"} <= {
        hit.section.url("") for hit in findings.hits
    }


@pytest.mark.parametrize(
    "question",
    [
        '"', '""', "'", "*", "servo*", "servo AND", "NEAR(servo", "NOT servo", "heading : servo",
        "^servo", "{a b}: servo", "servo -motor", "servo) OR (1", "'; DROP TABLE sections; --",
        "\0servo", "servo\0", "\ufeff", "a" * 100_000, "servo " * 50_000, "(" * 10_000, "🤖" * 1000,
        "ﬁlter", "e\u0301" * 200, "\u202eservo", "<script>alert(1)</script>", "%s %d {0}", "\\",
    ],
)  # fmt: skip
def test_a_hostile_question_is_a_question_like_any_other(question: str) -> None:
    for earlier in ([], [question]):
        findings = FIXTURE.search(read(question, earlier, quoted=question))
        assert isinstance(findings, Findings)
        assert findings.hits or "servo" not in terms(question)[:2]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("What is a servo?", Kind.DEFINITION),
        ("how does it work, the servo?", Kind.HOW),
        ("Why do servos buzz?", Kind.WHY),
        ("servo vs stepper", Kind.COMPARISON),
        ("servo", Kind.OTHER),
        ("Hello!", Kind.GREETING),
        ("thanks a lot", Kind.THANKS),
        ("Hi, what is a servo?", Kind.DEFINITION),
        ("Thanks! And what is a stepper?", Kind.DEFINITION),
        ("???", Kind.EMPTY),
        ("🤖", Kind.EMPTY),
        ("", Kind.EMPTY),
    ],
)
def test_the_kind_of_a_question(text: str, kind: Kind) -> None:
    assert read(text).kind is kind


def test_thanks_and_greetings_lean_on_nothing() -> None:
    assert read("thanks", ["What is a servo?"]) == Question(Kind.THANKS, (), (), 1)
    assert read("Hello", ["What is a servo?"]) == Question(Kind.GREETING, (), (), 1)


def test_the_words_worth_looking_up() -> None:
    assert terms("What's the servo's MAXIMUM torque, isn't it 10 kg?") == (
        "servo", "maximum", "torque", "10", "kg",
    )  # fmt: skip
