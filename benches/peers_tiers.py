"""Scores the orders of benches/tiers.rs with DuckDB and Polars, and prints their times beside kehu's."""

import re
import sys
import time

RUNS = 7
TODAY = 20_776  # 2026-11-19, in days since 1970
AFTER = TODAY - 365  # the same day a year before: it is outside the window
UNITS = {"s": 1.0, "ms": 1e-3, "µs": 1e-6, "us": 1e-6, "ns": 1e-9}

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


def least(run):
    """The fastest of some runs in seconds, and the last answer."""
    fastest, answer = float("inf"), None
    for _ in range(RUNS):
        begun = time.perf_counter()
        answer = run()
        fastest = min(fastest, time.perf_counter() - begun)
    return fastest, answer


def kehu(path):
    """The least that each of kehu's figures came to, and its tiers."""
    text = open(path, encoding="utf-8").read()
    def of(pattern):
        found = [float(number) * UNITS[unit] for number, unit in re.findall(pattern + r" ([\d.]+)(s|ms|µs|ns)\b", text)]
        return min(found) if found else None
    tiers = re.search(r"quantile: .*tiers (\d+) (\d+) (\d+)", text)
    return {
        "scored in memory": of(r"quantile: recalculation"),
        "previewed in memory": of(r"quantile: .*preview"),
        "from disk": of(r"open and first recalculation"),
        "tiers": tuple(int(count) for count in tiers.groups()) if tiers else None,
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
    memory, _ = least(lambda: base.execute(kept + asked))
    file, _ = least(lambda: duckdb.connect().execute(kept + cold))
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
    memory, answer = least(lambda: score(orders))
    file, _ = least(lambda: score(pl.read_csv(path)))
    return pl.__version__, memory, file, counted(answer["tier"].to_list())


def main():
    path, said = sys.argv[1:3]
    ours = kehu(said)
    rows = [("kehu", ours["scored in memory"], ours["from disk"], ours["tiers"])]
    for name, run in (("DuckDB", by_duckdb), ("Polars", by_polars)):
        try:
            version, memory, file, tiers = run(path)
        except ImportError:
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
