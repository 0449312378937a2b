// The two data sets one click away.
//
// In: nothing. Out: the files of each, what it is called and how its money and times are to be read. They are offered where the page says which folder holds them.

import type { TextKey } from "./texts.ts";
import type { Choice } from "./view.ts";

/** A data set shipped with the page. */
export interface Sample {
  readonly id: "cdnow" | "retailer";
  readonly fileName: string;
  /** The tables beside its orders. */
  readonly tables: readonly string[];
  readonly currency: string;
  readonly utcOffsetMinutes: number;
  /** Days at its start in which a first order may not be the first; none where the file is known to hold every customer's first. */
  readonly warmup: Choice<"warmup">;
  /** Whether it was recorded or generated, as its badge says. */
  readonly kind: Extract<TextKey, "sample.real" | "sample.synthetic">;
  readonly title: TextKey;
  readonly text: TextKey;
}

/** The samples, in the order shown. */
export const SAMPLES: readonly Sample[] = [
  {
    id: "retailer",
    fileName: "orders.arrow",
    tables: ["members", "referrals", "touches", "spend", "interactions"].map((table) => `${table}.arrow`),
    currency: "¥",
    utcOffsetMinutes: 480,
    warmup: "90",
    kind: "sample.synthetic",
    title: "sample.retailer",
    text: "sample.retailer.text",
  },
  {
    id: "cdnow",
    fileName: "cdnow.arrow",
    tables: [],
    currency: "US$",
    utcOffsetMinutes: 0,
    warmup: "0",
    kind: "sample.real",
    title: "sample.cdnow",
    text: "sample.cdnow.text",
  },
];
