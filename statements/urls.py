from django.urls import path

from statements.views import public, tests, texts

app_name = "statements"
HERE = "manage/statements"
TESTS = f"{HERE}/tests"

urlpatterns = [
    path("about/accessibility/results/", public.results, name="results"),
    path(f"{HERE}/", texts.overview, name="overview"),
    path(f"{TESTS}/add/", tests.add_test, name="add_test"),
    path(f"{TESTS}/<int:year>/", tests.test, name="test"),
    path(f"{TESTS}/<int:year>/edit/", tests.edit_test, name="edit_test"),
    path(f"{TESTS}/<int:year>/automatic/", tests.take_in_automatic, name="take_in_automatic"),
    path(f"{TESTS}/<int:year>/publish/", tests.publish_results, name="publish_results"),
    path(f"{TESTS}/<int:year>/<str:criterion>/", tests.judge, name="judge"),
    path(f"{HERE}/<slug:statement>/", texts.edit_text, name="edit_text"),
    path(f"{HERE}/<slug:statement>/publish/", texts.publish_text, name="publish_text"),
    path(f"{HERE}/<slug:statement>/withdraw/", texts.withdraw, name="withdraw"),
]
