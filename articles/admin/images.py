"""Pictures at the desk: upload, title, credit, rights, where each is used, and thumbnails that only staff see."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.base import GatedForm, RoleAdmin
from articles.admin.requests import who
from articles.admin.site import desk
from articles.audit.chain import record
from articles.images.actions import find, keep, private_name
from articles.images.intake import CleanPicture, RefusedPicture, clean_picture
from articles.images.models import Image, Rendition
from articles.images.rebuild import CROPS, crop_box
from articles.people.models import User
from articles.workflow.finishing import follow, refocus
from articles.workflow.permissions import can_change_picture, check_can_add_picture, pictures_visible_to, reads_reports, visible_to

FACTS = ("title", "credit", "creator", "licence", "reprintable", "rights_expire_on", "taken_on", "shared")
FOCUS = ("focal_x", "focal_y")
ACCEPTED = "image/jpeg,image/png,image/webp"


class UploadForm(GatedForm):
    """A form with files: when anything else in it is wrong, it says that they must be chosen again."""

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and self.errors:
            for name in [name for name, value in self.cleaned_data.items() if isinstance(value, CleanPicture)]:
                self.add_error(name, ValidationError(_("Choose the file again as well: a browser does not keep it.")))


class ImageForm(UploadForm):
    by: User
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "JPEG, PNG or WebP, at most 20 MB. It is rebuilt from its pixels: place, camera and names in it are left behind,"
            " and neither the file nor its name is kept."
        ),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )

    class Meta:
        model = Image
        fields = (*FACTS, *FOCUS)
        widgets = {  # noqa: RUF012 - Django reads it as it is
            **{name: forms.NumberInput(attrs={"min": "0", "max": "1", "step": "0.01"}) for name in FOCUS},
            **{name: forms.TextInput(attrs={"dir": "auto", "class": "vTextField"}) for name in ("title", "credit", "creator", "licence")},
            **{name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d") for name in ("rights_expire_on", "taken_on")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["file"]

    def clean_file(self) -> CleanPicture:
        try:
            picture = clean_picture(self.cleaned_data["file"])
        except RefusedPicture as refusal:
            raise ValidationError(str(refusal)) from refusal
        if standing := find(picture):
            raise ValidationError(_already_here(standing, self.by))
        return picture


@admin.register(Image, site=desk)
class ImageAdmin(RoleAdmin):
    may = staticmethod(check_can_add_picture)
    form = ImageForm
    fields = None
    list_display = ("thumbnail", "title", "credit", "size", "rights_expire_on", "shared")
    list_display_links = ("thumbnail", "title")
    list_per_page = 40
    sortable_by = ()
    search_fields = ("title", "credit", "creator")
    search_help_text = gettext_lazy("Words of the title, the credit or the creator")
    change_form_template = "admin/articles/image/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Image]:
        return pictures_visible_to(who(request))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request) and (obj is None or self.get_queryset(request).filter(pk=obj.pk).exists())

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request) and (obj is None or can_change_picture(who(request), obj))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[Any, ...]:
        return ("preview", *FACTS, FOCUS, "size", "adder") if obj else ("file", *FACTS)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("preview", "size", "adder") if obj else ()

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.by = who(request)
        return form

    @admin.display(description=gettext_lazy("Picture"))
    def thumbnail(self, image: Image) -> str:
        address = reverse("admin:articles_image_thumb", args=[image.pk])
        return format_html('<img class="thumb" src="{}" alt="" width="120" loading="lazy"> {}', address, image.pk)

    @admin.display(description=gettext_lazy("Picture"))
    def preview(self, image: Image) -> str:
        address = reverse("admin:articles_image_thumb", args=[image.pk])
        return format_html('<img class="preview" src="{}" alt="" width="240"> {}', address, image.pk)

    @admin.display(description=gettext_lazy("Added by"))
    def adder(self, image: Image) -> str:
        return str(image.added_by)

    @admin.display(description=gettext_lazy("Size"))
    def size(self, image: Image) -> str:
        return f"{image.width_px} × {image.height_px}"

    def get_urls(self) -> list[Any]:
        return [path("<int:pk>/thumb/", self.admin_site.admin_view(self.thumb_view), name="articles_image_thumb"), *super().get_urls()]

    def thumb_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The private thumbnail, or `?of=small` twice as wide, for those who may see the picture; no cache keeps it."""
        person = who(request)
        name = "small" if request.GET.get("of") == "small" else "thumb"
        image = pictures_visible_to(person).filter(pk=pk).first() if pk < 2**63 and reads_reports(person) else None
        rendition = Rendition.objects.filter(image=image, name=name, format="jpeg", clean=True).first() if image else None
        if rendition is None:
            raise Http404
        try:
            with storages["private"].open(private_name(rendition.file)) as file:
                data = file.read()
        except FileNotFoundError as error:
            raise Http404 from error
        headers = {"Cache-Control": "no-store, private", "Content-Security-Policy": "sandbox; default-src 'none'"}
        return HttpResponse(data, content_type="image/jpeg", headers=headers)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        image = context.get("original")
        if image is not None:
            using = visible_to(who(request)).filter(report_images__image=image).order_by("-saved_at").only("pk", "headline")
            context["used_in"] = list(using[:100])
            context["focus"] = _focus(image)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            with transaction.atomic():
                super().save_model(request, obj, form, change)
                if set(FOCUS) & set(form.changed_data):
                    refocus(obj)
                elif {"reprintable", "licence"} & set(form.changed_data):
                    follow(obj)
                record(by=who(request), verb="change_picture", target=obj)
            return
        facts = {name: form.cleaned_data[name] for name in FACTS}
        image = keep(form.cleaned_data["file"], by=who(request), **facts)
        obj.pk, obj.title = image.pk, image.title


def _focus(image: Image) -> dict[str, Any]:
    """What the page needs to draw the whole picture and its crops, in pixels of the master: numbers as text, whatever the locale."""
    point = (image.focal_x, image.focal_y)
    crops = []
    for name, shape in CROPS.items():
        left, top, right, bottom = crop_box((image.width_px, image.height_px), shape, point)
        crops.append(
            {"name": name.replace("x", ":"), "shape": f"{shape[0]} {shape[1]}", "box": f"{left} {top} {right - left} {bottom - top}"}
        )
    return {
        "address": reverse("admin:articles_image_thumb", args=[image.pk]) + "?of=small",
        "width": str(image.width_px),
        "height": str(image.height_px),
        "x": str(round(image.focal_x * image.width_px)),
        "y": str(round(image.focal_y * image.height_px)),
        "mark": str(max(min(image.width_px, image.height_px) // 14, 4)),
        "crops": crops,
    }


def _already_here(image: Image, person: User) -> Any:
    if not pictures_visible_to(person).filter(pk=image.pk).exists():
        return _("This file is at the desk already: ask an editor to share it with you.")
    sentence = _("This file is at the desk already: use picture {}.")
    return format_html(sentence, format_html('<a href="{}">{}</a>', reverse("admin:articles_image_change", args=[image.pk]), image))
