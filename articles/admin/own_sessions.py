"""Where one is logged in, and ending it; and the page that says why a session is over."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache

from articles.admin.proofs import session_of
from articles.admin.requests import who
from articles.people import sessions
from articles.people.devices import device_named
from articles.people.sessions import StaffSession

Why = StaffSession.Why
WHY: dict[str, str | Promise] = {
    Why.IDLE: gettext_lazy("Nothing was done at the desk in this browser for %(idle)d minutes."),
    Why.OLD: gettext_lazy("A log-in lasts %(longest)d hours."),
    Why.LOG_OUT: gettext_lazy("You logged out."),
    Why.OWN: gettext_lazy("You ended this session from another one."),
    Why.ADMINISTRATOR: gettext_lazy("An administrator ended it."),
    Why.PASSWORD: gettext_lazy("The password of the account was changed. Was it not you? Tell an administrator now."),
    Why.FACTOR: gettext_lazy("The second factor of the account was reset. Log in and set up a new one."),
    Why.UNPROVEN: gettext_lazy("The account has a second factor, and this session had not shown it."),
    Why.DEACTIVATED: gettext_lazy("The account was deactivated. Ask an administrator."),
}
UNKNOWN = gettext_lazy("The session is not known any more.")


@never_cache
def ended(request: HttpRequest) -> HttpResponse:
    """Why one was logged out, and the way back to where one was."""
    sentence = str(WHY.get(request.GET.get("why", ""), UNKNOWN))
    follows = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(follows, allowed_hosts=None):
        follows = reverse("admin:index")
    limits = {"idle": settings.SESSION_IDLE_MINUTES, "longest": settings.SESSION_LONGEST_HOURS}
    context = {"sentence": sentence % limits, "follows": follows, "kept": follows == reverse("account_held")}
    return render(request, "account/ended.html", context)


@never_cache
@login_required
def own_sessions(request: HttpRequest) -> HttpResponse:
    """Every open session of the person; a POST ends one, or all others."""
    person, this = who(request), session_of(request)
    opened = sessions.open_sessions(person)
    if request.method == "POST":
        if "others" in request.POST:
            count = sessions.end_all(person, by=person, why=Why.OWN, besides=this)
            said = ngettext("%(number)d other session was ended.", "%(number)d other sessions were ended.", count)
            messages.success(request, said % {"number": count})
            return redirect("account_sessions")
        chosen = [each for each in opened if str(each.pk) == request.POST.get("session")]
        if not chosen:
            raise Http404
        if chosen[0] == this:
            return redirect("account_logout")
        sessions.end(chosen[0], by=person, why=Why.OWN)
        messages.success(request, _("That session was ended."))
        return redirect("account_sessions")
    rows = [{"session": each, "device": device_named(each.device), "is_this": each == this} for each in opened]
    return render(request, "account/sessions.html", {"rows": rows, "others": len(rows) > 1})
