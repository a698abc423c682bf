from django.urls import path

from opendata.views import assignments, define, desk, findings, kinds, public, slip, staff, way, workbook

app_name = "opendata"

# `mine`, `review`, `assignments` and `kinds` are no names of data sets (opendata/slugs.py).
urlpatterns = [
    path("", public.catalogue, name="catalogue"),
    path("mine/", staff.mine, name="mine"),
    path("mine/new/", staff.upload, name="upload"),
    path("mine/kinds/<slug:kind>/", kinds.kind, name="kind"),
    path("mine/kinds/<slug:kind>.<slug:suffix>", kinds.template_file, name="template_file"),
    path("mine/<slug:slug>/", staff.work, name="work"),
    path("mine/<slug:slug>/read/", staff.read_again, name="read_again"),
    path("mine/<slug:slug>/way/", way.way, name="way"),
    path("mine/<slug:slug>/replace/", staff.replace, name="replace"),
    path("mine/<slug:slug>/findings/", findings.findings, name="findings"),
    path("mine/<slug:slug>/findings/accept/", findings.accept_repairs, name="accept_repairs"),
    path("mine/<slug:slug>/findings/undo/", findings.undo_repairs, name="undo_repairs"),
    path("mine/<slug:slug>/findings/cell/", findings.edit_cell, name="edit_cell"),
    path("mine/<slug:slug>/rows/drop/", way.drop_row, name="drop_row"),
    path("mine/<slug:slug>/rows/restore/", way.restore_row, name="restore_row"),
    path("mine/<slug:slug>/findings.xlsx", workbook.marked_workbook, name="marked_workbook"),
    path("mine/<slug:slug>/findings/excel/", workbook.bring_back, name="bring_back"),
    path("mine/<slug:slug>/upgrade/", findings.upgrade, name="upgrade"),
    path("mine/<slug:slug>/define/", define.define, name="define"),
    path("mine/<slug:slug>/table/", findings.table, name="table"),
    path("mine/<slug:slug>/publication/", staff.publication, name="publication"),
    path("mine/<slug:slug>/submit/", staff.submit, name="submit"),
    path("mine/<slug:slug>/slip/", slip.slip, name="slip"),
    path("mine/<slug:slug>/withdraw/", staff.withdraw, name="withdraw"),
    path("review/", desk.review, name="review"),
    path("review/<slug:slug>/", desk.review_version, name="review_version"),
    path("review/<slug:slug>/publish/", desk.publish, name="publish"),
    path("review/<slug:slug>/comment/", desk.comment_cell, name="comment_cell"),
    path("review/<slug:slug>/comment/drop/", desk.drop_comment, name="drop_comment"),
    path("review/<slug:slug>/return/", desk.return_version, name="return_version"),
    path("assignments/<int:assignment_id>/", assignments.progress, name="progress"),
    path("assignments/<int:assignment_id>/<int:membership>/exempt/", assignments.exempt, name="exempt"),
    path("assignments/<int:assignment_id>/<int:membership>/include/", assignments.include, name="include"),
    path("<slug:slug>.csv", public.dataset_csv, name="dataset_csv"),
    path("<slug:slug>.json", public.dataset_json, name="dataset_json"),
    path("<slug:slug>/", public.dataset, name="dataset"),
    path("<slug:slug>/v<int:number>/", public.version, name="version"),
    path("<slug:slug>/v<int:number>.csv", public.version_csv, name="version_csv"),
]
