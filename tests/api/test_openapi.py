"""The description holds: it is valid, and each answer of each operation is as it says."""

from __future__ import annotations

import csv
import io
import json
from uuid import uuid4

import pytest
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import OpenAPIV31SpecValidator, validate

from articles.api.described import ORDER
from articles.api.operations import OPERATIONS
from articles.editions.models import EditionCorrection
from articles.identity.actions import change_identity
from articles.workflow import publication
from tests import factories
from tests.api.reports import AT, full

pytestmark = pytest.mark.django_db
API = "/api/v1"


@pytest.fixture
def document():
    return Client().get(f"{API}/openapi.json").json()


@pytest.fixture
def report(reporter, editor, publisher):
    """One of everything, beside one with as little as can be, and a correction of what was withdrawn."""
    made = full(reporter, editor, publisher)
    factories.live(reporter, editor, publisher, slug="bare", standfirst="", dateline_mode="withheld", byline_mode="withheld")
    with factories.triggers_lifted():
        for number, uuid in enumerate((made.uuid, uuid4())):
            EditionCorrection.objects.create(
                uuid=uuid4(),
                report_uuid=uuid,
                language="en",
                path=f"/reports/{number}/",
                kind="correction",
                text="Not so.",
                position="top",
                published_at=AT,
            )
    return made


def conforms(document, schema, content):
    """What is wrong with the content by that schema of the document."""
    found = Draft202012Validator({**schema, "components": document["components"]}, format_checker=FormatChecker()).iter_errors(content)
    return [f"{each.json_path}: {each.message}" for each in found]


def responses(document, path):
    """{status: response} of a path, whole."""
    said = document["paths"][path]["get"]["responses"]
    return {
        status: document["components"]["responses"][status] if "$ref" in each else each for status, each in said.items()
    }  # fmt: skip


def test_the_document_is_valid(document):
    validate(document, cls=OpenAPIV31SpecValidator)
    assert document["openapi"] == "3.1.0" and document["servers"] == [{"url": "http://testserver/api/v1"}]
    assert {f"/{each.path}" for each in OPERATIONS.values()} == document["paths"].keys()
    assert set(ORDER) == OPERATIONS.keys()


def test_every_answer_is_as_the_document_says(document, report):
    asked = set()
    for path, item in document["paths"].items():
        address = API + path.replace("{id}", str(report.uuid))
        answer = Client().get(address)
        said = responses(document, path)["200"]["content"]
        (media_type, content), body = next(iter(said.items())), answer.getvalue().decode("utf-8-sig")
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, media_type), path
        if media_type == "application/json":
            assert conforms(document, content["schema"], json.loads(body)) == [], path
        asked |= {(path, parameter["name"]) for parameter in item["get"]["parameters"]}
    assert len(asked) > 60


def test_a_list_holds_all_fields_that_the_document_names(document, report):
    for name, path in (("Report", "reports"), ("Region", "regions"), ("Tag", "tags"), ("Correction", "corrections")):
        for each in Client().get(f"{API}/{path}/").json()["results"]:
            assert list(each) == list(document["components"]["schemas"][name]["properties"])
    for name, path in (("Report", "reports"), ("Correction", "corrections")):
        names = [*document["components"]["schemas"][name]["properties"], "cursor"]
        rows = Client().get(f"{API}/{path}.ndjson").getvalue().decode().splitlines()
        assert len(rows) == 2 and {tuple(json.loads(row)) for row in rows} == {tuple(names)}
        schema = document["components"]["schemas"][name]
        for row in rows:
            told = json.loads(row)
            told.pop("cursor")
            assert conforms(document, schema, told) == []


def test_every_example_and_every_choice_is_taken(document, report):
    for path, item in document["paths"].items():
        for parameter in item["get"]["parameters"]:
            if parameter["in"] == "path":
                continue
            schema, example = parameter["schema"], parameter["example"]
            assert conforms(document, schema, example) == [], (path, parameter["name"])
            for value in {",".join(example) if isinstance(example, list) else str(example), *map(str, schema.get("enum", ()))}:
                answer = Client().get(API + path.replace("{id}", str(report.uuid)), {parameter["name"]: value})
                answer.getvalue()
                assert answer.status_code == 200, (path, parameter["name"], value)


def test_every_refusal_is_as_the_document_says(document, report, publisher):
    publication.withdraw(report, by=publisher, reason="Asked by the family.")
    refusals = {
        (path, 400): Client().get(API + path.replace("{id}", str(report.uuid)), {"x": "1"}) for path in document["paths"]
    }  # fmt: skip
    refusals |= {(path, 405): Client().post(API + path.replace("{id}", str(report.uuid))) for path in document["paths"]}
    refusals["/reports/{id}/", 404] = Client().get(f"{API}/reports/{uuid4()}/")
    refusals["/reports/{id}/", 410] = Client().get(f"{API}/reports/{report.uuid}/")
    for (path, status), answer in refusals.items():
        said = responses(document, path)[str(status)]["content"]
        assert (answer.status_code, [answer.headers["Content-Type"]]) == (status, list(said)), path
        assert conforms(document, said["application/problem+json"]["schema"], answer.json()) == [], path


def test_a_licence_is_told_everywhere_when_there_is_one(administrator):
    assert Client().get(f"{API}/").json()["licence"] is None
    licence = {"licence": "CC BY 4.0", "licence_link": "https://creativecommons.org/licenses/by/4.0/"}
    change_identity(by=administrator, organisation="Newsroom", short_name="Newsroom", founded=None, **licence)
    told = {"name": "CC BY 4.0", "address": "https://creativecommons.org/licenses/by/4.0/"}
    assert Client().get(f"{API}/").json()["licence"] == told
    assert Client().get(f"{API}/openapi.json").json()["info"]["license"] == {"name": told["name"], "url": told["address"]}
    assert f'<a href="{told["address"]}" rel="license">' in Client().get("/api/").text


def test_the_page_tells_every_address_parameter_and_field_in_each_language(document):
    operations = [item["get"] for item in document["paths"].values()]
    names = {each["name"] for made in operations for each in made["parameters"] if each["in"] == "query"} | {
        API + path for path in document["paths"]
    }
    names |= {name for kind in ("Report", "Region", "Tag", "Correction") for name in document["components"]["schemas"][kind]["properties"]}
    for prefix, word in (("", "Licence"), ("/es", "Licencia"), ("/ar", "الترخيص")):
        page = Client().get(f"{prefix}/api/").text
        assert [name for name in names if f'<code dir="ltr">{name}</code>' not in page] == []
        assert f'<h2 id="licence">{word}</h2>' in page


def test_the_columns_of_a_table_are_told_by_its_fields(report):
    names = next(csv.reader(io.StringIO(Client().get(f"{API}/reports.csv").getvalue().decode("utf-8-sig"))))
    assert len(names) == len(set(names)) == 21
