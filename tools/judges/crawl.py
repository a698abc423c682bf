"""Which pages a role reaches: by links alone, from its first page, a few of each kind."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from html import unescape
from http.client import HTTPResponse
from http.cookiejar import CookieJar
from typing import Self
from urllib.error import HTTPError
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

from django.urls import Resolver404, resolve

from dxbukai.demo.cast import CAST
from tools.judges import Page, Town

OF_EACH_KIND = 6
LINK = re.compile(r'<a\s[^>]*?href="([^"#]*)')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
DOOR = re.compile(r'href="(/a/[^"]+)"')
# The way to other people: each of them is met as a role of their own.
DOORS = ("demo:", "personal")
STARTS = {"anonymous": ["/", "/demo/", "/accounts/login/", "/a/", "/components/", "/no-such-page/"]}
BY_LINK = "by link"


class Visitor:
    """Follows redirects, keeps cookies, and takes a refusal for a page."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.jar = CookieJar()
        self.opener: OpenerDirector = build_opener(HTTPCookieProcessor(self.jar))

    def open(self, path: str, form: dict[str, str] | None = None) -> HTTPResponse | HTTPError:
        data = urlencode(form).encode() if form is not None else None
        try:
            return self.opener.open(Request(urljoin(self.address, path), data), timeout=30)  # noqa: S310
        except HTTPError as refusal:
            return refusal

    def step_into(self, login: str) -> Self:
        token = TOKEN.search(self.open("/demo/").read().decode())
        assert token
        assert self.open(f"/demo/{login}/", {"csrfmiddlewaretoken": token[1]}).status == 200
        return self

    @property
    def cookie(self) -> str:
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.jar)


def look_around(address: str) -> Town:
    visitors = {"anonymous": Visitor(address), BY_LINK: Visitor(address)}
    visitors |= {login: Visitor(address).step_into(login) for login in CAST}
    first = DOOR.search(visitors["anonymous"].open("/demo/").read().decode())
    assert first
    starts = STARTS | {BY_LINK: [unescape(first[1])]}
    pages = [
        page for role, visitor in visitors.items() for page in pages_of(role, visitor, starts.get(role, ["/"]))
    ]
    cookies = {role: visitor.cookie for role, visitor in visitors.items()}
    return Town(address, cookies, pages)


def pages_of(role: str, visitor: Visitor, starts: list[str]) -> Iterator[Page]:
    waiting, seen, met = deque(starts), set(starts), Counter[str]()
    read_before: set[str] = set()
    while waiting:
        path = waiting.popleft()
        kind = kind_of(path)
        if met[kind] == OF_EACH_KIND:
            continue
        met[kind] += 1
        page = read(role, visitor, path)
        if page.url in read_before:
            continue
        read_before.add(page.url)
        yield page
        for link in links_of(page) if page.is_html else ():
            if link not in seen and not (path not in starts and leads_to_others(link)):
                seen.add(link)
                waiting.append(link)


def read(role: str, visitor: Visitor, path: str) -> Page:
    with visitor.open(path) as answer:
        is_html = answer.headers.get_content_type() == "text/html"
        url = answer.geturl()
        return Page(role, url, name_of(url), answer.status or 0, answer.read(), is_html)


def links_of(page: Page) -> Iterator[str]:
    here = urlsplit(page.url)
    for href in LINK.findall(page.body.decode()):
        there = urlsplit(urljoin(page.url, unescape(href)))
        if there.netloc == here.netloc:
            yield there._replace(scheme="", netloc="", fragment="").geturl()


def leads_to_others(path: str) -> bool:
    return name_of(path).startswith(DOORS)


def kind_of(path: str) -> str:
    """Pages of one view, asked for the same things, are of one kind."""
    asked = sorted({name for name, _value in parse_qsl(urlsplit(path).query)})
    return f"{name_of(path)}?{'&'.join(asked)}"


def name_of(url: str) -> str:
    """The name of the view, or of the address where none is."""
    try:
        return resolve(urlsplit(url).path).view_name
    except Resolver404:
        return urlsplit(url).path
