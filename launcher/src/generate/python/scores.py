"""The figures of classifications as scikit-learn computes them.

    pip install scikit-learn==1.9.1
    python scores.py > ../../test/resources/dev/tunebeam/launcher/evaluate/scikit-learn.json

An answer that is no class is null in "predicted"; scikit-learn sees it as a label that is not
asked for.
"""

import json
import random
import warnings

from sklearn.metrics import (
    accuracy_score,
    average_precision_score,
    f1_score,
    fbeta_score,
    precision_recall_fscore_support,
    precision_score,
    recall_score,
    roc_auc_score,
)

warnings.simplefilter("error")
NONE = "(none)"


def classification(classes, actual, predicted):
    answers = [NONE if p is None else p for p in predicted]
    occurring = [c for c in classes if c in actual or c in answers]
    precision, recall, f1, support = precision_recall_fscore_support(
        actual, answers, labels=classes, zero_division=0
    )
    mean = {"labels": occurring, "zero_division": 0}
    return {
        "classes": classes,
        "actual": actual,
        "predicted": predicted,
        "accuracy": accuracy_score(actual, answers),
        "weightedF1": f1_score(actual, answers, average="weighted", **mean),
        "macroF1": f1_score(actual, answers, average="macro", **mean),
        "precision": precision.tolist(),
        "recall": recall.tolist(),
        "f1": f1.tolist(),
        "support": support.tolist(),
    }


def binary(actual, predicted, scores, positive, beta):
    answers = [NONE if p is None else p for p in predicted]
    one = {"labels": [positive], "average": "macro", "zero_division": 0}
    truth = [a == positive for a in actual]
    return {
        "actual": actual,
        "predicted": predicted,
        "scores": scores,
        "positive": positive,
        "beta": beta,
        "precision": precision_score(actual, answers, **one),
        "recall": recall_score(actual, answers, **one),
        "fBeta": fbeta_score(actual, answers, beta=beta, **one),
        "auroc": roc_auc_score(truth, scores),
        "auprc": average_precision_score(truth, scores),
    }


def main():
    chance = random.Random(20261120)
    classifications = [
        classification(["a", "b", "c"], ["a", "a", "b"], ["a", "b", None]),
        classification(["a", "b"], ["a", "a"], [None, None]),
        classification(["a", "b"], ["a", "b"], ["b", "a"]),
        classification(["only"], ["only"], ["only"]),
    ]
    for size, count in ((2, 10), (3, 30), (5, 100), (12, 200), (77, 400)):
        classes = sorted(f"class {i}" for i in range(size))
        actual = [classes[min(int(chance.expovariate(3) * size), size - 1)] for _ in range(count)]
        predicted = [
            a if chance.random() < 0.7 else chance.choice(classes + [None]) for a in actual
        ]
        classifications.append(classification(classes, actual, predicted))
    binaries = [binary(["no", "yes"], ["no", "no"], [0.5, 0.5], "yes", 1)]
    for count, digits, positive, beta in (
        (10, 1, "yes", 1),
        (30, 1, "no", 2),
        (200, 2, "yes", 0.5),
        (300, 15, "yes", 0),
        (1000, 3, "no", 3.5),
    ):
        actual = ["yes" if chance.random() < 0.3 else "no" for _ in range(count)]
        scores = [
            round(min(max(chance.gauss(0.6 if a == positive else 0.4, 0.2), 0), 1), digits)
            for a in actual
        ]
        other = "no" if positive == "yes" else "yes"
        predicted = [
            None if chance.random() < 0.05 else positive if s >= 0.5 else other for s in scores
        ]
        binaries.append(binary(actual, predicted, scores, positive, beta))
    print("{")
    for name, cases, end in (("classifications", classifications, ","), ("binaries", binaries, "")):
        print(f'"{name}": [')
        print(",\n".join(json.dumps(case) for case in cases))
        print("]" + end)
    print("}")


main()
