"""The API's responses as models: what /openapi.json describes, and what tests hold the answers against."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from chatbot.front_matter import FrontMatter


class Described(BaseModel):
    """A response; a key that is not described here is an error."""

    model_config = ConfigDict(extra="forbid")


class QuotedDocument(Described):
    """The document of a quote, with its first source."""

    id: str
    title: str
    publisher: str
    url: str
    published: str | None
    as_of: str | None


class QuotedSection(Described):
    """The section of a quote."""

    id: str
    heading: str


class QuoteBody(Described):
    """A span of a document's body, word for word. `original`: the same in the document's first language."""

    text: str
    lang: str
    document: QuotedDocument
    section: QuotedSection
    start: int
    end: int
    sha256: str
    href: str
    original: "QuoteBody | None"


class ActionBody(Described):
    """Something to tap: a telephone call."""

    label: str
    href: str


class PictureBody(Described):
    """A picture of this server, with its words."""

    src: str
    alt: str


class AnswerBody(Described):
    """The answer to a question."""

    id: str
    kind: Literal["answer", "emergency", "refusal", "no_answer"]
    lang: str
    notice: str | None
    quotes: list[QuoteBody]
    actions: list[ActionBody]
    pictures: list[PictureBody]
    suggestions: list[str]
    confidence: float


class DocumentHead(FrontMatter):
    """A document without its text."""

    id: str
    lang: str
    sha256: str
    href: str


class SectionBody(Described):
    """A section's place in the document's body, in Unicode code points."""

    id: str
    heading: str
    start: int
    end: int


class DocumentBody(DocumentHead):
    """A whole document."""

    body: str
    sections: list[SectionBody]


class DocumentList(Described):
    """All documents, without their text."""

    documents: list[DocumentHead]


class Health(Described):
    """The process lives."""

    status: Literal["ok"]


class Readiness(Described):
    """An index is loaded and answers. `degraded`: some part is missing, such as the embedding model. `problem`: why
    the index in use is not served, but an older one."""

    status: Literal["ready"]
    index: str
    degraded: bool
    documents: int
    languages: list[str]
    problem: str | None
