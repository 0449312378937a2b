/**
 * What the oracle is asked about: CDNOW, the made sample and twenty seeded random tables, each opened in DuckDB and in feilun.
 */
import { existsSync, readFileSync } from "node:fs";
import { open } from "feilun";
import { decode } from "./decode.mjs";
import { Oracle } from "./duckdb.mjs";
import { SHAPES, randomTable } from "./random_table.mjs";
import { randomTables } from "./random_tables.mjs";

const PLAIN = { weekStart: 0, minOrders: 1, countZero: false, maxPeriods: null, warmupDays: 90, windowDays: 365, frequencyByDay: false, frequencyMode: "one_plus_quartile" };
const CDNOW = { customerId: "customer_id", orderedAt: "ordered_at", amount: "amount" };
const MADE = {
  ...CDNOW,
  orderId: "order_id",
  status: "status",
  refundAmount: "refund_amount",
  storeId: "store_id",
  channel: "channel",
  inviterId: "inviter_id",
  joinedAt: "joined_at",
  fulfilment: "fulfilment",
  staffId: "staff_id",
  couponId: "coupon_id",
  isPresale: "is_presale",
};
const MADE_TABLES = {
  members: ["customer_id", "joined_at", "left_at", "staff_id", "source_store", "source_channel"],
  referrals: ["inviter_id", "invitee_id", "invited_at", "accepted_at"],
  touches: ["customer_id", "sent_at", "touch_id", "channel", "coupon_id", "expires_at", "redeemed_at", "order_id", "is_control"],
  spend: ["period_start", "amount", "channel", "kind"],
  interactions: ["customer_id", "at", "kind", "rating"],
};
const SEEDS = Array.from({ length: 8 }, (_, at) => at + 1);
const samples = new URL("../../web/public/samples/", import.meta.url);

/** A file of the made sample. */
export function made(name) {
  const file = new URL(name, samples);
  if (!existsSync(file)) throw new Error(`web/public/samples/${name} is missing: run \`cargo xtask build\` first`);
  return readFileSync(file);
}

/** The made sample, to be opened. */
export const madeTable = () => ({ name: "the made sample", bytes: made("orders.arrow"), mapping: MADE, params: PLAIN, channels: [], tables: madeTables() });

/** The same, opened in both. */
export const madeSample = () => opened(madeTable());

function madeTables() {
  const table = ([name, fields]) => [name, { bytes: made(`${name}.arrow`), mapping: Object.fromEntries(fields.map((field) => [field, field])) }];
  return Object.fromEntries(Object.entries(MADE_TABLES).map(table));
}

/** All datasets, each opened when it is asked for. */
export const DATASETS = [
  {
    name: "CDNOW",
    open: () => opened({ name: "CDNOW", bytes: readFileSync(new URL("../data/cdnow.arrow", import.meta.url)), mapping: CDNOW, params: PLAIN, channels: [] }),
  },
  { name: "the made sample", open: madeSample },
  ...SEEDS.map((seed) => ({ name: `random table, seed ${seed}`, open: () => randomDataset(seed) })),
];

/** A random table with the tables beside it, opened in both. */
export function randomDataset(seed) {
  const { people, ...table } = randomTable(seed);
  return opened({ name: `random table, seed ${seed}`, ...table, tables: randomTables(seed, people) });
}

/** How many random tables a differential test looks at. */
const N_TABLES = 200;

/** Random tables of every shape that map every role, to be opened: `{ name, bytes, mapping, … }`. */
export const RANDOM_TABLES = Array.from({ length: N_TABLES }, (_, at) => {
  const seed = 1_001 + at;
  const shape = at % 50 === 49 ? "large" : (Object.keys(SHAPES)[at % 10] ?? "common");
  const name = `random table, seed ${seed}, ${shape}`;
  const source = () => {
    const { people, ...table } = randomTable(seed, { shape: SHAPES[shape], isWhole: true });
    return { name, ...table, tables: randomTables(seed, people) };
  };
  return { name, source };
});

/** Opened in both; `tables` beside the orders are there to be attached, and are not yet. */
export async function opened({ name, bytes, mapping, utcOffsetMinutes = 480, params, channels, tables = {} }) {
  const { dimensions = [], ...roles } = mapping;
  const columns = { ...roles, ...Object.fromEntries(dimensions.map((name) => [name, name])) };
  const oracle = await Oracle.load(decode(bytes, columns), { utcOffsetMinutes });
  const data = await open(bytes, { mapping, utcOffsetMinutes });
  const known = (await oracle.select("select distinct channel from orders where channel is not null")).map((row) => row.channel);
  const kept = channels.filter((channel) => known.includes(channel));
  const filter = kept.length > 0 ? { only: { channel: kept } } : {};
  await oracle.filter(filter);
  /** Attaches some of the tables, or all, in both. */
  const attach = async (names = Object.keys(tables)) => {
    for (const name of names) {
      const { bytes, mapping } = tables[name];
      await oracle.attach(name, decode(bytes, mapping));
      await data.attach(name, bytes, { mapping });
    }
  };
  const close = async () => {
    oracle.close();
    await data.close();
  };
  return { name, oracle, data, mapping, params, filter, until: await oracle.until(), tables, attach, close };
}
