"""The files that the recipes of docs/RECIPES.md read: simulated, and the same on every machine."""
import json
import random


def table(head, rows):
    return ",".join(head) + "\n" + "".join(",".join(map(str, row)) + "\n" for row in rows)


def classified(seed, sizes, right, users=0):
    """Two classes; `sizes` examples of each part, and both sides' chances to be right in it. Answers of both sides mostly agree."""
    draw = random.Random(seed)
    sides = ([], [])
    for part, size in sizes.items():
        for _ in range(size):
            number = len(sides[0])
            label, luck, own = draw.randrange(2), draw.random(), draw.random()
            user = f"u{draw.randrange(users)}" if users else "-"
            for side, chance in zip(sides, right[part]):
                answer = label if luck < chance else 1 - label
                side.append((f"e{number}", label, answer if own > 0.01 or side is sides[0] else label, part, user))
    return {f"{name}.csv": table(("id", "label", "prediction", "language", "user"), side) for name, side in zip(("baseline", "candidate"), sides)}


def users():
    """What the models do depends on the user more than on the example."""
    draw = random.Random(4)
    sides = ([], [])
    for user in range(40):
        known = draw.random()
        for number in range(25):
            label = draw.randrange(2)
            for side, wrong in zip(sides, (0.15 if known < 0.3 else 0.02, 0.4 if known > 0.85 else 0.02)):
                side.append((f"u{user}-{number}", label, 1 - label if draw.random() < wrong else label, f"u{user}"))
    return {f"{name}.csv": table(("id", "label", "prediction", "user"), side) for name, side in zip(("baseline", "candidate"), sides)}


def judged():
    draw = random.Random(5)
    sides = ([], [])
    for number in range(400):
        mark, cost = 5 + 4 * draw.random(), 1 + draw.random()
        sides[0].append((f"q{number}", round(mark, 1), round(cost, 3)))
        sides[1].append((f"q{number}", round(mark + draw.random() - 0.4, 1), round(cost * (1.04 + 0.1 * draw.random()), 3)))
    return {f"{name}.csv": table(("id", "judge_score", "cost"), side) for name, side in zip(("baseline", "candidate"), sides)}


def timed():
    draw = random.Random(6)
    return {f"{name}.csv": table(("ms",), [(round(scale * (12 + 6 * draw.random() + (20 * draw.random() if draw.random() < 0.2 else 0)), 3),) for _ in range(4000)])
            for name, scale in (("baseline", 1.0), ("candidate", 1.06))}


def seeded():
    draw = random.Random(7)
    easy = [0.01 * draw.random() for _ in range(5)]
    runs = {name: {"seed": [1, 2, 3, 4, 5], "f1": [round(mean + ease + 0.004 * draw.random(), 4) for ease in easy]} for name, mean in (("baseline", 0.88), ("candidate", 0.881))}
    return {f"{name}.json": json.dumps(values) + "\n" for name, values in runs.items()}


def moved():
    draw = random.Random(8)
    rows = {}
    for name, older, plans in (("last_month", 0, ("free", "team")), ("this_month", 4, ("free", "team", "trial"))):
        rows[f"{name}.csv"] = table(("age", "sessions", "plan"), [("" if draw.random() < 0.01 else 18 + older + int(40 * draw.random()), int(30 * draw.random()), plans[min(int(draw.random() * 2.1), len(plans) - 1)]) for _ in range(2000)])
    return rows


def ranked():
    draw = random.Random(9)
    sides = ([], [])
    for query in range(800):
        for result in range(12):
            grade = draw.choice((0, 0, 0, 1, 2))
            for side, noise in zip(sides, (2.6, 2.5)):
                side.append((f"{query}-{result}", query, grade, round(grade + noise * draw.random(), 4)))
    return {f"{name}.csv": table(("id", "query", "grade", "score"), side) for name, side in zip(("baseline", "candidate"), sides)}


FILES = {
    "Judge every language by itself": lambda: classified(1, {"en": 1500, "de": 600, "tr": 300, "is": 20}, {"en": (0.9, 0.91), "de": (0.88, 0.885), "tr": (0.87, 0.78), "is": (0.8, 0.8)}),
    "Merge only what is better": lambda: classified(2, {"en": 1200}, {"en": (0.90, 0.904)}),
    "Show that a port changed nothing": lambda: classified(3, {"en": 4000}, {"en": (0.91, 0.909)}),
    "Count users, not rows": users,
    "Use a score that the catalog lacks": judged,
    "Keep a latency budget": timed,
    "Compare training over several seeds": seeded,
    "Notice data that moved": moved,
    "Judge a ranking": ranked,
    "Excuse a known loss until a day": lambda: classified(10, {"en": 1000}, {"en": (0.92, 0.87)}),
}
