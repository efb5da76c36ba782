"""Nothing that is loaded can run code: no pickle in any form, no YAML that makes objects, no model file with code."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import chatbot

PACKAGE = Path(chatbot.__file__).parent
SOURCES = sorted(PACKAGE.rglob("*.py"))
FORBIDDEN = {"pickle", "cPickle", "_pickle", "dill", "cloudpickle", "joblib", "shelve", "marshal", "jsonpickle"}
RUNNING = {"eval", "exec", "compile", "__import__"}


def calls(tree: ast.AST) -> Iterator[tuple[str, str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            function = node.func
            if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
                yield function.value.id, function.attr, node
            elif isinstance(function, ast.Name):
                yield "", function.id, node


def test_the_package_is_looked_at() -> None:
    assert len(SOURCES) > 100


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_source_loads_data_alone(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    imported = {
        name.partition(".")[0]
        for node in ast.walk(tree)
        for name in (
            [each.name for each in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert not imported & FORBIDDEN
    for module, function, call in calls(tree):
        given = {keyword.arg: keyword.value for keyword in call.keywords}
        assert not (module == "" and function in RUNNING)
        assert not (module == "torch" and function == "load")
        assert not (function in ("load", "save") and module == "np" and not denies(given.get("allow_pickle")))
        assert not (module == "yaml" and function in ("unsafe_load", "full_load", "load_all"))
        assert not (module == "yaml" and function == "load" and "Loader" not in given)
        assert not (module == "subprocess" and is_true(given.get("shell")))
        assert (module, function) not in (("os", "system"), ("os", "popen"))


def denies(value: ast.expr | None) -> bool:
    return isinstance(value, ast.Constant) and value.value is False


def is_true(value: ast.expr | None) -> bool:
    return isinstance(value, ast.Constant) and value.value is True


def test_yaml_of_a_knowledge_file_makes_no_object(tmp_path: Path) -> None:
    from chatbot.errors import KnowledgeError
    from chatbot.front_matter import read_yaml

    mark = tmp_path / "made"
    for text in (
        f"!!python/object/apply:pathlib.Path.touch [!!python/object/apply:pathlib.Path ['{mark}']]",
        "!!python/name:os.system",
    ):
        with pytest.raises(KnowledgeError):
            read_yaml(Path("a.md"), text)
    assert not mark.exists()
