"""What no person would type, each for a reason of its own, and by the type of control the ones that get far."""

SCRIPT = "<script>alert(1)</script>"
# As they would stand in a page that does not escape them.
SIGNS = [SCRIPT, "><img src=x onerror"]

EVERYTHING = (
    "=1+1\r\nBcc: all@example.jp\r\n\"'><img src=x onerror=a>../../x{{ 7*7 }}{% url %}%s[[personal-link:1]]"
)
# Of each language that would make something else of it: Django's templates, both formats of Python, Markdown.
LANGUAGES = "{{7*7}}{%x%}%s{0}**b**"
UNSEEN = "見\x01\x1b\x7f\x85\u2028\u202e\ufeff\ufffe\U0010ffff本"
ENDLESS = "長" * 20_000
BLANKS = " 　\u200b\t"
FIGURES = "9" * 400
BEYOND = str(2**63)

# The order is that of the rounds: in one round each field holds the first of its own strings, then the second …
WORDS = [f"'{SCRIPT}", EVERYTHING, UNSEEN, BLANKS, ENDLESS, FIGURES]
NUMBERS = ["-1", BEYOND, FIGURES, EVERYTHING]
BY_CONTROL = {
    "date": ["0001-01-01", "9999-12-31", "令和0年13月32日", EVERYTHING],
    "datetime-local": ["0001-01-01T00:00", "9999-12-31T23:59", "9999-99-99T99:99", EVERYTHING],
    "time": ["99:99", "-1", FIGURES, EVERYTHING],
    "number": NUMBERS,
    "hidden": NUMBERS,
    "email": [f"a@{'.' * 4000}@", "a@example.jp\r\nBcc: all@example.jp", f"{SCRIPT}@example.jp", ENDLESS],
    "url": ["javascript:alert(1)", f"https://example.jp/{SCRIPT}", EVERYTHING, ENDLESS],
}
# Of a choice among what the page offers.
OTHERS = [EVERYTHING, "-1", BEYOND, ENDLESS]
FREE = {"text", "search", "tel", "password", "textarea"}


def fitting(control):
    return WORDS if control in FREE else BY_CONTROL.get(control, OTHERS)
