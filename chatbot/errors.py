"""Everything that can go wrong in a way that a person can mend.

ChatbotError
├── SettingsError       a setting has a wrong value
├── KnowledgeError      a knowledge file, or the folder, is wrong
├── IndexUnusableError  the index is missing, broken, or of other files or another model
├── EmbedderError       the embedding model can't be loaded or fails
├── FetchError          a page of another site can't be fetched
├── QuestionError       what was asked is not a question
├── OverloadedError     too many ask at once
├── RecordsError        the database of counts and questions is off or can't be used
├── ImportFileError     a file from elsewhere can't be made a draft of
└── ServerError         the server can't listen, or a process of it can't begin
"""


class ChatbotError(Exception):
    """One sentence in three parts, kept as fields: what is wrong, where, and the mend."""

    def __init__(self, what: str, *, where: str | None = None, mend: str | None = None) -> None:
        self.what = what
        self.where = where
        self.mend = mend
        super().__init__(str(self))

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head}; {self.mend}" if self.mend else head


class SettingsError(ChatbotError):
    """A setting has a wrong value."""


class KnowledgeError(ChatbotError):
    """A knowledge file, or the folder that holds them, is wrong."""


class IndexUnusableError(ChatbotError):
    """The index is missing, broken, or was made from other files or another model."""


class EmbedderError(ChatbotError):
    """The embedding model can't be loaded, or failed on a text."""


class FetchError(ChatbotError):
    """A page of another site can't be fetched, or not within the bounds."""


class RecordsError(ChatbotError):
    """The database of counts and questions is off, or can't be used."""


class QuestionError(ChatbotError):
    """What was asked is empty, too long, or in a language that is not offered."""


class OverloadedError(ChatbotError):
    """Too many ask at once; whoever asks again in some seconds gets an answer."""


class ImportFileError(ChatbotError):
    """A file from elsewhere is empty, broken, encrypted, too large, or not text."""


class ServerError(ChatbotError):
    """The server can't listen at its address, or one of its processes can't begin."""
