"""Which door answers which path. The language's prefix is taken off before (newsroom/sides.py)."""

from __future__ import annotations

import re

from django.urls import include, path, re_path

from articles.admin import notices
from articles.admin.board import board
from articles.admin.calendar import calendar
from articles.admin.keys import keys
from articles.admin.paste import paste
from articles.admin.preview_links import shared_view
from articles.admin.saved_filters import filters, one_filter
from articles.admin.site import desk
from articles.admin.together import several
from articles.api import corrections as api_corrections
from articles.api import index as api_index
from articles.api import reports as api_reports
from articles.api import subjects as api_subjects
from articles.api.described import described
from articles.editions import addresses
from articles.public import (
    archive,
    changes,
    correction_feeds,
    explained,
    feeds,
    home,
    inquiries,
    machines,
    media,
    oembed,
    press,
    reports,
    search,
    sitemaps,
    subjects,
    syndication,
    theme,
)

handler400 = "articles.admin.refused.bad_request"
handler403 = "articles.admin.refused.forbidden"
handler404 = "articles.public.reports.not_found"
handler500 = "articles.public.machines.broken"

FORM = r"(?P<form>rss|atom|json)"
FEED = rf"(?P<extent>feed|summary)\.{FORM}"
SLUG = r"(?P<slug>[-a-zA-Z0-9_]+)"

urlpatterns = [
    # readers
    path("", home.home, name="home"),
    path("reports/", archive.archive, name="reports"),
    re_path(r"^reports/(?P<year>[0-9]{4})/$", reports.year, name="year"),
    re_path(r"^reports/(?P<year>[0-9]{4})/(?P<month>[0-9]{2})/$", reports.month, name="month"),
    re_path(r"^reports/[0-9]{4}/[0-9]{2}/[a-z0-9-]{1,80}/$", reports.report, name="report"),
    re_path(r"^reports/[0-9]{4}/[0-9]{2}/[a-z0-9-]{1,80}/changes/$", changes.changes, name="changes"),
    *(
        re_path(rf"^reports/[0-9]{{4}}/[0-9]{{2}}/[a-z0-9-]{{1,80}}/(?P<name>{re.escape(form)})$", view, name=view.__name__)
        for form, view in (
            (addresses.TEXT, syndication.text),
            (addresses.MARKDOWN, syndication.markdown),
            (addresses.NINJS, syndication.ninjs),
            (addresses.REPUBLISH, syndication.republish),
            (addresses.KIT, syndication.press_kit),
        )
    ),
    path("regions/", subjects.regions, name="regions"),
    path("regions/<slug:slug>/", subjects.region, name="region"),
    path("tags/", subjects.tags, name="tags"),
    path("tags/<slug:slug>/", subjects.tag, name="tag"),
    path("authors/<slug:slug>/", subjects.author, name="author"),
    path("search/", search.search, name="search"),
    path("corrections/", press.corrections, name="corrections"),
    re_path(rf"^corrections/feed\.{FORM}$", correction_feeds.feed, name="corrections_feed"),
    path("press/", press.press, name="press"),
    re_path(r"^press/keys/(?P<mark>[0-9A-F]{40,64})\.asc$", press.key, name="press_key"),
    path("press/inquiry/", inquiries.inquiry, name="inquiry"),
    path("press/inquiry/sent/", inquiries.sent, name="inquiry_sent"),
    re_path(r"^media/(?P<name>[0-9a-f]{40}\.[a-z]{3,4})$", media.media, name="media"),
    re_path(r"^theme\.(?P<hash_>[0-9a-f]{16})\.css$", theme.theme, name="theme"),
    # machines
    re_path(rf"^{FEED}$", feeds.site, name="feed"),
    re_path(rf"^regions/{SLUG}/{FEED}$", feeds.region, name="region_feed"),
    re_path(rf"^tags/{SLUG}/{FEED}$", feeds.tag, name="tag_feed"),
    re_path(rf"^authors/{SLUG}/{FEED}$", feeds.author, name="author_feed"),
    re_path(rf"^reports/kind/{SLUG}/{FEED}$", feeds.kind, name="kind_feed"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    re_path(r"^sitemaps/(?P<number>0|[1-9][0-9]{0,8})\.xml$", sitemaps.part, name="sitemap_part"),
    re_path(r"^sitemaps/sections-(?P<code>[a-z]{2,3}(?:-[a-z0-9]+)*)\.xml$", sitemaps.sections, name="sitemap_sections"),
    path("news-sitemap.xml", sitemaps.newest, name="news_sitemap"),
    path("robots.txt", machines.robots, name="robots"),
    path("oembed", oembed.oembed, name="oembed"),
    path("humans.txt", machines.humans, name="humans"),
    path(".well-known/security.txt", machines.security, name="security"),
    path("healthz", machines.healthz, name="healthz"),
    path("readyz", machines.readyz, name="readyz"),
    path("api/", explained.api, {"describe": described}, name="api_page"),
    path("api/v1/", api_index.index, name="api_index"),
    path("api/v1/openapi.json", api_index.description, name="api_openapi"),
    path("api/v1/reports/", api_reports.reports, name="api_reports"),
    path("api/v1/reports/<uuid:uuid>/", api_reports.report, name="api_report"),
    path("api/v1/reports.csv", api_reports.reports_csv, name="api_reports_csv"),
    path("api/v1/reports.ndjson", api_reports.reports_ndjson, name="api_reports_ndjson"),
    path("api/v1/regions/", api_subjects.regions, name="api_regions"),
    path("api/v1/tags/", api_subjects.tags, name="api_tags"),
    path("api/v1/corrections/", api_corrections.corrections, name="api_corrections"),
    path("api/v1/corrections.csv", api_corrections.corrections_csv, name="api_corrections_csv"),
    path("api/v1/corrections.ndjson", api_corrections.corrections_ndjson, name="api_corrections_ndjson"),
    re_path(r"^api/v1/(?P<rest>[\s\S]+)\Z", api_index.nothing, name="api_nothing"),  # a line feed too, which <path:> leaves out
    # editors
    path("desk/accounts/", include("articles.admin.accounts")),
    path("desk/board/", desk.admin_view(board), name="desk_board"),
    path("desk/calendar/", desk.admin_view(calendar), name="desk_calendar"),
    path("desk/filters/", desk.admin_view(filters), name="desk_filters"),
    path("desk/filters/<int:pk>/", desk.admin_view(one_filter), name="desk_filter"),
    path("desk/keys/", desk.admin_view(keys), name="desk_keys"),
    path("desk/notices/", desk.admin_view(notices.notices), name="desk_notices"),
    path("desk/notices/read/", desk.admin_view(notices.all_read), name="desk_notices_read"),
    path("desk/notices/mail/", desk.admin_view(notices.mine), name="desk_notices_mine"),
    path("desk/notices/rules/", desk.admin_view(notices.rules), name="desk_notice_rules"),
    path("desk/notices/<int:number>/", desk.admin_view(notices.notice), name="desk_notice"),
    path("desk/together/", desk.admin_view(several), name="desk_together"),
    path("desk/paste/", desk.admin_view(paste), name="desk_paste"),
    path("desk/preview/", shared_view, {"token": ""}),
    path("desk/preview/<path:token>", shared_view, name="desk_preview"),
    path("desk/", desk.urls),
    # pages: the last, for their slugs stand at the root
    re_path(r"^(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)/$", reports.report, name="page"),
    re_path(r"^[a-z0-9]+(?:-[a-z0-9]+)*/changes/$", changes.changes, name="page_changes"),
]
