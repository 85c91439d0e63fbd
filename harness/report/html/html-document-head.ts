import { createHash } from 'node:crypto';
import { type Html, html, raw } from './escape.ts';
import { STYLE } from './html-style.ts';

function hash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/**
 * The content security policy of a page: it may use only its own style and, if it has one, its own script, and load nothing. If an escape were
 * ever forgotten, text from a gateway still could not run in the reader's browser.
 */
function policyFor(script: string | null): string {
  const scripts = script === null ? '' : `script-src ${hash(script)}; `;
  return `default-src 'none'; ${scripts}style-src ${hash(STYLE)}; base-uri 'none'; form-action 'none'`;
}

/** A page from its first line to the end of its head. `script` is the text of its only script, null for none; `generator` may be null, too. */
export function documentHead({
  title,
  script,
  generator,
}: {
  title: string;
  script: string | null;
  generator: string | null;
}): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${raw(policyFor(script))}">
<meta name="referrer" content="no-referrer">${generator === null ? null : html`\n<meta name="generator" content="${generator}">`}
<title>${title}</title>
<style>${raw(STYLE)}</style>
</head>`;
}
