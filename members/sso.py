"""The town's own login by OpenID Connect, where there is one (settings: OIDC_…); its second factor counts.

It opens the door to those who are registered and active here, by an address that it has verified, and registers
nobody. Imported only where it is configured: what it needs comes with the extra "sso".
"""

from typing import Any

import jwt
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import constant_time_compare, get_random_string

PROVIDER = "sso"
# In the session: what the token must repeat, so that it is of this login and no other.
NONCE = "sso_nonce"
# Never what the token itself asks for: "none", or a key that everybody knows.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
REQUIRED = ["iss", "sub", "aud", "exp", "iat"]
LEEWAY = 60


class OnlyKnownPeople(DefaultSocialAccountAdapter):
    def list_apps(self, request: HttpRequest, **_which: Any) -> list[SocialApp]:
        """The one of the settings; none stands in the database."""
        return [
            SocialApp(
                provider="openid_connect",
                provider_id=PROVIDER,
                name=settings.OIDC_NAME,
                client_id=settings.OIDC_CLIENT_ID,
                secret=settings.OIDC_CLIENT_SECRET,
                settings={
                    "server_url": settings.OIDC_ISSUER,
                    "fetch_userinfo": False,
                    "oauth_pkce_enabled": True,
                    "email_authentication": True,
                },
            )
        ]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def on_authentication_error(self, request: HttpRequest, provider: Any, **_why: Any) -> None:
        raise ImmediateHttpResponse(render(request, "members/own/sign_on_failed.html", status=403))


def lead_there(request: HttpRequest, next_url: str | None) -> HttpResponse:
    provider = get_adapter().get_provider(request, PROVIDER)
    provider.oauth2_adapter_class = Issuer
    nonce = request.session[NONCE] = get_random_string(32)
    return provider.redirect(request, "login", next_url=next_url, auth_params={"nonce": nonce})


class Issuer(OpenIDConnectOAuth2Adapter):
    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """The address of the house, not the one that the request claims."""
        return settings.SITE_URL + reverse("members:sign_on_callback")

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any) -> SocialLogin:
        """Of what came only the signed token tells who it is."""
        claims = self.claims(app, kwargs["response"].get("id_token"))
        asked = request.session.pop(NONCE, "")
        if not asked or not constant_time_compare(claims.get("nonce", ""), asked):
            raise OAuth2Error("An answer to another question")
        return self.get_provider().sociallogin_from_response(request, {"id_token": claims})

    def claims(self, app: SocialApp, token: Any) -> dict[str, Any]:
        if self.openid_config.get("issuer", "").rstrip("/") != settings.OIDC_ISSUER:
            raise OAuth2Error("Another issuer")
        try:
            claims = jwt.decode(
                token,
                self._key_of(token),
                algorithms=ALGORITHMS,
                audience=app.client_id,
                issuer=self.openid_config["issuer"],
                leeway=LEEWAY,
                options={"require": REQUIRED},
            )
        except (jwt.PyJWTError, TypeError, ValueError, KeyError) as error:
            raise OAuth2Error("Not a token of the issuer for this house") from error
        # Some say "true" in words; an address counts where it is said to be verified.
        return claims | {"email_verified": claims.get("email_verified") is True}

    def _key_of(self, token: Any) -> jwt.PyJWK:
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        wanted = jwt.get_unverified_header(token).get("kid")
        keys = jwt.PyJWKSet.from_dict(answer.json()).keys
        return next((key for key in keys if key.key_id == wanted), None) or _none()


def _none() -> jwt.PyJWK:
    raise OAuth2Error("A key that the issuer does not have")
