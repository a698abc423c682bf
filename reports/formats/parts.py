"""Which parts a report has, in which order and under which heading: one a line, 「日時：開催日時」."""

import re
from collections import Counter
from typing import NamedTuple

COLON = re.compile(r"[：:]")
FIXED, WORDS_ALONE = "固定文", "文"
# What a line may begin with, and what stands behind it in the code.
FACT_PARTS = {
    "会議名": "name",
    "日時": "held",
    "場所": "place",
    "公開の別": "openness",
    "非公開の理由": "closed_reason",
    "出席": "attendance",
    "出席者": "present",
    "欠席者": "absent",
    "事務局": "desk",
    "説明者": "speakers",
    "議長": "chair",
    "定足数": "quorum",
    "傍聴者": "observers",
    "議題": "agenda",
    "配布資料": "materials",
    "決定事項": "decisions",
    "録音": "recording",
    "署名": "signers",
    "担当課": "department",
    "問い合わせ先": "contact",
    "次回": "following",
    FIXED: "fixed",
}
# There is nothing to say of these where each said in writing what they think; these are called otherwise then.
OF_WHO_CAME = {"absent", "desk", "observers", "chair", "roll"}
IN_WRITING = {"held": "議決日", "place": "開催方法", "attendance": "回答", "present": "回答者", "quorum": "成立"}
TEXT_PARTS = {
    "出席状況": "roll",
    "概要": "overview",
    "詳細": "details",
    "質疑": "asked",
    "連絡事項": "notices",
    WORDS_ALONE: "words",
    "末尾": "closing",
}
# Which say what their line says, as often as a style wants.
AS_WRITTEN = {"fixed", "words"}
KINDS_OF_PARTS = FACT_PARTS | TEXT_PARTS
USABLE = "、".join(KINDS_OF_PARTS)


class ReportPart(NamedTuple):
    """`text` is what a 固定文 or a 文 says."""

    kind: str
    heading: str
    text: str = ""

    def in_writing(self) -> "ReportPart | None":
        """The same where nobody came together; nothing where it tells of who came."""
        if self.kind in OF_WHO_CAME:
            return None
        return self._replace(heading=IN_WRITING.get(self.kind, self.heading))

    @property
    def is_fact(self) -> bool:
        return self.kind in FACT_PARTS.values()


def read(lines: str) -> list[ReportPart]:
    """ValueError says in a sentence what cannot be read or does not go together."""
    parts = [_part(line.strip()) for line in lines.splitlines() if line.strip()]
    _refuse_contradictions(parts)
    return parts


def _part(line: str) -> ReportPart:
    word, *behind = COLON.split(line, 1)
    rest = behind[0] if behind else ""
    kind = KINDS_OF_PARTS.get(word.strip())
    if kind is None:
        raise ValueError(f"「{word.strip()}」という項目はありません。使える項目は、{USABLE}です。")
    if kind == "words" and not rest.strip():
        raise ValueError(
            f"「{WORDS_ALONE}」の行は、「{WORDS_ALONE}：上記のとおり相違ない。」のように文を入力してください。"
        )
    if kind == "words":
        return ReportPart(kind, "", rest.strip())
    if kind != "fixed":
        return ReportPart(kind, rest.strip() or word.strip())
    heading, *text = COLON.split(rest, 1)
    if not (heading.strip() and text and text[0].strip()):
        raise ValueError(f"「{FIXED}」の行は、「{FIXED}：見出し：文」のように見出しと文を入力してください。")
    return ReportPart(kind, heading.strip(), text[0].strip())


def _refuse_contradictions(parts: list[ReportPart]) -> None:
    words = {kind: word for word, kind in KINDS_OF_PARTS.items()}
    kinds = Counter(part.kind for part in parts if part.kind not in AS_WRITTEN)
    twice = [words[kind] for kind, times in kinds.items() if times > 1]
    if twice:
        raise ValueError(f"「{twice[0]}」が2行あります。1行だけにしてください。")
    missing = [words[kind] for kind in ("held", "details") if kind not in kinds]
    if missing:
        raise ValueError(f"「{missing[0]}」の行がありません。会議の報告には、日時と詳細の行が必要です。")
    if "closed_reason" in kinds and "openness" not in kinds:
        raise ValueError("「非公開の理由」の行には、「公開の別」の行も必要です。")
    if "closing" in kinds and parts[-1].kind != "closing":
        raise ValueError("「末尾」の行は、最後に置いてください。")
