// The frame of the page: brand, pages, file, switches; and inside it the step or the page shown.
//
// In: the state. Out: everything in the shadow root, drawn from scratch on every change (lit touches only what differs).

import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { Context } from "../context.ts";
import type { Choice, Page } from "../view.ts";
import { localeOf } from "../format.ts";
import { CHOICES, fragmentOf } from "../view.ts";
import { cohortsPage } from "./cohorts.ts";
import { dataPage } from "./data.ts";
import { dictionaryPage } from "./dictionary.ts";
import { explainDialog } from "./explain.ts";
import { filterBar } from "./filters.ts";
import { flywheelPage } from "./flywheel.ts";
import { growthPage } from "./growth.ts";
import { brandMark, icon } from "./icons.ts";
import { helpDialog, pageTools } from "./help.ts";
import { failedView, loadingView, preparingView } from "./loading.ts";
import { mappingView } from "./mapping.ts";
import { reportView } from "./report.ts";
import { overviewPage } from "./overview.ts";
import { rfmPage } from "./rfm.ts";
import { startView } from "./start.ts";

const PAGES: Record<Page, (context: Context) => TemplateResult> = {
  overview: overviewPage,
  cohorts: cohortsPage,
  rfm: rfmPage,
  flywheel: flywheelPage,
  growth: growthPage,
  dictionary: dictionaryPage,
  data: dataPage,
};

function openingView(context: Context): TemplateResult | null {
  const { opening, opened } = context.state;
  switch (opening?.step) {
    case undefined: return opened ? null : startView(context);
    case "choose": return startView(context);
    case "fetch": case "inspect": return preparingView(context, opening);
    case "map": return mappingView(context, opening);
    case "load": return loadingView(context, opening);
    case "failed": return failedView(context, opening);
  }
}

function pageView(context: Context): TemplateResult {
  const { t, state, format } = context;
  const { page } = state.view;
  const { summary } = state.opened!.dataset;
  return html`<div class="page">
    <div class="page-head">
      <div>
        <h1 tabindex="-1">${t(`page.${page}`)}</h1>
        <p class="lead">${t(`page.${page}.lead`)}</p>
      </div>
      <div class="page-side">
        ${pageTools(context)}
        <p class="page-range muted">
          <span>${t("app.range", { from: format.date(summary.dataStart), to: format.dayBefore(summary.completeUntil) })}</span>
          <span>${t("app.orders_customers", { orders: format.short(summary.orders), customers: format.short(summary.customers) })}</span>
        </p>
      </div>
    </div>
    ${page === "data" ? nothing : filterBar(context)} ${PAGES[page](context)}
  </div>`;
}

/** A link with an address where the view is kept in it; inside another page a button, since that page's address is not ours. */
function pageLink(context: Context, page: Page, current: boolean, content: TemplateResult): TemplateResult {
  const { app, host, state } = context;
  const marked = current ? "page" : nothing;
  return host.page
    ? html`<a class="page-link" href=${fragmentOf({ ...state.view, page })} @click=${() => app.showPages()} aria-current=${marked}>${content}</a>`
    : html`<button type="button" class="page-link" data-page=${page} @click=${() => app.turnTo(page)} aria-current=${marked}>${content}</button>`;
}

function pageLinks(context: Context, current: Page | null): TemplateResult {
  const { t } = context;
  return html`<nav class="pages" aria-label=${t("app.pages")}>
    <ul>
      ${CHOICES.page.map(
        (page) => html`<li>
          ${pageLink(context, page, page === current, html`${icon(page)}<span>${t(`page.${page}`)}</span>`)}
        </li>`,
      )}
    </ul>
  </nav>`;
}

function languageSwitch(context: Context): TemplateResult {
  const choose = (lang: "zh" | "en"): void => context.app.switchTo({ lang });
  return html`<div class="toggle" role="group" aria-label=${context.t("app.language")}>
    <button type="button" lang="zh-CN" aria-pressed=${context.lang === "zh"} @click=${() => choose("zh")}>中文</button>
    <button type="button" lang="en" aria-pressed=${context.lang === "en"} @click=${() => choose("en")}>EN</button>
  </div>`;
}

function themeSwitch(context: Context): TemplateResult {
  const { app, state, t } = context;
  return html`<div class="toggle" role="group" aria-label=${t("app.theme")}>
    ${CHOICES.theme.map(
      (theme: Choice<"theme">) => html`<button type="button" aria-pressed=${state.view.theme === theme} aria-label=${t(`app.theme.${theme}`)} title=${t(`app.theme.${theme}`)} @click=${() => app.switchTo({ theme })}>${icon(theme)}</button>`,
    )}
  </div>`;
}

function fileLine(context: Context): TemplateResult | typeof nothing {
  const { app, state, t } = context;
  const { opened } = state;
  if (!opened) return nothing;
  const { sample, name } = opened.source;
  return html`<div class="file">
    <span class="file-name" title=${name}>${sample ? t(sample.title) : name}</span>
    ${sample ? html`<span class="badge ${sample.kind === "sample.synthetic" ? "is-sample" : ""}">${t("sample.badge", { kind: t(sample.kind) })}</span>` : nothing}
    <button type="button" class="button small" aria-label=${t("app.open_other")} title=${t("app.open_other")} @click=${() => app.choose()}>${icon("upload")}<span>${t("app.open_other")}</span></button>
  </div>`;
}

function brand(context: Context): TemplateResult {
  const { app, host, state, t } = context;
  const content = html`${brandMark()}<span class="brand-name">${t("app.name")}</span>`;
  return host.page
    ? html`<a class="brand" href=${fragmentOf(state.view)} @click=${() => app.showPages()}>${content}</a>`
    : html`<span class="brand">${content}</span>`;
}

/** The whole dashboard. */
export function shellView(context: Context): TemplateResult {
  const { host, lang, scheme, state, t } = context;
  const opening = openingView(context);
  const current = opening ? null : state.view.page;
  const content = opening ?? (state.report ? reportView(context, PAGES) : pageView(context));
  return html`<div class="root" lang=${localeOf(lang)} data-scheme=${scheme}>
    <button type="button" class="skip" @click=${skipToMain}>${t("app.skip")}</button>
    <div class="frame"><div class="shell ${state.opened ? "has-pages" : ""} ${host.page ? "is-page" : ""}">
      <header class="top">
        ${brand(context)}
        ${fileLine(context)}
        <div class="switches">${languageSwitch(context)} ${themeSwitch(context)}</div>
      </header>
      ${state.opened ? html`<div class="side"><div class="side-inner">${pageLinks(context, current)}<footer class="side-promise">${icon("lock")}<p>${t("app.promise_short")}</p></footer></div></div>` : nothing}
      ${host.page ? html`<main class="main" tabindex="-1">${content}</main>` : html`<div class="main" role="region" aria-label=${t("app.title")} tabindex="-1">${content}</div>`}
    </div></div>
    ${helpDialog(context)} ${explainDialog(context)}
    <div class="toast ${state.notice ? "is-shown" : ""}" role="status">${state.notice}</div>
    ${state.dropping ? html`<div class="drop-veil" aria-hidden="true"><p>${icon("upload")}<span>${t("app.drop_here")}</span></p></div>` : nothing}
  </div>`;
}

/** The address holds the view, so the way to the content moves the focus itself. */
function skipToMain(event: Event): void {
  (event.target as Element).parentElement?.querySelector<HTMLElement>(".main")?.focus();
}
