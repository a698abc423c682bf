"""What the people of 見本市 typed about their first meeting: the same ground as the seed, in words of our own."""

from meetings.states import Point
from tests.stories.first_meeting import INTRODUCTIONS, TALK, TASK, Words

OUR_WORDS = Words(
    parent_body="見本市行政経営本部",
    group="DX推進部会",
    charter="設置要綱",
    planned_meetings=5,
    plan_season="今秋",
    plan_name="見本市DX推進計画（仮称）",
    member_phrase="庁内の若手職員",
    expert_phrase="地域IT人材",
    building="見本市役所本庁舎",
    room="第一会議室",
    items=["部会の進め方", "自己紹介", "話題提供", "オープンデータ"],
    speaker=("例山", "文子"),
    chair=("行政経営課", "課長"),
    rule="採用年次が最上位",
    outcome="部会の目的と一年の流れを確かめた。",
    summary="所属ごとに「公開できそうな一覧表」を一つ持ち寄るよう求めた。",
    detail="担当する仕事の一覧表を1つ選び、提出することを依頼",
    lines=[
        (0, Point.POINT, "要綱と年間予定を配り、部会の役割を説明"),
        (INTRODUCTIONS, Point.POINT, "窓口の混雑と紙の申請書を挙げた人が多い"),
        (INTRODUCTIONS, Point.POINT, "通常の業務との両立を心配する声あり"),
        (INTRODUCTIONS, Point.REPLY, "所属長あてに部会の趣旨を改めて伝えることとした"),
        (TALK, Point.POINT, "紙を減らすことから始め（電子化）、次に手順を見直す（業務の改善）"),
        (TALK, Point.CONTINUATION, "その先に、住民との関わり方が変わる（変革）"),
        (TALK, Point.PLAIN, "どの段階も価値がある"),
        (TASK, Point.POINT, "公開の意義と、身近な一覧表の例を説明"),
    ],
    questions=[
        (
            "自分の課に公開できるものがあるとは思えないが、どう探せばよいか？",
            ["窓口でよく聞かれることの一覧から探すとよい"],
        ),
        (
            "集めた一覧表は誰が確かめるのか？",
            ["内容は所属長が確かめる", "形式は事務局が確かめ、直し方を案内する"],
        ),
    ],
    theme="申請から交付までの見直し",
    examples=["住民票の郵送請求", "補助金の申請"],
    wish="ほかに見直したい手続があれば、",
)
