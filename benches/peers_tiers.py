"""Scores the orders of the benches with DuckDB, Polars and SQLite, and prints their times beside kehu's."""

import statistics
import sys
import time

RUNS = 7
TODAY = 20_776  # 2026-11-19, in days since 1970
AFTER = TODAY - 365  # the same day a year before: it is outside the window

# Edges are the 20, 40, 60 and 80 % quantiles of those who bought in the window, linearly interpolated; a score is one more
# than the edges strictly below the figure, and recency counts from the other end. Who bought only before has 1 each.
SQL = """
with buying as (
    select customer, {today} - max(day) as r,
           count(*) filter (where day > {after}) as f,
           coalesce(sum(cents) filter (where day > {after}), 0) as m
    from {orders} where day <= {today} group by customer
), inside as (select * from buying where f > 0),
edges as (
    select quantile_cont(r, [0.2, 0.4, 0.6, 0.8]) as r, quantile_cont(f, [0.2, 0.4, 0.6, 0.8]) as f,
           quantile_cont(m, [0.2, 0.4, 0.6, 0.8]) as m
    from inside
), scored as (
    select customer, b.f > 0 as bought,
           5 - (e.r[1] < b.r)::int - (e.r[2] < b.r)::int - (e.r[3] < b.r)::int - (e.r[4] < b.r)::int as r,
           1 + (e.f[1] < b.f)::int + (e.f[2] < b.f)::int + (e.f[3] < b.f)::int + (e.f[4] < b.f)::int as f,
           1 + (e.m[1] < b.m)::int + (e.m[2] < b.m)::int + (e.m[3] < b.m)::int + (e.m[4] < b.m)::int as m
    from buying b, edges e
)
select customer, case when not bought then 3 else r + f + m end as total,
       case when not bought then 'low' when r + f + m >= 12 then 'high' when r + f + m <= 6 then 'low' else 'middle' end as tier
from scored
"""


def middle(run, runs=RUNS):
    """The median of some runs in seconds, and the last answer."""
    times, answer = [], None
    for _ in range(runs):
        begun = time.perf_counter()
        answer = run()
        times.append(time.perf_counter() - begun)
    return statistics.median(times), answer


def kehu(path):
    """Kehu's medians, and its tiers, as the benches wrote them."""
    with open(path, encoding="utf-8") as lines:
        figures = dict(line.rstrip("\n").split("\t") for line in lines if not line.startswith("#"))
    seconds = lambda name: float(figures[f"tiers, {name} 100000"]) * 1e-6
    tiers = [int(float(figures[f"tiers, quantile 100000, customers in tier {tier}"])) for tier in range(3)]
    return {
        "scored in memory": seconds("quantile"),
        "previewed in memory": seconds("preview with movers and matrix"),
        "from disk": seconds("opened and recalculated"),
        "tiers": tuple(tiers),
    }


def counted(tiers):
    tiers = list(tiers)
    return tuple(tiers.count(name) for name in ("high", "middle", "low"))


def by_duckdb(path):
    import duckdb

    base = duckdb.connect()
    base.execute(f"create table orders as select * from read_csv('{path}')")
    asked = SQL.format(today=TODAY, after=AFTER, orders="orders")
    cold = SQL.format(today=TODAY, after=AFTER, orders=f"read_csv('{path}')")
    kept = "create or replace temp table graded as "
    memory, _ = middle(lambda: base.execute(kept + asked))
    file, _ = middle(lambda: duckdb.connect().execute(kept + cold))
    return duckdb.__version__, memory, file, counted(tier for (tier,) in base.execute("select tier from graded").fetchall())


def by_polars(path):
    import polars as pl

    def score(orders):
        late = pl.col("day") > AFTER
        buying = orders.filter(pl.col("day") <= TODAY).group_by("customer").agg(
            r=TODAY - pl.col("day").max(), f=late.sum().cast(pl.Int64), m=pl.col("cents").filter(late).sum()
        ).with_columns(bought=pl.col("f") > 0)
        inside = buying.filter("bought")
        edges = inside.select(
            **{f"{name}{part}": pl.col(name).quantile(part / 5, "linear") for name in "rfm" for part in (1, 2, 3, 4)}
        ).row(0, named=True)
        below = lambda name: sum((pl.lit(edges[f"{name}{part}"]) < pl.col(name)).cast(pl.Int8) for part in (1, 2, 3, 4))
        total = pl.when("bought").then(5 - below("r") + 1 + below("f") + 1 + below("m")).otherwise(3)
        tier = pl.when(total >= 12).then(pl.lit("high")).when(total <= 6).then(pl.lit("low")).otherwise(pl.lit("middle"))
        return buying.select("customer", total=total, tier=tier)

    orders = pl.read_csv(path)
    memory, answer = middle(lambda: score(orders))
    file, _ = middle(lambda: score(pl.read_csv(path)))
    return pl.__version__, memory, file, counted(answer["tier"].to_list())


def edge(figure, part):
    """A quantile of the buyers' figures in SQLite, which has none: linearly interpolated between the two beside it."""
    place = f"{part / 5} * (n - 1)"
    at = lambda step: f"max(case when place = cast({place} as integer) + {step} then {figure} end)"
    between = f"{place} - cast({place} as integer)"
    ranked = f"select {figure}, row_number() over (order by {figure}) - 1 as place, count(*) over () as n from inside"
    return f"(select {at(0)} + ({between}) * ({at(1)} - {at(0)}) from ({ranked})) as {figure}{part}"


def by_sqlite(path):
    import csv
    import sqlite3

    edges = ", ".join(edge(figure, part) for figure in "rfm" for part in (1, 2, 3, 4))
    below = lambda figure: " + ".join(f"(e.{figure}{part} < b.{figure})" for part in (1, 2, 3, 4))
    asked = f"""
        create temp table graded as
        with buying as materialized (
            select customer, {TODAY} - max(day) as r, sum(day > {AFTER}) as f,
                   coalesce(sum(cents) filter (where day > {AFTER}), 0) as m
            from orders where day <= {TODAY} group by customer
        ), inside as materialized (select * from buying where f > 0),
        edges as materialized (select {edges}),
        scored as (
            select customer, b.f > 0 as bought,
                   5 - ({below("r")}) + 1 + ({below("f")}) + 1 + ({below("m")}) as total
            from buying b, edges e
        )
        select customer, case when not bought then 'low' when total >= 12 then 'high' when total <= 6 then 'low'
               else 'middle' end as tier
        from scored"""

    def load():
        base = sqlite3.connect(":memory:")
        base.execute("create table orders (customer integer, day integer, cents integer)")
        with open(path, newline="", encoding="utf-8") as file:
            rows = csv.reader(file)
            next(rows)
            base.executemany("insert into orders values (?, ?, ?)", rows)
        return base

    def score(base):
        base.execute("drop table if exists graded")
        base.execute(asked)
        return base

    base = load()
    memory, _ = middle(lambda: score(base), 3)
    file, _ = middle(lambda: score(load()), 3)
    tiers = counted(tier for (tier,) in base.execute("select tier from graded"))
    return sqlite3.sqlite_version, memory, file, tiers


def main():
    path, said = sys.argv[1:3]
    ours = kehu(said)
    rows = [("kehu", ours["scored in memory"], ours["from disk"], ours["tiers"])]
    for name, run in (("DuckDB", by_duckdb), ("Polars", by_polars), ("SQLite", by_sqlite)):
        try:
            version, memory, file, tiers = run(path)
        except ImportError:
            print(f"({name} is not installed for this Python and is skipped)")
            continue
        rows.append((f"{name} {version}", memory, file, tiers))
    print(f"{'':16}{'in memory':>14}{'':>9}{'from disk':>14}{'':>9}   high / middle / low")
    for name, memory, file, tiers in rows:
        times = [(memory, ours["scored in memory"]), (file, ours["from disk"])]
        ratio = lambda t, o: f"{t / o:7.2f} x" if o else f"{'–':>9}"
        cells = [f"{t * 1e3:11.1f} ms{ratio(t, o)}" if t else f"{'–':>23}" for t, o in times]
        same = "" if tiers == ours["tiers"] or not ours["tiers"] else "   NOT THE SAME"
        print(f"{name:16}{cells[0]}{cells[1]}   {tiers}{same}")
    if ours["previewed in memory"]:
        print(f"kehu's whole preview, movers and matrix too: {ours['previewed in memory'] * 1e3:.1f} ms")


main()
