// A case: the questions to begin with, each a link to the view that answers it, and the dimensions to look at it by.
//
// In: the case chosen. Out: a card. A question whose columns the data lacks says which.

import { cases, dictionary } from "feilun/texts";
import type { Case, CaseQuestion } from "feilun/texts";
import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import { nameOfDimension } from "../context.ts";
import type { Context } from "../context.ts";
import { switchesTo } from "../view.ts";
import type { Choice, View } from "../view.ts";

/** The case chosen, if any. */
export function caseOf({ state }: Context): Case | undefined {
  return cases.find(({ id }) => id === state.view.case);
}

/** The name of a case, and of all metrics. */
export function nameOfCase({ lang, t }: Context, choice: Choice<"case">): string {
  const chosen = cases.find(({ id }) => id === choice);
  return chosen === undefined ? t("case.all") : chosen[lang];
}

/** The switches that show the answer; null where it is on this page. */
function answerOf(question: CaseQuestion): Partial<View> | null {
  switch (question.call) {
    case "cohorts": {
      const { slice, entity, criterion } = question.config;
      const asAtFirst = { measure: undefined, entry: undefined, reference: undefined, smooth: undefined };
      return switchesTo({ page: "cohorts", ...asAtFirst, slice: slice?.by, sliceRule: slice?.rule, entity, criterion });
    }
    case "rfm":
      return switchesTo({ page: "rfm" });
    case "rfmMigration":
      return switchesTo({ page: "rfm", migrationMode: question.config.mode });
    case "concentration":
      return switchesTo({ page: "rfm", concentrationOf: question.config.entity });
    case "flywheel":
      return switchesTo({ page: "overview", leakBy: question.config.slice?.by });
    case "privateDomain":
      return null;
  }
}

/** The columns of orders a question needs that the data lacks. */
function missing({ app }: Context, { needs }: CaseQuestion): readonly string[] {
  return needs.filter((need) => need.startsWith("orders.") && !app.hasColumn(need.slice("orders.".length)));
}

function questionLine(context: Context, question: CaseQuestion): TemplateResult {
  const { lang, t, format } = context;
  const answer = answerOf(question);
  if (answer === null) {
    return html`<li><span>${question[lang]}</span> <span class="case-answer">${question.metrics.map((id) => html`<a href=${`#entry-${id}`} @click=${(event: Event) => toEntry(event, id)}>${dictionary.find((entry) => entry.id === id)?.[lang]}</a>`)}</span></li>`;
  }
  const lacking = missing(context, question);
  if (lacking.length > 0) return html`<li class="is-unknown"><span>${question[lang]}</span> <span class="muted">${t("case.missing", { columns: format.list([...lacking]) })}</span></li>`;
  return html`<li><span>${question[lang]}</span> <button type="button" class="button quiet small" @click=${() => turn(context, answer)}>${t("case.open")}<span class="visually-hidden"> ${question[lang]}</span></button></li>`;
}

function turn({ app }: Context, answer: Partial<View>): void {
  app.showPages();
  app.switchTo(answer);
}

function toEntry(event: Event, id: string): void {
  event.preventDefault();
  const root = (event.currentTarget as HTMLElement).getRootNode() as ShadowRoot;
  root.querySelector(`#entry-${id}`)?.scrollIntoView({ block: "start" });
}

/** The case as a card. */
export function caseCard(context: Context, { slices, questions }: Case): TemplateResult {
  const { app, t, format } = context;
  const known = slices.filter((key) => app.hasColumn(key)).map((key) => nameOfDimension(context, key));
  return html`<section class="card case" aria-labelledby="case-title">
    <h2 id="case-title">${t("case.questions")}</h2>
    <ul>${questions.map((question) => questionLine(context, question))}</ul>
    ${known.length > 0 ? html`<p class="muted">${t("case.slices")}: ${format.list(known)}</p>` : nothing}
  </section>`;
}
