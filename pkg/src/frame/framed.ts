/**
 * Whether this page stands in another one. Then the dashboard is not the page; imported before the elements are registered, so that it never was.
 */
export const isFramed = parent !== window;

if (isFramed) for (const dashboard of document.querySelectorAll("feilun-dashboard")) dashboard.removeAttribute("page");
