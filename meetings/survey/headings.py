"""What the headings and the words of other forms look like."""

import re

# The column of a substitute is told first, for it speaks of names and of attendance too.
HEADINGS = {
    "substitute": re.compile("代理.*(氏名|名前|名)|代理者|代理人"),
    "email": re.compile("メール|アドレス|mail", re.IGNORECASE),
    "mode": re.compile("出欠|出席|参加"),
    "name": re.compile("氏名|名前|^name$", re.IGNORECASE),
    "note": re.compile("備考|連絡|コメント|自由記述"),
}
KANA = re.compile("ふりがな|フリガナ|カナ|かな")
WORDS = [
    (re.compile("欠席|不参加|不可|しない|できない|できません|^×$|^x$|^no$"), "absent"),
    (re.compile("オンライン|web|ウェブ|リモート|zoom|teams|遠隔"), "online"),
    (re.compile("会場|現地|対面|来場"), "venue"),
]
BY_SUBSTITUTE = re.compile("代理")
HONORIFIC = re.compile("(さん|様|氏)$")
COMES = re.compile("出席|参加|^[○〇◯]$|^yes$")
