"""Pictures at the desk: upload, credit, rights, and thumbnails that only staff see."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from articles.admin.base import GatedForm, RoleAdmin
from articles.admin.requests import who
from articles.admin.site import desk
from articles.audit.chain import record
from articles.images.actions import RefusedPicture, add, private_name
from articles.images.models import Image, Rendition
from articles.workflow.permissions import check_can_add_picture

FACTS = ("credit", "creator", "licence", "rights_expire_on", "focal_x", "focal_y", "taken_on")


class ImageForm(GatedForm):
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        help_text=gettext_lazy(
            "JPEG, PNG or WebP, at most 20 MB. It is rebuilt from its pixels: place, camera and names in it are left behind."
        ),
    )

    class Meta:
        model = Image
        fields = FACTS
        widgets = {name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d") for name in ("rights_expire_on", "taken_on")}  # noqa: RUF012 - Django reads it as it is

    def __init__(self, *args: Any, by: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["file"]
        else:
            self.fields["file"].required = True

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not file:
            raise ValidationError(gettext_lazy("Choose a file."))
        return file


@admin.register(Image, site=desk)
class ImageAdmin(RoleAdmin):
    may = staticmethod(check_can_add_picture)
    form = ImageForm
    fields = None
    list_display = ("thumbnail", "credit", "size", "rights_expire_on")
    list_per_page = 40
    readonly_fields = ("thumbnail", "size")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("thumbnail", "size", *FACTS) if obj else ("file", *FACTS)

    @admin.display(description=gettext_lazy("Picture"))
    def thumbnail(self, image: Image) -> str:
        address = reverse("admin:articles_image_thumb", args=[image.pk])
        return format_html('<img class="thumb" src="{}" alt="" width="120" loading="lazy"> {}', address, image.pk)

    @admin.display(description=gettext_lazy("Size"))
    def size(self, image: Image) -> str:
        return f"{image.width_px} × {image.height_px}"

    def get_urls(self) -> list[Any]:
        return [path("<int:pk>/thumb/", self.admin_site.admin_view(self.thumb_view), name="articles_image_thumb"), *super().get_urls()]

    def thumb_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The private thumbnail; staff only."""
        rendition = Rendition.objects.filter(image=pk, name="thumb", format="jpeg", clean=True).first()
        if rendition is None or not self.has_view_permission(request):
            raise Http404
        with storages["private"].open(private_name(rendition.file)) as file:
            data = file.read()
        return HttpResponse(
            data, content_type="image/jpeg", headers={"Cache-Control": "private, max-age=600", "X-Content-Type-Options": "nosniff"}
        )

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        if change:
            return super().save_form(request, form, change)
        return form.instance

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        try:
            return super().add_view(request, form_url, extra_context)
        except RefusedPicture as refusal:
            self.message_user(request, str(refusal), level="error")
            request.method = "GET"
            return super().add_view(request, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            with transaction.atomic():
                super().save_model(request, obj, form, change)
                record(by=who(request), verb="change_picture", target=obj)
            return
        facts = {name: form.cleaned_data[name] for name in FACTS}
        image = add(form.cleaned_data["file"], by=who(request), **facts)
        obj.pk = image.pk
        obj.width_px, obj.height_px = image.width_px, image.height_px
