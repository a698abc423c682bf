"""The keys that sign: sessions, personal links and codes, the links of a forgotten password."""

import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from environs import Env

LENGTH, DIFFERENT = 50, 10
# What Django itself writes into new projects, for trying.
UNSAFE = "django-insecure-"


def secret(file: str, value: str) -> str:
    """A secret of the environment, or of the file that it names instead."""
    return _read(file).strip() if file else value


def primary(env: Env, var: Path, *, production: bool) -> str:
    """The environment's key; outside production one that is made once and kept, so that links stay valid."""
    key = secret(env.str("DXBUKAI_SECRET_KEY_FILE", ""), env.str("DXBUKAI_SECRET_KEY", "").strip())
    if not production:
        return key or _kept(var / "secret-key")
    if not key:
        raise ImproperlyConfigured(
            "本番では DXBUKAI_SECRET_KEY（又は DXBUKAI_SECRET_KEY_FILE）に秘密鍵を指定してください。"
        )
    refuse_weak("DXBUKAI_SECRET_KEY", key)
    return key


def replaced(env: Env, *, production: bool) -> list[str]:
    """Keys that sign nothing any more, and whose signatures still count until they are taken out here.

    They are divided by blanks, in a file by lines. A weak one is refused too: whoever guesses it signs for us.
    """
    file = env.str("DXBUKAI_SECRET_KEY_FALLBACKS_FILE", "")
    given = env.str("DXBUKAI_SECRET_KEY_FALLBACKS", "")
    keys = _read(file).splitlines() if file else given.split()
    for key in keys if production else []:
        refuse_weak("DXBUKAI_SECRET_KEY_FALLBACKS", key)
    return keys


def refuse_weak(name: str, key: str) -> None:
    if len(key) >= LENGTH and len(set(key)) >= DIFFERENT and not key.startswith(UNSAFE):
        return
    raise ImproperlyConfigured(
        f"{name}（又は {name}_FILE）の秘密鍵が推測されやすいため、起動しません。{LENGTH}文字以上で、"
        f"{DIFFERENT}種類以上の文字からなる、無作為に作った鍵を指定してください。"
        '例：python3 -c "import secrets; print(secrets.token_urlsafe(50))"'
    )


def _read(file: str) -> str:
    try:
        return Path(file).read_text()
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(
            f"環境変数が指す秘密のファイル {file} を読めません。"
            "場所と、サービスのアカウントが読めることを確認してください。"
        ) from error


def _kept(file: Path) -> str:
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50))
    return file.read_text()
