"""What the requests of a soak and the samples of memory come to."""

from collections import Counter
from collections.abc import Sequence
from statistics import mean

from bench.clients import Told
from bench.figures import Figure, Found, Goal
from bench.timing import percentile, spread
from bench.watch import Sample


def soak_figures(told: Sequence[Told], limit: float, seconds: float, samples: Sequence[Sample], died: int) -> Found:
    """`limit`: requests a second that the server could take; `died`: workers that ended meanwhile."""
    wrong = [each for each in told if each.status == 0 or each.status >= 500]
    unexpected = [each for each in told if not each.right and 0 < each.status < 500]
    count = float(len(told))
    times = [each.milliseconds for each in told]
    none = Goal("value", at_most=0.0)
    figures = (
        Figure("requests a second", count / seconds, "/s", "the limit, measured before", limit),
        Figure("5xx and failed connections", float(len(wrong)), "", "requests", count, none),
        Figure("other unexpected statuses", float(len(unexpected)), "", "requests", count, none),
        Figure("workers that died", float(died), "", "requests", count, none),
        *_memory(samples),
        *(
            Figure(f"a request, {share}th percentile", percentile(times, share), "ms", "median", percentile(times, 50))
            for share in (90, 99)
        ),
    )
    kinds = sorted({each.kind for each in told})
    raw = {
        "seconds": seconds,
        "limit_per_second": limit,
        "statuses": {kind: dict(Counter(str(each.status) for each in told if each.kind == kind)) for kind in kinds},
        "errors": dict(Counter(each.error for each in wrong if each.error)),
        "ms": {kind: spread([each.milliseconds for each in told if each.kind == kind]) for kind in kinds},
        "memory_mb": [
            [
                round(sample.at, 1),
                [round(each.pss, 1) for each in sample.workers],
                [round(each.rss, 1) for each in sample.workers],
            ]
            for sample in samples
        ],
    }
    return Found(figures, raw)


def _memory(samples: Sequence[Sample]) -> list[Figure]:
    """All workers together, the last fifth of the samples against the first."""
    fifth, found = len(samples) // 5, []
    for name in ("pss", "rss") if fifth else ():
        sums = [sum(getattr(each, name) for each in sample.workers) for sample in samples]
        last, first = mean(sums[-fifth:]), mean(sums[:fifth])
        what = f"memory of all workers in the last fifth, {name.upper()}"
        found.append(Figure(what, last, "MB", "in the first fifth", first, Goal("ratio", at_most=1.03)))
    return found
