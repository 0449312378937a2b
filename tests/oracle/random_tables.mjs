/**
 * Seeded random tables beside random orders, as Arrow bytes: members who leave and come back, referrals to oneself, late or at one time, touches with and
 * without coupons and control, spend, interactions; customers who never order among them.
 *
 * In: a seed and what `randomTable` drew of people and time. Out: per table its bytes and mapping; the same for the same seed everywhere.
 */
import { Bool, Int8 } from "apache-arrow";
import { Random } from "./random.mjs";
import { DAY, encode, integerType, ipc, moneyType, textType, timeType } from "./random_table.mjs";

/** The tables beside orders. */
export const TABLES = ["members", "referrals", "touches", "spend", "interactions"];

/** Random tables: `{ members: { bytes, mapping }, … }`. */
export function randomTables(seed, people) {
  const random = new Random(seed ^ 0x5eed);
  return Object.fromEntries(TABLES.map((table) => [table, build(random, people, ROWS[table](random, people), FIELDS[table])]));
}

/** Fields by table: how its values are written, and how often it is mapped. */
const person = (random, { ids }) => ids(random);
const label = (random) => textType(random);
const key = (random) => (random.chance(0.5) ? textType : integerType)(random);
const flag = (random) => random.pick([textType(random), { kind: "flag", type: new Bool() }]);
const rating = (random) => random.pick([{ kind: "integer", type: new Int8() }, moneyType(random)]);
const FIELDS = {
  members: { customer_id: [person, 1], joined_at: [timeType, 1], left_at: [timeType, 0.8], staff_id: [label, 0.6], source_store: [label, 0.5], source_channel: [label, 0.5] },
  referrals: { inviter_id: [person, 1], invitee_id: [person, 1], invited_at: [timeType, 1], accepted_at: [timeType, 0.6] },
  touches: {
    customer_id: [person, 1], sent_at: [timeType, 1], touch_id: [key, 0.5], channel: [label, 0.5], coupon_id: [label, 0.7], expires_at: [timeType, 0.7],
    redeemed_at: [timeType, 0.7], order_id: [key, 0.3], is_control: [flag, 0.6],
  },
  spend: { period_start: [timeType, 1], amount: [moneyType, 1], channel: [label, 0.7], store_id: [label, 0.4], kind: [label, 0.6] },
  interactions: { customer_id: [person, 1], at: [timeType, 1], kind: [label, 1], rating: [rating, 0.7] },
};

function build(random, people, rows, fields) {
  const mapping = {};
  const columns = [];
  for (const [field, [type, share]] of Object.entries(fields)) {
    if (!random.chance(share)) continue;
    mapping[field] = `列 ${field}`;
    const spec = type(random, people);
    // A number column holds no words; a rating is a number of hundredths as money is.
    const value = ({ [field]: drawn }) => (drawn === null ? null : spec.kind === "flag" ? drawn : field === "is_control" ? random.pick(drawn ? ["是", "TRUE", " 1"] : ["否", "no", "0"]) : drawn);
    const isWhole = field === "rating" && spec.kind === "integer";
    columns.push({ name: mapping[field], ...encode(spec, rows.map(value).map((drawn) => (isWhole && drawn !== null ? Math.trunc(drawn / 100) : drawn))) });
  }
  return { bytes: ipc(random, columns, rows.length), mapping };
}

/** Somebody: mostly of those who order, at times one of five who never do; seldom nobody. */
const somebody = (random, { nCustomers }) => (random.chance(0.02) ? null : random.chance(0.1) ? nCustomers + 3 + random.below(5) : random.below(nCustomers));
/** An instant around the orders' span. */
const sometime = (random, { start, span }) => (random.chance(0.01) ? null : start - 20 * DAY + random.below(span + 30 * DAY));
/** An instant some days after another, or none. */
const after = (random, time, days, none) => (time === null || random.chance(none) ? null : time + random.below(days * DAY));
/** How many rows, around so many per customer. */
const some = (random, { nCustomers }, each) => Array.from({ length: 1 + random.below(nCustomers * each) });
const STORES = ["S1", "S2", "S3"];
const CHANNELS = ["pos", "小程序", "app"];

const ROWS = {
  members(random, people) {
    const rows = [];
    for (const _ of some(random, people, 2)) {
      const customer_id = somebody(random, people);
      let joined_at = sometime(random, people);
      for (let stays = random.chance(0.3) ? 3 : 1; stays > 0; stays--) {
        // Some leave at once, or before they come; some come back the moment they leave, or before.
        const left_at = random.chance(0.1) ? joined_at : random.chance(0.05) && joined_at !== null ? joined_at - DAY : after(random, joined_at, 90, 0.4);
        rows.push({ customer_id, joined_at, left_at, staff_id: random.chance(0.2) ? null : `G${random.below(6)}`, source_store: random.pick([null, ...STORES]), source_channel: random.pick([null, ...CHANNELS]) });
        joined_at = left_at === null ? sometime(random, people) : random.chance(0.2) ? left_at : left_at + random.below(40 * DAY) - 5 * DAY;
      }
    }
    return rows;
  },
  referrals(random, people) {
    const rows = [];
    for (const _ of some(random, people, 2)) {
      const invitee_id = somebody(random, people);
      const first = people.firstOf(invitee_id) ?? sometime(random, people);
      // Mostly before the first order, at times on it or after it.
      const invited_at = first === null ? null : random.chance(0.1) ? first : first - random.below(45 * DAY) + (random.chance(0.2) ? 30 * DAY : 0);
      const invite = (inviter_id) => rows.push({ inviter_id, invitee_id, invited_at, accepted_at: after(random, invited_at, 9, 0.4) });
      invite(random.chance(0.05) ? invitee_id : somebody(random, people));
      if (random.chance(0.15)) invite(somebody(random, people));
    }
    return rows;
  },
  touches(random, people) {
    return some(random, people, 4).map((_, row) => {
      const order = random.pick(people.rows);
      const isNear = order.at !== null && random.chance(0.4);
      // Before an order, at its instant, or exactly the days of attribution before it.
      const sent_at = isNear ? order.at - random.pick([0, 7 * DAY, 7 * DAY - 1, random.below(10 * DAY)]) : sometime(random, people);
      const hasCoupon = random.chance(0.7);
      return {
        customer_id: isNear && order.customer !== null ? order.customer : somebody(random, people),
        sent_at,
        touch_id: row,
        channel: random.pick([null, "wecom", "sms"]),
        coupon_id: hasCoupon ? random.pick(["满100减20", "新客券", "C3"]) : null,
        expires_at: hasCoupon ? (random.chance(0.2) ? sent_at : after(random, sent_at, 40, 0.2)) : null,
        redeemed_at: hasCoupon || random.chance(0.05) ? after(random, sent_at, 50, 0.6) : null,
        order_id: random.chance(0.5) ? null : random.below(people.rows.length),
        is_control: random.chance(0.05) ? null : random.chance(0.25),
      };
    });
  },
  spend(random, people) {
    return Array.from({ length: 1 + random.below(120) }, () => ({
      period_start: sometime(random, people),
      amount: random.chance(0.03) ? null : random.chance(0.05) ? -random.below(10_000) : random.below(300_000),
      channel: random.pick([null, ...CHANNELS]),
      store_id: random.pick([null, ...STORES]),
      kind: random.pick([null, "media", "incentive", "佣金"]),
    }));
  },
  interactions(random, people) {
    return some(random, people, 3).map(() => ({
      customer_id: somebody(random, people),
      at: sometime(random, people),
      kind: random.chance(0.03) ? null : random.pick(["review", "chat", "评价", "friend_request", "好友申请", "Friend Accepted", "好友申请通过"]),
      rating: random.chance(0.5) ? null : random.chance(0.05) ? random.pick([0, 600, 450]) : 100 * (1 + random.below(5)),
    }));
  },
};
