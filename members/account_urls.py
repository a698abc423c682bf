"""The pages of allauth that this house has. Addresses are the administrators' business: no page for them.

Second factors are set up, and sessions ended, on pages of our own (members/urls.py).
"""

from allauth.account import views
from allauth.mfa.base import views as mfa
from allauth.mfa.webauthn import views as webauthn
from django.urls import path, re_path

from members.views import entry
from members.views._fresh import asking, fresh

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("login/code/", entry.request_login_code, name="account_request_login_code"),
    path("login/code/confirm/", entry.confirm_login_code, name="account_confirm_login_code"),
    path("logout/", entry.LogOut.as_view(), name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("signup/", views.signup, name="account_signup"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/set/", fresh(views.password_set), name="account_set_password"),
    path("password/reset/", entry.reset_password, name="account_reset_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    # The second factor at the login, and showing again who one is
    path("login/factor/", mfa.authenticate, name="mfa_authenticate"),
    path("reauthenticate/", asking(views.reauthenticate), name="account_reauthenticate"),
    path("reauthenticate/factor/", asking(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("reauthenticate/key/", asking(webauthn.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
]
