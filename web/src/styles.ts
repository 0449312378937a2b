// The dashboard's stylesheet: one constructable sheet, shared by every dashboard on the page, adopted by its shadow root alone.
//
// In: the files of web/styles in the order they apply. Out: the sheet, made at first use.

import base from "../styles/base.css?inline";
import components from "../styles/components.css?inline";
import layout from "../styles/layout.css?inline";
import members from "../styles/members.css?inline";
import pages from "../styles/pages.css?inline";
import tokens from "../styles/tokens.css?inline";

let sheet: CSSStyleSheet | undefined;

/** The shared sheet. */
export function stylesheet(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync([tokens, base, layout, components, members, pages].join("\n"));
  }
  return sheet;
}
