"""A multinomial logistic model: fitted by scikit-learn, kept as safetensors, applied by NumPy. No pickle."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from chatbot.tensors import load_tensors, save_tensors

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class LinearModel:
    """`weights`: (features, classes) float32; `bias`: (classes,); `classes`: their names."""

    classes: tuple[str, ...]
    weights: Floats
    bias: Floats

    def scores(self, features: sparse.csr_matrix | Floats) -> Floats:
        """(n, features) -> (n, classes) float32, unbounded."""
        return np.asarray(features @ self.weights, dtype=np.float32) + self.bias

    def probabilities(self, features: sparse.csr_matrix | Floats) -> Floats:
        """(n, features) -> (n, classes) float32, rows that sum to 1."""
        scores = self.scores(features)
        scores -= scores.max(axis=1, keepdims=True)
        raised = np.exp(scores)
        return np.asarray(raised / raised.sum(axis=1, keepdims=True), dtype=np.float32)


def fit_linear(
    features: sparse.csr_matrix | Floats, labels: list[str], strength: float, sample_weights: Floats | None = None
) -> LinearModel:
    """Fit with an L2 penalty of 1 / `strength`. A single class is always the answer."""
    if len(set(labels)) == 1:
        return _constant(features, labels[0])
    fitted = LogisticRegression(C=strength, max_iter=1000)
    # In single precision the gradient never gets small enough to stop.
    fitted.fit(features.astype(np.float64), labels, sample_weight=sample_weights)
    return _linear(fitted.classes_, fitted.coef_, fitted.intercept_)


def fit_margins(features: sparse.csr_matrix, labels: list[str], strength: float) -> LinearModel:
    """Fit one margin a class against all others (linear SVM): quick with many classes; `scores` then rank, they are
    no probabilities. Not for two threads at once: they would share liblinear's random numbers, so that no two fits
    were alike."""
    if len(set(labels)) == 1:
        return _constant(features, labels[0])
    fitted = LinearSVC(C=strength, tol=0.01, dual=True, random_state=0).fit(features, labels)
    return _linear(fitted.classes_, fitted.coef_, fitted.intercept_)


def _linear(classes: Iterable[str], weights: Floats, bias: Floats) -> LinearModel:
    """From what scikit-learn fits, (classes, features); of two classes it keeps only the second's weights."""
    if len(weights) == 1:
        weights, bias = np.vstack([np.zeros_like(weights), weights]), np.array([0.0, bias[0]])
    return LinearModel(
        classes=tuple(str(name) for name in classes),
        weights=np.ascontiguousarray(weights.T, dtype=np.float32),
        bias=bias.astype(np.float32),
    )


def _constant(features: sparse.csr_matrix | Floats, label: str) -> LinearModel:
    return LinearModel((label,), np.zeros((features.shape[1], 1), np.float32), np.zeros(1, np.float32))


def save_linear(model: LinearModel, path: Path) -> None:
    save_tensors(path, {"weights": model.weights, "bias": model.bias}, classes="\n".join(model.classes))


def load_linear(path: Path) -> LinearModel:
    """With the weights mapped from the file. Raises ValueError or OSError where the file is not such a model."""
    stored = load_tensors(path)
    try:
        return LinearModel(tuple(stored.told["classes"].split("\n")), stored["weights"], stored["bias"])
    except KeyError as error:
        raise ValueError(f"{path} is not a linear model: it lacks {error}") from error
