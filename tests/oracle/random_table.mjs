/**
 * Seeded random order tables as Arrow bytes: other types, encodings and batches each time, with the odd rows real exports have.
 *
 * In: a seed, and where it matters a shape. Out: the bytes, the mapping by role, ingest options and metric options; the same for the same seed everywhere.
 */
import {
  DateDay, DateMillisecond, Decimal, Dictionary, Field, Float32, Float64, Int16, Int32, Int64, Int8, LargeUtf8, RecordBatch, Schema, Struct, Table,
  TimestampMicrosecond, TimestampMillisecond, TimestampNanosecond, TimestampSecond, Uint16, Uint32, Utf8, makeData, tableToIPC, vectorFromArray,
} from "apache-arrow";
import { Random } from "./random.mjs";

const STATUSES = ["已完成", "paid", "Cancelled ", "已取消", "refunded", "void", ""];
const CHANNELS = ["pos", "小程序", "app"];
const STORES = ["S1", "S2", "S3"];
const FULFILMENTS = ["自提", "Store-Pickup", "in_store", "delivery", "快递"];
const COUPONS = ["新客券", "C3"];
export const DAY = 86_400;

/** Customers, days and orders of a table: the most of each, beside the least. */
const COMMON = { customers: [3, 80], days: [5, 500], perCustomer: 12 };
/** Shapes that few tables have by chance. */
export const SHAPES = {
  common: COMMON,
  lone: { ...COMMON, customers: [1, 1] },
  "one period": { ...COMMON, days: [1, 3] },
  "empty periods": { customers: [3, 10], days: [600, 900], perCustomer: 3 },
  "one order": { customers: [1, 1], days: [1, 1], perCustomer: 0 },
  large: { customers: [3_000, 1_100], days: [300, 400], perCustomer: 12 },
};

/**
 * A random table: `{ bytes, mapping, people, utcOffsetMinutes, params, channels }`; `people` is what the tables beside it are drawn from. `isWhole` maps
 * every role.
 */
export function randomTable(seed, { shape = COMMON, isWhole = false } = {}) {
  const random = new Random(seed);
  const { rows, ...drawn } = draw(random, shape);
  const mapping = {};
  const fields = [];
  const put = (role, name, { type, values }) => {
    mapping[role] = name;
    fields.push({ name, type, values });
  };
  const mapped = (share) => random.chance(share) || isWhole;
  const ids = idType(random);
  put("customerId", "会员编号", encode(ids, rows.map((row) => row.customer)));
  put("orderedAt", "下单时间", encode(timeType(random), rows.map((row) => row.at)));
  put("amount", "实付金额", encode(moneyType(random), rows.map((row) => row.amount)));
  if (mapped(0.6)) put("orderId", "订单号", encode(random.pick([textType, integerType])(random), rows.map((row) => row.order)));
  if (mapped(0.7)) put("status", "订单状态", encode(textType(random), rows.map((row) => row.status)));
  if (mapped(0.6)) put("refundAmount", "退款金额", encode(moneyType(random), rows.map((row) => row.refund)));
  put("channel", "渠道", encode(textType(random), rows.map((row) => row.channel)));
  if (mapped(0.6)) put("inviterId", "邀请人", encode(ids, rows.map((row) => row.inviter)));
  if (mapped(0.6)) put("joinedAt", "入会时间", encode(timeType(random), rows.map((row) => row.joined)));
  if (mapped(0.6)) put("storeId", "门店", encode(textType(random), rows.map((row) => row.store)));
  if (mapped(0.6)) put("fulfilment", "履约方式", encode(textType(random), rows.map((row) => row.fulfilment)));
  if (mapped(0.5)) put("couponId", "优惠券", encode(textType(random), rows.map((row) => row.coupon)));
  if (mapped(0.6)) put("promisedTo", "承诺时间", encode(timeType(random), rows.map((row) => row.promised)));
  if (mapped(0.6)) put("pickedUpAt", "提货时间", encode(timeType(random), rows.map((row) => row.picked)));
  if (mapped(0.6)) put("cost", "成本", encode(moneyType(random), rows.map((row) => row.cost)));
  if (mapped(0.6)) put("staffId", "服务人员", encode(textType(random), rows.map((row) => row.staff)));
  if (mapped(0.6)) put("isPresale", "是否预售", encode(textType(random), rows.map((row) => row.presale)));
  mapping.dimensions = ["group_buy_id", "service_type"].filter(() => mapped(0.6));
  for (const name of mapping.dimensions) fields.push({ name, ...encode(textType(random), rows.map((row) => row[name])) });
  const firsts = new Map();
  for (const { customer, at } of rows) {
    if (customer !== null && at !== null) firsts.set(customer, Math.min(at, firsts.get(customer) ?? at));
  }
  // Elsewhere the same ids may be written as another type.
  const sameIds = (random) => (ids.label === undefined ? random.pick([integerType, textType])(random) : { ...textType(random), label: ids.label });
  return {
    bytes: ipc(random, fields, rows.length),
    mapping,
    people: { rows, ...drawn, ids: sameIds, firstOf: (customer) => firsts.get(customer) },
    utcOffsetMinutes: random.pick([480, 480, 0, -300, 345, 765]),
    channels: random.chance(0.4) ? CHANNELS.filter(() => random.chance(0.6)) : [],
    params: {
      weekStart: random.pick([0, 0, 6, 3]),
      minOrders: random.pick([1, 1, 1, 2, 3]),
      countZero: random.chance(0.3),
      maxPeriods: random.pick([null, 3, 12]),
      warmupDays: random.pick([0, 30, 90]),
      windowDays: random.pick([null, 365, 60]),
      frequencyByDay: random.chance(0.3),
      frequencyMode: random.pick(["one_plus_quartile", "midrank"]),
    },
  };
}

/** Rows as plain values: times in local seconds, money in hundredths. */
function draw(random, { customers, days, perCustomer }) {
  const nCustomers = customers[0] + random.below(customers[1]);
  const start = Math.floor(Date.UTC(2019 + random.below(7), random.below(12), 1 + random.below(28)) / 1000);
  const span = (days[0] + random.below(days[1])) * DAY;
  const length = 1 + random.below(nCustomers * perCustomer);
  const joined = Array.from({ length: nCustomers }, () => (random.chance(0.7) ? start + random.below(span) - 20 * DAY : null));
  const inviter = Array.from({ length: nCustomers }, () => (random.chance(0.5) ? random.below(nCustomers + 3) : null));
  const rows = Array.from({ length }, (_, row) => {
    // The square draws more often from the first customers: a few buy a lot, many once.
    const customer = Math.floor(random.unit() ** 2 * nCustomers);
    const amount = random.chance(0.05) ? 0 : random.below(50_000) - (random.chance(0.03) ? 20_000 : 0);
    // Whole days and equal times are common, and the seconds around midnight too.
    const at = start + random.below(span);
    const onDay = random.chance(0.2) ? at - (at % DAY) - random.below(2) : at;
    return {
      customer: random.chance(0.05) ? null : customer,
      at: random.chance(0.01) ? null : onDay,
      amount: random.chance(0.02) ? null : amount,
      order: random.chance(0.02) ? null : random.chance(0.1) ? random.below(row + 1) : row,
      status: random.chance(0.05) ? null : random.chance(0.75) ? "已完成" : random.pick(STATUSES),
      refund: random.chance(0.8) ? null : random.chance(0.3) ? amount : random.below(20_000),
      channel: random.chance(0.05) ? null : random.pick(CHANNELS),
      inviter: random.chance(0.1) ? null : inviter[customer],
      joined: joined[customer] === null || random.chance(0.1) ? null : joined[customer] + (random.chance(0.2) ? random.below(30 * DAY) : 0),
      store: random.chance(0.1) ? null : random.pick(STORES),
      fulfilment: random.chance(0.1) ? null : random.pick(FULFILMENTS),
      coupon: random.chance(0.6) ? null : random.pick(COUPONS),
      promised: random.chance(0.4) ? null : onDay + random.below(4 * DAY),
      picked: random.chance(0.5) ? null : onDay + random.below(5 * DAY),
      cost: random.chance(0.1) ? null : random.below(30_000),
      presale: random.chance(0.1) ? null : random.pick(["true", "false", "预售", "否"]),
      group_buy_id: random.chance(0.3) ? null : `T${random.below(1 + (length >> 2))}`,
      service_type: random.chance(0.2) ? null : random.pick(["保洁", "维修", "团购"]),
      staff: random.chance(0.1) ? null : `G${Math.floor(random.unit() ** 2 * 23)}`,
    };
  });
  // One order that is certain to count, so that no table is empty.
  const none = { refund: null, inviter: null, joined: null, store: null, fulfilment: null, coupon: null, promised: null, picked: null, cost: null, staff: null, presale: null, group_buy_id: null, service_type: null };
  rows.push({ customer: 0, at: start, amount: 100, order: length, status: "paid", channel: "pos", ...none });
  return { rows, nCustomers, start, span };
}

/** Ids and labels: text, dictionary-encoded text, or (ids alone) integers. */
export function textType(random) {
  return random.pick([
    { kind: "text", type: new Utf8() },
    { kind: "text", type: new LargeUtf8() },
    { kind: "dictionary", keys: random.pick([new Int8(), new Int16(), new Int32(), new Uint16()]) },
  ]);
}

export function integerType(random) {
  return { kind: "integer", type: random.pick([new Int16(), new Int32(), new Int64(), new Uint16(), new Uint32()]) };
}

function idType(random) {
  const type = random.pick([textType, integerType])(random);
  return type.kind === "integer" ? type : { ...type, label: random.pick([(id) => `C${id}`, (id) => `会员${String(id).padStart(3, "0")}`]) };
}

export function timeType(random) {
  const zone = random.pick([null, null, "UTC", "Asia/Shanghai"]);
  const stamp = random.pick([
    [TimestampSecond, 1n], [TimestampMillisecond, 1_000n], [TimestampMicrosecond, 1_000_000n], [TimestampNanosecond, 1_000_000_000n],
  ]);
  return random.pick([
    { kind: "time", type: new stamp[0](zone), scale: stamp[1] },
    { kind: "time", type: new stamp[0](zone), scale: stamp[1] },
    { kind: "day", type: new DateDay() },
    { kind: "dayMs", type: new DateMillisecond() },
  ]);
}

export function moneyType(random) {
  return random.pick([
    { kind: "float", type: new Float64() },
    { kind: "float", type: new Float64(), missing: Number.NaN },
    { kind: "float", type: new Float32() },
    { kind: "integer", type: new Int32(), whole: true },
    { kind: "decimal", type: new Decimal(2, 18, 128), scale: 0 },
    // A third decimal that has to be rounded away, halves included.
    { kind: "decimal", type: new Decimal(3, 18, 128), scale: 1 },
  ]);
}

/** Values → `{ type, values }`: what Arrow builders take, or typed arrays with validity. */
export function encode(spec, drawn) {
  const label = spec.label ?? String;
  if (spec.kind === "text") return { type: spec.type, values: vectorFromArray(drawn.map((value) => (value === null ? null : label(value))), spec.type).data[0] };
  if (spec.kind === "dictionary") return dictionary(spec, drawn.map((value) => (value === null ? null : label(value))));
  const convert = {
    integer: (value) => (spec.whole ? Math.trunc(value / 100) : value),
    flag: (value) => value,
    float: (value) => value / 100,
    time: (value) => BigInt(value) * spec.scale,
    day: (value) => Math.floor(value / DAY),
    dayMs: (value) => BigInt(Math.floor(value / DAY)) * 86_400_000n,
    decimal: (value) => BigInt(value) * 10n ** BigInt(spec.scale) + (spec.scale > 0 ? BigInt((value % 11) - 5) : 0n),
  }[spec.kind];
  const values = drawn.map((value) => (value === null ? (spec.missing ?? null) : convert(value)));
  if (spec.kind === "decimal") return fixed(spec.type, values, words(values));
  if (spec.kind === "flag") return { type: spec.type, values: vectorFromArray(values, spec.type).data[0] };
  return fixed(spec.type, values, array(spec.type, values));
}

function dictionary({ keys }, values) {
  // More than 127 labels (order ids) need wider keys.
  const labels = [...new Set(values.filter((value) => value !== null))];
  const type = new Dictionary(new Utf8(), labels.length > 127 ? new Int32() : keys);
  const of = new Map(labels.map((value, at) => [value, at]));
  const codes = values.map((value) => (value === null ? null : of.get(value)));
  const dictionary = vectorFromArray(labels.length === 0 ? [""] : labels, new Utf8());
  return fixed(type, codes, array(type.indices, codes), { dictionary });
}

function array(type, values) {
  const filled = new type.ArrayType(values.length);
  const isBig = filled instanceof BigInt64Array || filled instanceof BigUint64Array;
  values.forEach((value, at) => (filled[at] = isBig ? BigInt(value ?? 0) : Number(value ?? 0)));
  return filled;
}

function words(values) {
  const filled = new Uint32Array(values.length * 4);
  values.forEach((value, at) => {
    const bits = BigInt.asUintN(128, value ?? 0n);
    for (let word = 0; word < 4; word++) filled[at * 4 + word] = Number((bits >> BigInt(32 * word)) & 0xffffffffn);
  });
  return filled;
}

function fixed(type, values, data, more = {}) {
  const nullBitmap = new Uint8Array(Math.ceil(values.length / 64) * 8);
  values.forEach((value, at) => (nullBitmap[at >> 3] |= value === null ? 0 : 1 << (at & 7)));
  const nullCount = values.filter((value) => value === null).length;
  return { type, values: makeData({ type, length: values.length, nullCount, nullBitmap, data, ...more }) };
}

/** A file or a stream, in batches of random lengths. */
export function ipc(random, fields, length) {
  const schema = new Schema(fields.map(({ name, type }) => new Field(name, type, true)));
  const whole = makeData({ type: new Struct(schema.fields), length, nullCount: 0, children: fields.map((field) => field.values) });
  const batches = [];
  for (let at = 0; at < length; ) {
    const size = Math.min(length - at, random.chance(0.3) ? length : 1 + random.below(length));
    batches.push(new RecordBatch(schema, whole.slice(at, size)));
    at += size;
  }
  return tableToIPC(new Table(schema, batches), random.pick(["file", "stream"]));
}
