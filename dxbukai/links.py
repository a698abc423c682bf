"""/a/<token>/: one address, and the page that the link was made for."""

from django.contrib.auth.decorators import login_not_required

from members import links
from members.states import Purpose
from members.views import personal

PAGES = {Purpose.SHEET: personal.sheet}


@login_not_required  # the token is the key
def page(request, token):
    link = links.find_by_token(token)
    # Any of the pages answers a token that opens nothing.
    return PAGES[link.purpose if link else Purpose.SHEET](request, token)
