"""Knowledge of any size, made from the real one: the same documents under other ids, their sentences and words
recombined, their vectors those of real texts with noise. Seeded: always the same."""

import hashlib
import random
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from bench.sizes import SEED
from chatbot.documents import Document
from chatbot.embedder import Embedder, Vectors
from chatbot.sections import Block, Section, Span

NOISE = 0.3
"""Length of the noise beside a real vector of length 1: cosines of 0.96 between them, as between near passages."""
NEW_WORDS = 0.02
"""The share of words that are put together from halves of two: a larger library has more words, too."""


class NoisyVectors(Embedder):
    """Stands in for an embedder: a text gets the vector of some real text, with noise, whatever it says."""

    def __init__(self, embedder: Embedder, real: Vectors) -> None:
        self.name, self.sha256 = embedder.name, embedder.sha256
        self._real = real
        self._noise = np.random.default_rng(SEED)

    @property
    def dimensions(self) -> int:
        return int(self._real.shape[1])

    def queries(self, texts: Sequence[str]) -> Vectors:
        rows = [zlib.crc32(text.encode()) % len(self._real) for text in texts]
        noise = self._noise.standard_normal((len(texts), self.dimensions), dtype=np.float32)
        noise *= NOISE / np.sqrt(self.dimensions)
        vectors: Vectors = self._real[rows] + noise
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors

    passages = queries


def grown(documents: Sequence[Document], passages: int, questions: int) -> tuple[Document, ...]:
    """The documents, then synthetic ones until there are so many passages; each section of these has so many stored
    questions beside its heading."""
    chance = random.Random(SEED)
    pools = {lang: _Pool.of(lang, documents, chance) for lang in {each.lang for each in documents}}
    found, have = list(documents), sum(map(passages_of, documents))
    for copy, document in _endless(documents):
        if have >= passages:
            return tuple(found)
        found.append(_recombined(document, f"{document.id}-{copy}", pools[document.lang], questions))
        have += passages_of(found[-1])
    raise AssertionError("unreachable")


def passages_of(document: Document) -> int:
    """How many passages are cut from the document."""
    from chatbot.passages import cut_passages  # noqa: PLC0415

    return sum(1 for _ in cut_passages([document]))


def _endless(documents: Sequence[Document]) -> Iterator[tuple[int, Document]]:
    copy = 0
    while True:
        copy += 1
        for document in documents:
            yield copy, document


class _Pool:
    """A language's sentences, questions and words, to be drawn from."""

    def __init__(self, sentences: list[str], questions: list[str], chance: random.Random) -> None:
        self._sentences, self._questions, self._chance = sentences, questions, chance
        self._words = sorted({word for text in sentences for word in text.split() if word.isalpha()})

    @classmethod
    def of(cls, lang: str, documents: Sequence[Document], chance: random.Random) -> "_Pool":
        own = [each for each in documents if each.lang == lang]
        sentences = [
            each.body[span.start : span.end] for each in own for section in each.sections for span in section.sentences
        ]
        asked = [text for each in own for texts in each.questions.values() for text in texts]
        return cls(sentences, asked, chance)

    def sentence(self) -> str:
        return self._recombined(self._chance.choice(self._sentences), 0.2)

    def question(self) -> str:
        return self._recombined(self._chance.choice(self._questions), 0.3)

    def heading(self, heading: str) -> str:
        return self._recombined(heading, 0.3)

    def _recombined(self, text: str, share: float) -> str:
        return " ".join(
            self._word() if word.isalpha() and self._chance.random() < share else word for word in text.split()
        )

    def _word(self) -> str:
        word = self._chance.choice(self._words)
        if self._chance.random() < NEW_WORDS / 0.2:
            other = self._chance.choice(self._words)
            return word[: (len(word) + 1) // 2] + other[len(other) // 2 :]
        return word


def _recombined(document: Document, document_id: str, pool: _Pool, questions: int) -> Document:
    """A document with as many sections and sentences, in other words."""
    body, sections, asked = "", [], {}
    for section in document.sections:
        heading, start = pool.heading(section.heading), len(body)
        body += f"## {heading} {{#{section.id}}}\n\n"
        blocks = []
        for block in section.blocks:
            spans = []
            for _ in block.sentences:
                text = pool.sentence()
                spans.append(Span(len(body), len(body) + len(text)))
                body += f"{text} "
            body = f"{body[:-1]}\n\n" if spans else body
            blocks.append(Block(block.kind, tuple(spans)))
        sections.append(Section(section.id, heading, start, len(body), tuple(blocks)))
        asked[section.id] = tuple(pool.question() for _ in range(questions))
    return _finished(document, document_id, body, sections, asked)


def _finished(
    document: Document, document_id: str, body: str, sections: list[Section], asked: Mapping[str, tuple[str, ...]]
) -> Document:
    digest = hashlib.sha256(body.encode()).hexdigest()
    return replace(document, id=document_id, body=body, sha256=digest, sections=tuple(sections), questions=asked)
