"""Writes the Arrow files of tests/data/arrow and expected.json beside them: one table in many encodings, by writers other than ours. Writes
tests/data/hostile too: small files that stand for far more rows and texts than they have bytes.

In: nothing. Out: committed files; run this only to add a variant. What a reader must make of the table is worked out here once more, in plain
Python, so that the tests do not compare the reader with itself.

    python3 -m venv venv && venv/bin/pip install pyarrow==26.0.1 polars==2.1.0 duckdb==2.0.0 pandas==3.1.1 nanoarrow==0.9.0
    venv/bin/python tests/data/make_fixtures.py
"""

import json
import random
from datetime import datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import duckdb
import nanoarrow
import pandas
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.feather as feather
import pyarrow.ipc as ipc
from nanoarrow.ipc import StreamWriter

HERE = Path(__file__).parent / "arrow"
HOSTILE = Path(__file__).parent / "hostile"
EXCLUDED = {"cancelled", "canceled", "closed", "void", "已取消", "已关闭", "未支付"}
EPOCH = datetime(1970, 1, 1)
NAMES = ["customer_id", "ordered_at", "amount", "order_id", "status", "refund_amount", "store_id", "channel", "inviter_id", "joined_at"]


def table_rows():
    """Forty rows with every kind of gap; times are whole seconds of wall clock at +8, ids are decimal, amounts have two decimals."""
    rng = random.Random(7)
    start = datetime(2024, 2, 27, 21, 0)
    rows = []
    for i in range(40):
        customer = 1001 + rng.randrange(9)
        rows.append({
            "customer_id": str(customer),
            "ordered_at": start + timedelta(seconds=rng.randrange(40 * 86400)),
            "amount": Decimal(rng.randrange(-500, 20000)) / 100,
            "order_id": str(5000 + i),
            "status": rng.choice(["paid", "done", "已完成（顾客自提，门店签收）", " Cancelled ", "未支付", None]),
            "refund_amount": rng.choice([None, None, Decimal("0.00"), Decimal("1.25")]),
            "store_id": rng.choice(["12", "7", "103", None]),
            "channel": rng.choice(["pos", "小程序", "app", None]),
            "inviter_id": rng.choice([None, None, "1002", "1005", "2001"]),
            "joined_at": rng.choice([None, start - timedelta(days=rng.randrange(100))]),
        })
    rows[3]["customer_id"] = None
    rows[11].update(customer_id=None, status="paid", order_id=None)
    rows[5].update(ordered_at=None, status="paid")
    rows[6].update(amount=None, status="done")
    rows[8].update(order_id=rows[9]["order_id"], status="paid")
    rows[9].update(status="paid", ordered_at=rows[8]["ordered_at"])
    rows[20].update(order_id=rows[21]["order_id"], status="paid")
    rows[21].update(status="paid")
    rows[22].update(order_id=None, status=None)
    rows[30].update(inviter_id=rows[30]["customer_id"], status=None)
    rows[31].update(amount=Decimal("0.00"), status="done")
    return rows


def minor(value):
    return int((abs(value) * 100).quantize(Decimal(1), ROUND_HALF_UP)) * (1 if value >= 0 else -1)


def micros(moment):
    return (moment - EPOCH) // timedelta(microseconds=1)


def expect(rows, grain="order", offset_minutes=480, naive_is_utc=False, order_ids=True):
    """The orders and the report a reader must come to."""
    offset = offset_minutes * 60_000_000
    aside, anonymous, statuses, orders = {}, {}, {}, {}

    def instant(moment):
        return micros(moment) if naive_is_utc else micros(moment) - offset

    def set_aside(reason, index):
        aside.setdefault(reason, []).append(index)

    for index, row in enumerate(rows):
        status = row["status"] or ""
        statuses[status] = statuses.get(status, 0) + 1
        if status.strip().lower() in EXCLUDED:
            set_aside("excluded_status", index)
        elif row["ordered_at"] is None:
            set_aside("null_time", index)
        elif row["amount"] is None:
            set_aside("null_amount", index)
        else:
            net = minor(row["amount"]) - minor(row["refund_amount"] or Decimal(0))
            time = instant(row["ordered_at"])
            inviter = row["inviter_id"] if row["inviter_id"] != row["customer_id"] else None
            joined = None if row["joined_at"] is None else instant(row["joined_at"])
            key = row["order_id"] if order_ids and row["order_id"] else ("row", index)
            line = (time, row["customer_id"] or "", net, row["store_id"] or "", row["channel"] or "", inviter or "", joined, index)
            if row["customer_id"] is None:
                set_aside("null_customer", index)
                anonymous.setdefault(key, []).append(line)
            else:
                orders.setdefault(key, []).append(line)

    def joined_last(line):
        return line[:6] + (line[6] is None, line[6] or 0, line[7])

    def merge(lines):
        lines = sorted(lines, key=joined_last)
        first = lines[0]
        if grain == "line":
            return first[:2] + (sum(line[2] for line in lines),) + first[3:], [line for line in lines]
        for lost in lines[1:]:
            if lost[1]:
                set_aside("duplicate_order", lost[7])
        return first, [first]

    joined, out = {}, []
    for lines in orders.values():
        order, used = merge(lines)
        for line in used:
            if line[6] is not None:
                joined[line[1]] = min(line[6], joined.get(line[1], line[6]))
        out.append(order)
    anonymous_net = sum(merge(lines)[0][2] for lines in anonymous.values())
    names = lambda text: text or None
    listed = [[c, time, (time + offset) // 86_400_000_000, net, names(store), names(channel), names(inviter)] for time, c, net, store, channel, inviter, _, _ in out]
    return {
        "orders": sorted(listed, key=lambda order: json.dumps(order)),
        "joined": joined,
        "rows_read": len(rows),
        "set_aside": {reason: sorted(indices) for reason, indices in sorted(aside.items())},
        "anonymous": [len(anonymous), anonymous_net],
        "statuses": statuses,
    }


def base_table(rows):
    text = pa.string()
    types = [text, pa.timestamp("ms"), pa.float64(), text, text, pa.float64(), text, text, text, pa.timestamp("ms")]
    columns = []
    for name, kind in zip(NAMES, types):
        values = [row[name] for row in rows]
        if kind == pa.float64():
            values = [None if value is None else float(value) for value in values]
        columns.append(pa.array(values, kind))
    return pa.table(columns, names=NAMES)


def recast(table, **types):
    for name, kind in types.items():
        at = table.schema.get_field_index(name)
        column = table.column(name)
        if pa.types.is_dictionary(kind):
            column = column.combine_chunks().cast(kind.value_type).dictionary_encode().cast(kind)
        else:
            column = column.cast(kind)
        table = table.set_column(at, name, column)
    return table


def decimals(table, rows, kind):
    for name in ("amount", "refund_amount"):
        at = table.schema.get_field_index(name)
        table = table.set_column(at, name, pa.array([row[name] for row in rows], kind))
    return table


def zoned(table, unit, zone):
    """The same wall clock times as instants."""
    for name in ("ordered_at", "joined_at"):
        at = table.schema.get_field_index(name)
        values = [None if v is None else (v - timedelta(hours=8)).replace(tzinfo=timezone.utc) for v in table.column(name).to_pylist()]
        table = table.set_column(at, name, pa.array(values, pa.timestamp(unit, zone)))
    return table


def nested(table):
    """Columns that nobody maps, before, between and after the others."""
    n = len(table)
    union_types = pa.array([i % 2 for i in range(n)], pa.int8())
    ints, texts = pa.array(range(n), pa.int64()), pa.array([str(i) for i in range(n)])
    run_ends = pa.RunEndEncodedArray.from_arrays(pa.array([5, n], pa.int32()), pa.array(["x", None]))
    extra = [
        ("list", pa.array([[1, None]] * n, pa.list_(pa.int32()))),
        ("struct", pa.array([{"手机": "1", "deep": [{"a": 1.5}]}] * n)),
        ("map", pa.array([[("k", 1)]] * n, pa.map_(pa.string(), pa.int32()))),
        ("sparse", pa.UnionArray.from_sparse(union_types, [ints, texts])),
        ("dense", pa.UnionArray.from_dense(union_types, pa.array(range(n), pa.int32()), [ints, texts])),
        ("large_list", pa.array([["a"]] * n, pa.large_list(pa.string()))),
        ("fixed", pa.array([[1, 2]] * n, pa.list_(pa.int8(), 2))),
        ("list_view", pa.array([[1]] * n, pa.list_view(pa.int8()))),
        ("run_end", run_ends),
        ("null", pa.nulls(n)),
        ("view", pa.array(["a string that is longer than twelve bytes"] * n, pa.string_view())),
        ("binary_view", pa.array([b"x"] * n, pa.binary_view())),
        ("category", pa.array(["u", "v"] * (n // 2)).dictionary_encode()),
        ("categories", pa.array([["u"]] * n, pa.list_(pa.string())).cast(pa.list_(pa.dictionary(pa.int8(), pa.string())))),
        ("interval", pa.array([pa.MonthDayNano([1, 2, 3])] * n)),
        ("duration", pa.array([5] * n, pa.duration("ms"))),
        ("time", pa.array([5] * n, pa.time32("s"))),
        ("fixed_binary", pa.array([b"abc"] * n, pa.binary(3))),
        ("decimal256", pa.array([Decimal(1)] * n, pa.decimal256(40, 2))),
        ("flag", pa.array([True] * n)),
    ]
    for position, (name, column) in enumerate(extra):
        table = table.add_column(min(position * 2, table.num_columns), name, column)
    return table


def run_ends(table, kind, *names):
    """The columns run-end encoded; null runs included."""
    for name in names:
        at = table.schema.get_field_index(name)
        table = table.set_column(at, name, pc.run_end_encode(table.column(name).combine_chunks(), run_end_type=kind))
    return table


def sorted_runs(table):
    """Rows in an order that makes runs of stores and channels."""
    return table.sort_by([("store_id", "ascending"), ("channel", "ascending"), ("order_id", "ascending")])


def dictionary_of(table, kind, *names):
    """Columns of any type as dictionaries, nulls within the dictionary."""
    for name in names:
        at = table.schema.get_field_index(name)
        column = table.column(name).combine_chunks().dictionary_encode(null_encoding="encode")
        table = table.set_column(at, name, pa.DictionaryArray.from_arrays(column.indices.cast(kind), column.dictionary))
    return table


def extensions(table):
    """Known and unknown extension types nobody maps."""
    class Region(pa.ExtensionType):
        def __init__(self):
            super().__init__(pa.struct([("code", pa.int32())]), "example.region")

        def __arrow_ext_serialize__(self):
            return b"v1"

        @classmethod
        def __arrow_ext_deserialize__(cls, storage, serialized):
            return cls()

    n = len(table)
    region = pa.ExtensionArray.from_storage(Region(), pa.array([{"code": i} for i in range(n)], pa.struct([("code", pa.int32())])))
    uuid = pa.ExtensionArray.from_storage(pa.uuid(), pa.array([bytes(16)] * n, pa.binary(16)))
    flag = pa.ExtensionArray.from_storage(pa.bool8(), pa.array([1] * n, pa.int8()))
    return table.add_column(0, "region", region).add_column(3, "uuid", uuid).append_column("flag8", flag)


def write(name, table, stream=False, batch=None, empty=(), cut=0, **options):
    sink = pa.BufferOutputStream()
    writer = (ipc.new_stream if stream else ipc.new_file)(sink, table.schema, options=ipc.IpcWriteOptions(**options))
    batches = table.to_batches(max_chunksize=batch or max(len(table), 1))
    for position, chunk in enumerate(batches):
        if position in empty:
            writer.write_batch(chunk.slice(0, 0))
        writer.write_batch(chunk)
    writer.close()
    data = sink.getvalue().to_pybytes()
    (HERE / name).write_bytes(data[: len(data) - cut])


def write_dictionaries(name, table, stream, delta, columns=("customer_id", "status")):
    """Batches whose dictionaries differ: each batch has its own, or goes on where the last one ended."""
    chunks = table.to_batches(max_chunksize=9)
    growing = {table.schema.get_field_index(name): [] for name in columns}
    batches = []
    for chunk in chunks:
        columns = list(chunk.columns)
        for at, seen in growing.items():
            values = chunk.column(at).to_pylist()
            if not delta:
                seen = []
            known = seen if delta else []
            for value in values:
                if value is not None and value not in known:
                    known.append(value)
            codes = pa.array([None if value is None else known.index(value) for value in values], pa.int16())
            columns[at] = pa.DictionaryArray.from_arrays(codes, pa.array(list(known), chunk.schema.field(at).type))
        batches.append(pa.record_batch(columns, names=table.schema.names))
    sink = pa.BufferOutputStream()
    options = ipc.IpcWriteOptions(emit_dictionary_deltas=delta)
    with (ipc.new_stream if stream else ipc.new_file)(sink, batches[0].schema, options=options) as writer:
        for batch in batches:
            writer.write_batch(batch)
    (HERE / name).write_bytes(sink.getvalue().to_pybytes())


def sorted_rows(table, rows):
    """The rows in the order of a sorted table."""
    by_content = {}
    for row in rows:
        by_content.setdefault((row["customer_id"], row["ordered_at"], row["order_id"], row["status"]), []).append(row)
    keys = zip(*(table.column(name).to_pylist() for name in ("customer_id", "ordered_at", "order_id", "status")))
    return [by_content[key].pop(0) for key in keys]


def hostile():
    """Runs, views and dictionaries that share one value many times over."""
    def put(name, columns, compression=None):
        sink = pa.BufferOutputStream()
        table = pa.table(columns)
        with ipc.new_file(sink, table.schema, options=ipc.IpcWriteOptions(compression=compression)) as writer:
            for batch in table.to_batches():
                writer.write_batch(batch)
        (HOSTILE / name).write_bytes(sink.getvalue().to_pybytes())

    def one_run(rows, value, kind):
        return pa.RunEndEncodedArray.from_arrays(pa.array([rows], pa.int32()), pa.array([value], kind))

    rows = 1_900_000_000
    moment = pa.timestamp("ms")
    put("runs_of_billions.arrow", {"customer_id": one_run(rows, "a", pa.string()), "ordered_at": one_run(rows, 0, moment), "amount": one_run(rows, 1, pa.int64())})
    put("nulls_of_billions.arrow", {"customer_id": one_run(rows, None, pa.string()), "ordered_at": one_run(rows, None, moment), "amount": one_run(rows, None, pa.int64())})
    few = {"ordered_at": pa.array([0] * 8, moment), "amount": pa.array([1] * 8)}
    values = one_run(rows, "a" * 60, pa.string())
    put("dictionary_of_billions.arrow", {"customer_id": pa.DictionaryArray.from_arrays(pa.array([0] * 8, pa.int32()), values)} | few)
    # Every view begins somewhere else in one text and goes on to its end.
    count, text = 200, b"abcdefgh" * 8192
    views = b"".join((len(text) - at).to_bytes(4, "little") + text[at:at + 4] + (0).to_bytes(4, "little") + at.to_bytes(4, "little") for at in range(count))
    ids = pa.Array.from_buffers(pa.string_view(), count, [None, pa.py_buffer(views), pa.py_buffer(text)])
    put("views_of_one_text.arrow", {"customer_id": ids, "ordered_at": pa.array([0] * count, moment), "amount": pa.array([1] * count)}, "zstd")
    put("dictionary_of_one_text.arrow", {"customer_id": pa.DictionaryArray.from_arrays(pa.array([0] * 8, pa.int32()), ids)} | few, "zstd")


def no_batches(table, stream):
    sink = pa.BufferOutputStream()
    (ipc.new_stream if stream else ipc.new_file)(sink, table.schema).close()
    return sink.getvalue().to_pybytes()


def main():
    for folder in (HERE, HOSTILE):
        folder.mkdir(exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
    hostile()
    rows = table_rows()
    table = base_table(rows)
    uncompressed = {"compression": None}
    cases = []

    def case(name, family, table, **options):
        write(name, table, **options)
        cases.append([name, family])

    case("base.arrow", "full", table)
    case("base.arrows", "full", table, stream=True)
    case("batches.arrow", "full", table, batch=7, empty=(0, 2))
    case("batches.arrows", "full", table, batch=7, empty=(0, 2), stream=True)
    case("no_end.arrows", "full", table, batch=16, stream=True, cut=8)
    case("v4.arrow", "full", table, metadata_version=ipc.MetadataVersion.V4)
    case("v4.arrows", "full", table, stream=True, metadata_version=ipc.MetadataVersion.V4)
    case("legacy.arrow", "full", table, use_legacy_format=True)
    case("legacy.arrows", "full", table, batch=11, stream=True, use_legacy_format=True)
    case("legacy_no_end.arrows", "full", table, stream=True, use_legacy_format=True, cut=4)
    case("aligned64.arrow", "full", table, batch=13)
    large = pa.large_string()
    case("large_utf8.arrow", "full", recast(table, customer_id=large, order_id=large, status=large, store_id=large, inviter_id=large))
    view = pa.string_view()
    views = recast(table, customer_id=view, order_id=view, status=view, store_id=view, inviter_id=view)
    case("utf8_view.arrow", "full", views)
    case("utf8_view.arrows", "full", nested(views), stream=True, batch=16)
    case("utf8_view_dictionary.arrow", "full", recast(table, customer_id=pa.dictionary(pa.int32(), view)))
    case("binary.arrow", "full", recast(table, customer_id=pa.binary(), order_id=pa.large_binary(), inviter_id=pa.binary_view()))
    for bits in ("int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"):
        kind = pa.dictionary(getattr(pa, bits)(), pa.large_string() if bits == "int32" else pa.string())
        encoded = recast(table, customer_id=kind, order_id=kind, status=kind, store_id=kind, channel=kind, inviter_id=kind)
        stream = bits == "int16"
        case(f"dictionary_{bits}.arrow" + "s" * stream, "full", encoded, stream=stream, batch=16 if bits == "uint8" else None)
    for kind in (pa.int16(), pa.uint16(), pa.int32(), pa.uint32(), pa.int64(), pa.uint64()):
        ints = recast(table, customer_id=kind, order_id=kind, store_id=kind, inviter_id=kind)
        case(f"ids_{kind}.arrow", "full", ints)
    case("ids_int8.arrow", "full", recast(table, store_id=pa.int8()))
    int_dictionary = pa.dictionary(pa.int8(), pa.int64())
    case("dictionary_of_ints.arrow", "full", recast(table, customer_id=int_dictionary, inviter_id=int_dictionary, store_id=int_dictionary))
    for unit in ("s", "us", "ns"):
        case(f"timestamp_{unit}.arrow", "full", recast(table, ordered_at=pa.timestamp(unit), joined_at=pa.timestamp(unit)))
    for unit, zone in (("s", "UTC"), ("ms", "Asia/Shanghai"), ("us", "+08:00"), ("ns", "America/New_York")):
        case(f"zoned_{unit}.arrow", "full_zoned", zoned(table, unit, zone))
    case("float32.arrow", "full", recast(table, amount=pa.float32(), refund_amount=pa.float32()))
    case("decimal128_2.arrow", "full", decimals(table, rows, pa.decimal128(18, 2)))
    case("decimal128_9.arrow", "full", decimals(table, rows, pa.decimal128(38, 9)))
    case("nested.arrow", "full", nested(table))
    case("nested.arrows", "full", nested(table), stream=True, batch=16)
    case("reversed.arrow", "reversed", table.take(list(range(len(rows)))[::-1]), batch=9)
    write_dictionaries("dictionary_delta.arrows", table, stream=True, delta=True)
    write_dictionaries("dictionary_delta.arrow", table, stream=False, delta=True)
    write_dictionaries("dictionary_replaced.arrows", table, stream=True, delta=False)
    cases += [[f"dictionary_{name}", "full"] for name in ("delta.arrows", "delta.arrow", "replaced.arrows")]
    # The same of every kind of value.
    numbers = recast(decimals(table, rows, pa.decimal128(18, 2)), customer_id=pa.int64(), order_id=pa.uint32(), ordered_at=pa.timestamp("us"), joined_at=pa.timestamp("s"))
    words = recast(table, customer_id=pa.string_view(), order_id=pa.large_binary(), status=pa.large_string(), store_id=pa.binary(), inviter_id=pa.binary_view())
    wide = recast(decimals(table, rows, pa.decimal256(40, 2)), store_id=pa.float64())
    for label, values in (("floats", table), ("numbers", numbers), ("words", words), ("wide", wide)):
        for stream, delta in ((True, True), (False, True), (True, False)):
            name = f"dictionary_{'delta' if delta else 'replaced'}_{label}.arrow" + "s" * stream
            write_dictionaries(name, values, stream, delta, columns=[name for name in NAMES if name != "channel"])
            cases.append([name, "full"])
    sliced = pa.concat_tables([table.slice(0, 3), table]).slice(3)
    case("sliced.arrow", "full", sliced.combine_chunks())

    # Compression: of every codec and framing, of few rows and many batches, with nothing to compress.
    for codec in ("lz4", "zstd"):
        case(f"{codec}.arrow", "full", table, compression=codec)
        case(f"{codec}.arrows", "full", table, compression=codec, stream=True)
        case(f"{codec}_batches.arrow", "full", table, batch=3, empty=(0, 4), compression=codec)
        case(f"{codec}_batches.arrows", "full", nested(views), batch=9, compression=codec, stream=True)
        case(f"{codec}_v4.arrow", "full", nested(table), compression=codec, metadata_version=ipc.MetadataVersion.V4)
        case(f"{codec}_dictionaries.arrow", "full", dictionary_of(table, pa.int32(), "customer_id", "status", "store_id"), compression=codec)
        case(f"{codec}_empty.arrow", "empty", table.slice(0, 0), compression=codec)
        feather.write_feather(table, str(HERE / f"feather_{codec}.arrow"), compression=codec)
        cases.append([f"feather_{codec}.arrow", "full"])
    case("zstd_19.arrow", "full", table, compression=pa.Codec("zstd", 19))

    # One row a batch.
    case("tiny_batches.arrow", "full", table.select(NAMES), batch=1)
    case("tiny_batches.arrows", "full", table.select(NAMES), batch=1, stream=True)

    # Decimals of every width.
    case("decimal32.arrow", "full", decimals(table, rows, pa.decimal32(9, 2)))
    case("decimal64.arrow", "full", decimals(table, rows, pa.decimal64(18, 4)))
    case("decimal256_2.arrow", "full", decimals(table, rows, pa.decimal256(40, 2)))
    case("decimal256_38.arrow", "full", decimals(table, rows, pa.decimal256(76, 38)))
    case("decimal32_stream.arrows", "full", decimals(table, rows, pa.decimal32(9, 2)), stream=True, compression="zstd")

    # Ids as numbers with gaps: what pandas and databases make of integers.
    names = ("customer_id", "order_id", "store_id", "inviter_id")
    for label, kind in (("float64", pa.float64()), ("decimal128", pa.decimal128(20, 0)), ("decimal64", pa.decimal64(18, 0)), ("decimal256", pa.decimal256(50, 2))):
        whole_ids = recast(table, **{name: pa.int32() for name in names})
        case(f"ids_{label}.arrow", "full", recast(whole_ids, **{name: kind for name in names}))

    # Runs, of every width of their ends, of text, views, numbers, times, dictionaries; cut by batches and slices.
    runs = sorted_runs(table)
    texts = ("customer_id", "status", "store_id", "channel", "inviter_id")
    for kind in (pa.int16(), pa.int32(), pa.int64()):
        case(f"runs_{kind}.arrow", "runs", run_ends(runs, kind, *texts))
    case("runs_all.arrow", "runs", run_ends(runs, pa.int32(), *NAMES))
    case("runs_all.arrows", "runs", run_ends(runs, pa.int32(), *NAMES), batch=7, stream=True)
    case("runs_zstd.arrow", "runs", run_ends(runs, pa.int32(), *NAMES), batch=11, compression="zstd")
    case("runs_ints.arrow", "runs", run_ends(recast(runs, store_id=pa.int64(), customer_id=pa.int32()), pa.int32(), "store_id", "customer_id"))
    case("runs_large_utf8.arrow", "runs", run_ends(recast(runs, store_id=large, channel=large), pa.int16(), "store_id", "channel"))
    case("runs_decimal.arrow", "runs", run_ends(decimals(runs, sorted_rows(runs, rows), pa.decimal128(18, 2)), pa.int32(), "amount", "refund_amount"))
    encoded = runs.column("store_id").combine_chunks().dictionary_encode()
    run_keys = pc.run_end_encode(encoded.indices, run_end_type=pa.int32())
    stores = pa.RunEndEncodedArray.from_arrays(run_keys.run_ends, pa.DictionaryArray.from_arrays(run_keys.values, encoded.dictionary))
    case("runs_of_dictionary.arrow", "runs", runs.set_column(runs.schema.get_field_index("store_id"), "store_id", stores))
    v4 = {"metadata_version": ipc.MetadataVersion.V4}
    case("runs_v4.arrow", "runs", run_ends(runs, pa.int32(), *NAMES), **v4)
    case("runs_v4.arrows", "runs", run_ends(nested(runs), pa.int16(), *NAMES), batch=7, stream=True, **v4)
    inner = pc.run_end_encode(runs.column("store_id").combine_chunks(), run_end_type=pa.int16())
    outer = pa.RunEndEncodedArray.from_arrays(pa.array(range(1, len(runs) + 1), pa.int32()), inner)
    for name, options in (("runs_of_runs.arrow", {}), ("runs_of_runs_v4.arrow", v4)):
        case(name, "runs", runs.set_column(runs.schema.get_field_index("store_id"), "store_id", outer), **options)
    dictionary = pc.run_end_encode(encoded.dictionary, run_end_type=pa.int32())
    stores = pa.DictionaryArray.from_arrays(encoded.indices, dictionary)
    case("dictionary_of_runs.arrow", "runs", runs.set_column(runs.schema.get_field_index("store_id"), "store_id", stores))

    # Dictionaries of other things than text, with the null inside.
    case("dictionary_nulls.arrow", "full", dictionary_of(table, pa.int8(), *texts, "order_id"))
    case("dictionary_times.arrow", "full", dictionary_of(table, pa.int16(), "ordered_at", "joined_at"))
    case("dictionary_amounts.arrow", "full", dictionary_of(table, pa.uint16(), "amount", "refund_amount"))
    case("dictionary_decimals.arrow", "full", dictionary_of(decimals(table, rows, pa.decimal128(18, 2)), pa.int64(), "amount"))
    case("dictionary_views.arrow", "full", dictionary_of(views, pa.int32(), "customer_id", "store_id"))
    case("dictionary_binary.arrow", "full", dictionary_of(recast(table, customer_id=pa.large_binary()), pa.uint32(), "customer_id"))

    # Null columns, extensions, other times.
    nulls = [row | {"refund_amount": None, "inviter_id": None, "joined_at": None} for row in rows]
    bare = base_table(nulls)
    for name in ("refund_amount", "inviter_id", "joined_at"):
        bare = bare.set_column(bare.schema.get_field_index(name), name, pa.nulls(len(rows)))
    case("null_columns.arrow", "nulls", bare)
    case("null_columns.arrows", "nulls", bare, stream=True, batch=16)
    case("extensions.arrow", "full", extensions(table))
    case("extensions.arrows", "full", extensions(table), stream=True, batch=20, compression="lz4")
    for unit, zone in (("ms", "-03:30"), ("us", "UTC"), ("s", "Europe/London"), ("ms", "+0000"), ("ns", "Asia/Shanghai")):
        case(f"zoned_{unit}_{zone.replace('/', '_').replace(':', '')}.arrow", "full_zoned", zoned(table, unit, zone))
    case("v4_nested.arrow", "full", nested(table), metadata_version=ipc.MetadataVersion.V4)
    case("v4_nested.arrows", "full", nested(table), stream=True, batch=16, metadata_version=ipc.MetadataVersion.V4)
    case("legacy_nested.arrows", "full", nested(table), stream=True, use_legacy_format=True)
    (HERE / "no_batches.arrow").write_bytes(no_batches(table, stream=False))
    (HERE / "no_batches.arrows").write_bytes(no_batches(table, stream=True))
    cases += [["no_batches.arrow", "empty"], ["no_batches.arrows", "empty"]]

    # Other writers.
    pandas_frame = table.to_pandas()
    pandas_frame.to_feather(HERE / "pandas_default.arrow")
    pandas_frame.astype({name: "category" for name in texts}).to_feather(HERE / "pandas_category.arrow", compression="zstd")
    numbers = recast(table, **{name: pa.int64() for name in names}).to_pandas(integer_object_nulls=False)
    numbers.to_feather(HERE / "pandas_float_ids.arrow")
    cases += [["pandas_default.arrow", "full"], ["pandas_category.arrow", "full"], ["pandas_float_ids.arrow", "full"]]
    with (HERE / "nanoarrow.arrows").open("wb") as file, StreamWriter.from_writable(file) as writer:
        writer.write_stream(nanoarrow.ArrayStream(table))
    cases.append(["nanoarrow.arrows", "full"])
    for codec in ("lz4", "zstd"):
        pl.from_arrow(table).write_ipc(HERE / f"polars_{codec}.arrow", compression=codec)
        pl.from_arrow(table).write_ipc_stream(HERE / f"polars_{codec}.arrows", compression=codec)
        cases += [[f"polars_{codec}.arrow", "full"], [f"polars_{codec}.arrows", "full"]]
    pl.from_arrow(table).write_ipc_stream(HERE / "polars.arrows", compression="uncompressed")
    cases.append(["polars.arrows", "full"])
    frame = pl.from_arrow(table)
    frame.write_ipc(HERE / "polars_oldest.arrow", compression="uncompressed", compat_level=pl.CompatLevel.oldest())
    cases.append(["polars_oldest.arrow", "full"])
    frame.write_ipc(HERE / "polars.arrow", compression="uncompressed")
    cases.append(["polars.arrow", "full"])
    frame.with_columns(pl.col("status", "channel").cast(pl.Categorical)).write_ipc(
        HERE / "polars_categorical.arrow", compression="uncompressed", compat_level=pl.CompatLevel.oldest())
    cases.append(["polars_categorical.arrow", "full"])
    exported = duckdb.from_arrow(table).project("* REPLACE (amount::DECIMAL(18,2) AS amount)").to_arrow_table()
    case("duckdb.arrow", "full", exported)

    # Dates: the day is the wall clock's, the instant its local midnight.
    dates = [dict(row) for row in rows]
    for row in dates:
        for name in ("ordered_at", "joined_at"):
            row[name] = row[name] and datetime(row[name].year, row[name].month, row[name].day)
    case("date32.arrow", "dates", recast(table, ordered_at=pa.date32(), joined_at=pa.date32()))
    case("date64.arrow", "dates", recast(base_table(dates), ordered_at=pa.date64(), joined_at=pa.date64()))

    # Whole currency units.
    whole = [dict(row) for row in rows]
    for row in whole:
        for name in ("amount", "refund_amount"):
            row[name] = None if row[name] is None else Decimal(int(row[name]) % 100)
    for kind in (pa.int8(), pa.uint8(), pa.int32(), pa.uint64(), pa.int64()):
        ints = base_table(whole)
        for name in ("amount", "refund_amount"):
            at = ints.schema.get_field_index(name)
            ints = ints.set_column(at, name, pa.array([None if row[name] is None else int(row[name]) for row in whole], kind))
        case(f"amount_{kind}.arrow", "whole", ints)
    case("amount_decimal128_0.arrow", "whole", decimals(base_table(whole), whole, pa.decimal128(38, 0)))
    case("amount_float16.arrow", "whole", recast(base_table(whole), amount=pa.float16(), refund_amount=pa.float16()))

    case("empty.arrow", "empty", table.slice(0, 0))
    case("empty.arrows", "empty", table.slice(0, 0), stream=True)
    cases += [["base.arrow", "line"], ["dictionary_delta.arrows", "line"], ["base.arrows", "naive_is_utc"], ["base.arrow", "no_order_id"], ["batches.arrow", "new_york"]]

    no_options = {"mapping": NAMES, "options": {}}
    families = {
        "full": no_options | expect(rows),
        "full_zoned": no_options | expect(rows),
        "reversed": no_options | expect(rows[::-1]),
        "runs": no_options | expect(sorted_rows(sorted_runs(table), rows)),
        "nulls": no_options | expect(nulls),
        "dates": no_options | expect(dates),
        "whole": no_options | expect(whole),
        "empty": no_options | expect([]),
        "line": {"mapping": NAMES, "options": {"grain": "line"}} | expect(rows, grain="line"),
        "naive_is_utc": {"mapping": NAMES, "options": {"naiveIsUtc": True}} | expect(rows, naive_is_utc=True),
        "no_order_id": {"mapping": [name for name in NAMES if name != "order_id"], "options": {}} | expect(rows, order_ids=False),
        "new_york": {"mapping": NAMES, "options": {"utcOffsetMinutes": -300}} | expect(rows, offset_minutes=-300),
    }
    text = json.dumps({"cases": cases, "families": families}, ensure_ascii=False, indent=1)
    (HERE / "expected.json").write_text(text + "\n")
    print(len(cases), "cases,", sum(file.stat().st_size for file in HERE.iterdir()), "bytes")


main()
