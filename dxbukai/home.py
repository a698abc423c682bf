from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from members.models import WorkingGroup

# Each app says what a person has to do next.
TODO_LISTS: list = []


@login_not_required  # citizens begin here
@require_safe
def home(request):
    """The front door: for citizens what is new, for those inside what they must do next."""
    if request.user.is_authenticated:
        return inside(request)
    return render(request, "home.html", {"revisions": [], "versions": []})


def inside(request):
    context = {
        "todos": todos(request.user),
        "joined": WorkingGroup.objects.joined_by(request.user),
        "run": WorkingGroup.objects.run_by(request.user),
    }
    return render(request, "home_inside.html", context)


@login_not_required  # policies of a public site
@require_safe
def about(request):
    return render(request, "about.html")


def todos(user):
    """All apps' lists; what has a deadline first, the nearest first."""
    everything = [todo for list_todos in TODO_LISTS for todo in list_todos(user)]
    return sorted(everything, key=lambda todo: (todo.due is None, todo.due))
