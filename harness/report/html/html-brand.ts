import { type Html, html } from './escape.ts';

/** The first line of each page: the sign of Postern, and what the page is about. */
export function brandHtml(about: string): Html {
  return html`<p class="brand"><svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d="M1 16V4h2V1h2v2h2V1h2v2h2V1h2v3h2v12h-4v-5a3 3 0 0 0-6 0v5z" fill="currentColor"/></svg> Postern <span>${about}</span></p>`;
}
