/**
 * Arrow bytes → plain values, by Apache's own JavaScript reader.
 *
 * In: an Arrow file or stream and the columns by role. Out: per role an array of values and what kind they are. Nothing of feilun is used, so that
 * the oracle shares no code with what it judges.
 */
import { DataType, TimeUnit, tableFromIPC } from "apache-arrow";

const MICROS = { [TimeUnit.SECOND]: [1_000_000n, 1n], [TimeUnit.MILLISECOND]: [1_000n, 1n], [TimeUnit.MICROSECOND]: [1n, 1n], [TimeUnit.NANOSECOND]: [1n, 1_000n] };
const DAY_US = 86_400_000_000n;

/** Decodes the mapped columns: `{ rows, columns: { role: { values, kind, zoned, scale } } }`. */
export function decode(bytes, mapping) {
  const table = tableFromIPC(bytes);
  const columns = {};
  for (const [role, name] of Object.entries(mapping)) {
    const vector = table.getChild(name);
    if (vector === null) throw new Error(`no column ${name}`);
    columns[role] = column(vector);
  }
  return { rows: table.numRows, columns };
}

function column(vector) {
  const { type } = vector;
  const values = new Array(vector.length);
  if (DataType.isTimestamp(type)) {
    const [times, over] = MICROS[type.unit];
    raw(vector, values, (data, i) => floorDiv(BigInt(data.values[i]) * times, over));
    return { kind: "time", zoned: type.timezone != null, values };
  }
  if (DataType.isDate(type)) {
    const isDays = type.bitWidth === 32 || type.unit === 0;
    raw(vector, values, (data, i) => BigInt(data.values[i]) * (isDays ? DAY_US : 1_000n));
    return { kind: "time", zoned: false, values };
  }
  if (DataType.isDecimal(type)) {
    raw(vector, values, (data, i) => decimal(data.values.subarray(i * 4, i * 4 + 4)));
    return { kind: "decimal", scale: type.scale, values };
  }
  if (DataType.isFloat(type)) {
    raw(vector, values, (data, i) => data.values[i]);
    return { kind: "number", values };
  }
  if (DataType.isInt(type)) {
    raw(vector, values, (data, i) => BigInt(data.values[i]));
    return { kind: "integer", values };
  }
  if (DataType.isBool(type) || DataType.isUtf8(type) || DataType.isLargeUtf8(type) || DataType.isDictionary(type)) {
    for (let i = 0; i < values.length; i++) values[i] = vector.get(i);
    return { kind: "text", values };
  }
  throw new Error(`no decoder for ${type}`);
}

/** Reads the buffers of every batch of a fixed-width column. */
function raw(vector, values, read) {
  let at = 0;
  for (const data of vector.data) {
    for (let i = 0; i < data.length; i++) values[at++] = data.getValid(i) ? read(data, i) : null;
  }
}

function floorDiv(value, by) {
  const quotient = value / by;
  return value % by < 0n ? quotient - 1n : quotient;
}

/** Four 32-bit words, least first, two's complement. */
function decimal(words) {
  const value = words.reduceRight((sum, word) => (sum << 32n) | BigInt(word >>> 0), 0n);
  return BigInt.asIntN(128, value);
}
