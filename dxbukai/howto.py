"""使い方: how each goes about it, for newcomers, on one sheet of paper each; open to everybody.

「…」 stands around what is read on a page and nothing else: tests/browser/test_howto.py goes through each step by
these words alone, and takes the picture that stands beside it.
"""

from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

# Of a picture, in pixels of the page: as on a phone, and at a desk.
PHONE, DESK_SCREEN = (390, 320), (800, 400)


class HowtoStep(NamedTuple):
    title: Promise
    text: Promise


class Sheet(NamedTuple):
    title: Promise
    lead: Promise
    steps: tuple[HowtoStep, ...]
    on_a_phone: bool = False

    @property
    def size(self) -> tuple[int, int]:
        return PHONE if self.on_a_phone else DESK_SCREEN


MEMBER = Sheet(
    _("メンバーの方の使い方"),
    _("会議の前に出欠を回答し、資料を読みます。スマートフォンだけで済みます。"),
    (
        HowtoStep(
            _("回答用リンクを開く"),
            _(
                "開催通知のメールにあるリンクを押すと、「出欠の回答」のページが開きます。ログインは不要です。"
                "リンクはあなた専用です。転送しないでください。"
            ),
        ),
        HowtoStep(
            _("出欠を選ぶ"),
            _(
                "「会場で出席」「オンラインで出席」「欠席」から選択します。質問などの欄は任意です。"
                "「下書きを保存する」で途中まで残せます。"
            ),
        ),
        HowtoStep(
            _("送信する"),
            _(
                "「回答を送信する」を押します。「回答を受け付けました」と表示され、控えのメールが届きます。"
                "2回押しても、回答は1件です。"
            ),
        ),
        HowtoStep(
            _("変更する"),
            _(
                "期限までは、同じリンクの「回答を変更する」から何度でも変更できます。期限の後は、事務局へ御連絡ください。"
            ),
        ),
        HowtoStep(
            _("予定表と自己紹介"),
            _(
                "「この会議体の予定を、予定表アプリに続けて表示する」で、日時の変更も予定表に届きます。"
                "「自己紹介シートを書く・確認する」から、最初の会議までに提出します。"
            ),
        ),
        HowtoStep(
            _("資料と記録を読む"),
            _(
                "ログインすると、「次の会議」に日時と場所が表示されます。"
                "「利用できるページ」から会議体を選ぶと、「名簿」、会議の資料、「結果報告」を読めます。"
            ),
        ),
    ),
    on_a_phone=True,
)

EXPERT = Sheet(
    _("庁外の方の使い方"),
    _("市町村の職員でない方も、メールのリンク一つで回答できます。アプリやパスワードは必要ありません。"),
    (
        HowtoStep(
            _("コードで開く"),
            _(
                "メールのリンクを押すか、紙の案内にある「回答用コード」を入力して「ページを開く」を押します。"
                "リンクとコードは、あなた専用です。"
            ),
        ),
        HowtoStep(
            _("日程を回答する"),
            _(
                "開催日が決まる前に、「日程調整に回答する」と表示されることがあります。"
                "候補日ごとに都合を選び、「回答を送信する」を押します。"
            ),
        ),
        HowtoStep(
            _("出欠を回答する"),
            _(
                "「出欠を回答する」を押し、「会場で出席」「オンラインで出席」「欠席」から選んで、「回答を送信する」を押します。"
            ),
        ),
        HowtoStep(
            _("質問に答える"),
            _(
                "質問が届いているときは、「あなたへの質問を読んで回答する」と表示されます。会議の前に、書いて答えられます。"
            ),
        ),
        HowtoStep(
            _("資料を読む"),
            _("会議のページの「資料」に、当日の資料があります。差し替えられたときは、新しいものが表示されます。"),
        ),
        HowtoStep(
            _("参加者を知る"),
            _(
                "「利用できるページ」から会議体を選び、「自己紹介シート」を押すと、参加者の担当業務や関心を読めます。"
            ),
        ),
    ),
    on_a_phone=True,
)

CITIZEN = Sheet(
    _("住民の方の使い方"),
    _("会議の結果とデータを、登録もログインもせずに御覧いただけます。"),
    (
        HowtoStep(
            _("会議の予定を見る"),
            _(
                "トップページの「開催予定の会議」に、日時と場所があります。会議名を押すと、議題と「傍聴」の案内が表示されます。"
            ),
        ),
        HowtoStep(
            _("結果報告を探す"),
            _(
                "「結果報告を年度・会議体・キーワードで探す」を押し、言葉を入力して「探す」を押します。"
                "見付かった箇所に印が付きます。"
            ),
        ),
        HowtoStep(
            _("結果報告を読む"),
            _("「目次」から読みたい箇所へ進みます。「他の形式で読む」では、PDFとWordでも保存できます。"),
        ),
        HowtoStep(
            _("データを探す"),
            _("「公開データ」を押し、一覧から選びます。データのページに、列の説明と「利用条件」があります。"),
        ),
        HowtoStep(
            _("データを使う"),
            _(
                "「CSV形式でダウンロードする」を押すと、Excelで開けるファイルが届きます。アドレスは、更新されても変わりません。"
            ),
        ),
        HowtoStep(
            _("尋ねる"),
            _(
                "「データの誤りを連絡する」に担当課の連絡先があります。その他は、ページの末尾の「お問い合わせ」を御覧ください。"
            ),
        ),
    ),
)

DESK = Sheet(
    _("事務局の担当者の使い方"),
    _("開催通知から結果報告の公開まで、会議のページにある順に進みます。"),
    (
        HowtoStep(
            _("次回の会議を作る"),
            _(
                "ログインし、「利用できるページ」から会議体の事務局を選びます。"
                "「内容を引き継いで」とあるボタンで、前回を元に次回を作成できます。"
            ),
        ),
        HowtoStep(
            _("準備して、通知する"),
            _(
                "会議の「次第（議題）」と「入力フォーム」を整え、「開催通知」で内容を確認して送ります。確認するまで送られません。"
            ),
        ),
        HowtoStep(
            _("回答を集める"),
            _(
                "「回答状況」に、出欠の人数と未回答の方が表示されます。「再案内を送る」で、未回答の方だけに送ります。"
            ),
        ),
        HowtoStep(
            _("出席を取る"),
            _(
                "当日は「当日の記録」を開き、「回答どおりに記録」でまとめて記録し、違う方だけを「欠席」などに直します。"
            ),
        ),
        HowtoStep(
            _("記録を書く"),
            _("「記録」で、議題ごとに発言の要旨を1行ずつ書きます。「文字起こしから取り込む」こともできます。"),
        ),
        HowtoStep(
            _("結果報告を公開する"),
            _(
                "「結果報告」に下書きができています。「本文の確認」を済ませ、「確認中にする」から、決裁の記録、公開へ進みます。"
            ),
        ),
    ),
)

CLERK = Sheet(
    _("所管課のデータ担当の使い方"),
    _("Excelで作った一覧を、公開できるデータにします。提出の前なら、何度でも直せます。"),
    (
        HowtoStep(
            _("様式を確認する"),
            _(
                "ログインし、「所属課のデータ」を押します。「公開できるデータの例」から種類を選ぶと、記入例と様式があります。"
            ),
        ),
        HowtoStep(
            _("アップロードする"),
            _(
                "「ファイルをアップロードする」を押し、ファイルを選んで「アップロードして確認する」を押します。次に、何のデータかを選んで「この内容で進む」を押します。まだ公開されません。"
            ),
        ),
        HowtoStep(
            _("指摘を直す"),
            _(
                "「確認と修正」に、直すところがExcelのセル番号で表示されます。「全て修正する」でまとめて直し、"
                "残りは値を入れて「保存」を押します。"
            ),
        ),
        HowtoStep(
            _("公開する内容を決める"),
            _(
                "「公開する内容へ進む」を押し、「公開する列」と説明を確認して「保存して次へ」を押します。個人の情報の列は外します。"
            ),
        ),
        HowtoStep(
            _("提出する"),
            _(
                "「内容を確認して提出する」のページを読み、「提出する」を押します。事務局又はデータ管理者が確認し、所属長の確認を記録して公開します。"
            ),
        ),
        HowtoStep(
            _("公開の後"),
            _(
                "「所属課のデータ」でデータの名前を押します。「公開ページを見る」で確認し、更新は「新しい版をアップロードする」から行います。"
            ),
        ),
    ),
)

ADMINISTRATOR = Sheet(
    _("管理者の使い方"),
    _("組織と人、会議体を登録し、日々の送信と記録を見守ります。会議の運営は、事務局の担当者が行います。"),
    (
        HowtoStep(
            _("初めに行うこと"),
            _("ログインし、「管理」を押します。「初めに行うこと」の順に、「団体の情報」「組織」を登録します。"),
        ),
        HowtoStep(
            _("人を登録する"),
            _(
                "「職員等」の「名簿をまとめて取り込む」で、Excelの名簿をまとめて登録できます。1人ずつは「職員等を登録する」です。"
            ),
        ),
        HowtoStep(
            _("会議体を登録する"),
            _(
                "「会議体」の「会議体を登録する」で登録し、「事務局の担当者」を2名以上決めます。年度末には翌年度の会議体を作成します。"
            ),
        ),
        HowtoStep(
            _("メールを見守る"),
            _(
                "「送信メール」の「絞り込む」で、不達と送信結果不明がないか毎日確認します。宛先を直して、送り直せます。"
            ),
        ),
        HowtoStep(
            _("操作を確認する"),
            _("「操作記録」に、誰がいつ何をしたかが残ります。誰も変更できません。"),
        ),
        HowtoStep(
            _("年度ごとに行うこと"),
            _(
                "「保存と廃棄」で満了した記録の廃棄を決定し、「サイトの方針」でアクセシビリティの試験を記録します。"
            ),
        ),
    ),
)

SHEETS = {
    "member": MEMBER,
    "desk": DESK,
    "clerk": CLERK,
    "expert": EXPERT,
    "citizen": CITIZEN,
    "administrator": ADMINISTRATOR,
}


@login_not_required  # whoever has no login yet looks here first
@require_safe
def howto(request: HttpRequest) -> HttpResponse:
    return render(request, "howto.html", {"sheets": SHEETS})


@login_not_required  # whoever has no login yet looks here first
@require_safe
def howto_sheet(request: HttpRequest, role: str) -> HttpResponse:
    if role not in SHEETS:
        raise Http404
    sheet = SHEETS[role]
    steps = [(number, step, picture_of(role, number)) for number, step in enumerate(sheet.steps, 1)]
    return render(request, "howto_sheet.html", {"sheet": sheet, "steps": steps, "address": settings.SITE_URL})


def picture_of(role: str, number: int) -> str:
    """Below static/."""
    return f"img/howto/{role}-{number}.webp"
