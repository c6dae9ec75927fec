"""The table and the chart of the proof."""
import json

import numpy
from matplotlib import pyplot

COLUMNS = (("accuracy", "accuracy"), ("balanced", "balanced accuracy"), ("f1", "macro F1"),
           ("head", "head recall"), ("middle", "middle recall"), ("tail", "tail recall"))


def spread(runs, key):
    values = numpy.array([run[key] for run in runs])
    return f"{values.mean():.1f} ± {values.std(ddof=1) if len(values) > 1 else 0:.1f}"


def gains(runs, key="balanced"):
    """Per seed, in points, over the dataset as it is."""
    base = [run[key] for run in runs["as it is"]]
    return {name: [run[key] - start for run, start in zip(rows, base)]
            for name, rows in runs.items()}


def make_table(results):
    lines = ["# What each remedy gains", "",
             "Percent, mean ± standard deviation over the seeds; the test sets are even.", ""]
    for name, dataset in results.items():
        runs = dataset["runs"]
        lines += [f"## {name}", "", dataset["about"], "",
                  "| remedy | images | " + " | ".join(title for _, title in COLUMNS)
                  + " | least gain of balanced accuracy in a seed |",
                  "|---|" + "---|" * (len(COLUMNS) + 2)]
        for remedy, rows in runs.items():
            cells = [spread(rows, key) for key, _ in COLUMNS]
            least = min(gains(runs)[remedy])
            lines.append(f"| {remedy} | {rows[0]['images']} | " + " | ".join(cells)
                         + f" | {least:+.1f} |")
        lines.append("")
    return "\n".join(lines)


def make_verdicts(results):
    """What was to be shown, and whether it was: (sentence, held)."""
    verdicts = []
    digits = results["digits"]["runs"]
    for remedy, values in gains(digits).items():
        if remedy not in ("as it is", "undersampled"):
            verdicts.append((f"digits: {remedy} gains at least 8 points in every seed "
                             f"(least: {min(values):+.1f})", min(values) >= 8))
    for name, dataset in results.items():
        runs = dataset["runs"]
        more = [a["balanced"] - b["balanced"] for a, b in
                zip(runs["oversampled, augmented"], runs["oversampled, copies"])]
        verdicts.append((f"{name}: augmentation beats plain copies on average "
                         f"({numpy.mean(more):+.1f} points, in {sum(m > 0 for m in more)} of "
                         f"{len(more)} seeds)", numpy.mean(more) > 0))
    return verdicts


def draw_chart(results, path):
    figure, axes = pyplot.subplots(1, len(results), figsize=(6 * len(results), 4.2), squeeze=False)
    for axis, (name, dataset) in zip(axes[0], results.items()):
        remedies = list(dataset["runs"])
        for offset, (key, title, colour) in enumerate(
                (("balanced", "balanced accuracy", "#3584e4"), ("tail", "tail recall", "#e66100"))):
            values = [[run[key] for run in dataset["runs"][remedy]] for remedy in remedies]
            places = numpy.arange(len(remedies)) + (offset - 0.5) * 0.38
            axis.barh(places, [numpy.mean(v) for v in values], 0.36, color=colour, label=title,
                      xerr=[numpy.std(v) for v in values], error_kw={"lw": 1})
        axis.set_yticks(range(len(remedies)), remedies)
        axis.invert_yaxis()
        axis.set_xlim(0, 100)
        axis.set_xlabel("percent")
        axis.set_title(name)
        axis.spines[["top", "right"]].set_visible(False)
    figure.legend(*axes[0][0].get_legend_handles_labels(), frameon=False, loc="lower center", ncols=2)
    figure.tight_layout(rect=(0, 0.06, 1, 1))
    figure.savefig(path, dpi=120)


def write(results, where):
    with open(f"{where}/results.json", "w", encoding="utf-8") as file:
        json.dump(results, file, indent=1)
    table = make_table(results)
    verdicts = make_verdicts(results)
    lines = [table, "## What was to be shown", ""]
    lines += [f"- {'yes' if held else '**no**'}: {sentence}" for sentence, held in verdicts]
    with open(f"{where}/table.md", "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    draw_chart(results, f"{where}/chart.png")
