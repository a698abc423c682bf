"""The W3C's checker (Nu) reads the HTML of every page, our style sheets and pictures, all in one process."""

import tempfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tools.judges import Finding, Page, Town, Verdict, tools

MINIMUM, COUNTED = 400, "pages and files"
OPTIONS = ["--also-check-css", "--also-check-svg", "--format", "json", "--stdout", "--exit-zero-always"]
STATIC = tools.HERE.parents[1] / "static"


def judge(town: Town) -> Verdict:
    with tempfile.TemporaryDirectory() as folder:
        for number, page in enumerate(town.html):
            Path(folder, f"{number:05}.html").write_bytes(page.body)
        files = [path for path in STATIC.rglob("*") if path.suffix in {".css", ".svg"}]
        messages = ask(folder, *files)
    return len(town.html) + len(files), [finding(town.html, said) for said in messages]


def ask(*paths: str | Path) -> list[dict[str, str]]:
    java = tools.program("java", "apt-get install default-jre-headless")
    jar = tools.package("vnu-jar/build/dist/vnu.jar")
    return tools.answer([java, "-jar", jar, *OPTIONS, *paths])["messages"]


def finding(pages: list[Page], said: dict[str, str]) -> Finding:
    """The checker numbers no rules: its sentence without what it quotes is one."""
    words = [word for number, word in enumerate(said["message"].replace("”", "“").split("“")) if number % 2 == 0]
    rule = "-".join("".join(words).split()).rstrip(".")
    file = Path(unquote(urlsplit(said["url"]).path))
    what = f"{said['message']} {said.get('extract', '')!r}"
    if file.is_relative_to(STATIC):
        return Finding(rule, file.relative_to(STATIC).as_posix(), what)
    page = pages[int(file.stem)]
    return Finding(rule, page.name, f"{page.role} {page.url}: {what}")
