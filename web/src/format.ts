// Numbers, money, dates and sizes as people of each language write them.
//
// In: values of results (minor units, ISO dates, shares). Out: text. Nothing is computed here beyond the unit shown.

import type { ColumnSpan, Lang, Measure, Unit } from "feilun";
import { fill } from "./texts.ts";

const LOCALES: Record<Lang, string> = { zh: "zh-CN", en: "en" };

/** From here on numbers are shown short (12.3万, 1.2M) where `short` is asked for. */
const SHORT_FROM: Record<Lang, number> = { zh: 100_000, en: 1_000_000 };

const NONE = "—";

/** The BCP 47 tag of a language, for `lang` attributes and `Intl`. */
export function localeOf(lang: Lang): string {
  return LOCALES[lang];
}

/** A name with a capital letter, where it stands alone; Chinese stays as it is. */
export function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** The periods a column covers: `2`, or `2–3` of a bracket. */
export function spanText({ from, to }: ColumnSpan): string {
  return from === to ? String(from) : `${from}–${to}`;
}

/** Formatters of one language and one currency sign. `null` is shown as a dash, never as 0. */
export class Format {
  readonly lang: Lang;
  readonly #currency: string;
  readonly #locale: string;
  readonly #cache = new Map<string, Intl.NumberFormat>();

  constructor(lang: Lang, currency: string) {
    this.lang = lang;
    this.#currency = currency;
    this.#locale = LOCALES[lang];
  }

  #number(value: number, options: Intl.NumberFormatOptions): string {
    const key = JSON.stringify(options);
    let format = this.#cache.get(key);
    if (!format) this.#cache.set(key, (format = new Intl.NumberFormat(this.#locale, options)));
    return format.format(value);
  }

  /** A whole number with grouping, or with up to `decimals`. */
  count(value: number | null | undefined, decimals = 0): string {
    return value == null ? NONE : this.#number(value, { maximumFractionDigits: decimals });
  }

  /** A large number in few digits: 12.3万, 1.2M. */
  short(value: number | null | undefined): string {
    if (value == null) return NONE;
    if (Math.abs(value) < SHORT_FROM[this.lang]) return this.count(value);
    return this.#number(value, { notation: "compact", useGrouping: "always", minimumFractionDigits: 1, maximumFractionDigits: 1 });
  }

  /** A share in [0, 1] as a percentage. */
  percent(value: number | null | undefined, decimals = 1): string {
    if (value == null) return NONE;
    return this.#number(value, { style: "percent", minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  }

  /** A relative change as a percentage with its sign. */
  signedPercent(value: number): string {
    return this.#number(value, { style: "percent", maximumFractionDigits: 1, signDisplay: "exceptZero" }).replace("-", "−");
  }

  /** A difference of shares, in percentage points with its sign. */
  points(value: number): string {
    return fill("unit.points", this.lang, { n: this.#number(100 * value, { maximumFractionDigits: 1, signDisplay: "exceptZero" }).replace("-", "−") });
  }

  /** Minor units in full: whole units from 1,000 on, two decimals below. */
  money(minor: number | null | undefined): string {
    if (minor == null) return NONE;
    const units = minor / 100;
    const decimals = Math.abs(units) >= 1000 ? 0 : 2;
    return this.#signed(units, (value) => this.#number(value, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }));
  }

  /** Minor units in few digits. */
  shortMoney(minor: number | null | undefined): string {
    if (minor == null) return NONE;
    const units = minor / 100;
    if (Math.abs(units) < SHORT_FROM[this.lang]) return this.money(minor);
    return this.#signed(units, (value) => this.short(value));
  }

  #signed(units: number, write: (magnitude: number) => string): string {
    return `${units < 0 ? "−" : ""}${this.#currency}${write(Math.abs(units))}`;
  }

  /** A flywheel metric by its unit. */
  unit(value: number | null | undefined, unit: Unit): string {
    if (value == null) return NONE;
    switch (unit) {
      case "share": return this.percent(value);
      case "difference": return this.points(value);
      case "change": return this.signedPercent(value);
      case "ratio": return this.#number(value, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
      case "count": return this.count(value);
      case "days": return fill("unit.days", this.lang, { n: this.count(value, 1) });
      case "minor": return this.money(value);
    }
  }

  /** A cohort cell or mean by its measure. */
  measure(value: number | null | undefined, measure: Measure): string {
    switch (measure) {
      case "rate": case "nrr": case "grr": return this.percent(value);
      case "count": case "orders": return this.count(value, 1);
      default: return this.money(value);
    }
  }

  /** An ISO date. */
  date(iso: string): string {
    const date = new Date(`${iso}T00:00:00Z`);
    return new Intl.DateTimeFormat(this.#locale, { timeZone: "UTC", year: "numeric", month: "short", day: "numeric" }).format(date);
  }

  /** A day of this machine's clock. */
  day(date: Date): string {
    return new Intl.DateTimeFormat(this.#locale, { year: "numeric", month: "short", day: "numeric" }).format(date);
  }

  /** The last day before an exclusive ISO date. */
  dayBefore(iso: string): string {
    return this.date(new Date(Date.parse(`${iso}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10));
  }

  /** A size in bytes. */
  bytes(value: number): string {
    const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
    const power = Math.min(Math.floor(Math.log10(Math.max(value, 1)) / 3), units.length - 1);
    const decimals = power === 0 ? 0 : 1;
    return this.#number(value / 1000 ** power, { style: "unit", unit: units[power]!, unitDisplay: "short", maximumFractionDigits: decimals });
  }

  /** A waiting time. */
  wait(milliseconds: number): string {
    const seconds = Math.max(1, Math.round(milliseconds / 1000));
    if (seconds < 90) return fill("unit.seconds", this.lang, { n: this.count(seconds) });
    return fill("unit.minutes", this.lang, { n: this.count(Math.round(seconds / 60)) });
  }

  /** Names side by side. */
  list(names: readonly string[]): string {
    return names.join(fill("list.comma", this.lang));
  }
}
