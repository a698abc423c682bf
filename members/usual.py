"""What most town halls say, until a town says otherwise: data, and Japanese in any language of the pages."""

WORDS = {
    "body_word": "会議体",
    "member_word": "構成員",
    "expert_word": "外部有識者",
    "chair_word": "座長",
    "vice_chair_word": "副座長",
    "acting_word": "職務代理者",
}
BODIES = "会議体"

# The highest first.
TITLES = [
    *["部長", "局長", "理事", "次長", "参事", "課長", "室長", "所長", "館長", "園長", "主幹", "課長補佐"],
    *["副主幹", "係長", "主査", "主任", "主事", "技師", "主事補", "会計年度任用職員"],
]
# Who is called by the 係, and not by the 課 that it belongs to.
HEAD_OF_UNIT = "係長"
MAIN_NUMBER = "{number}（代表）"
