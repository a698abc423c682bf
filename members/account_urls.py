"""The pages of allauth that this house has. Addresses are the administrators' business: no page for them."""

from allauth.account import views
from django.urls import path, re_path

from members.views import entry

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("login/code/", entry.request_login_code, name="account_request_login_code"),
    path("login/code/confirm/", entry.confirm_login_code, name="account_confirm_login_code"),
    path("logout/", entry.LogOut.as_view(), name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("signup/", views.signup, name="account_signup"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/set/", views.password_set, name="account_set_password"),
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
]
