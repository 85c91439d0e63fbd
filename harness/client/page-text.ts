import type { Page } from 'playwright-core';
import { PAGE_CHARACTERS, PAGE_QUIET_MS, PAGE_RESTLESS_MS, READ_PAGE_MS } from '../limits.ts';
import { cutTo } from '../text/cut.ts';
import { inTime } from '../within-time.ts';

const UNTIL_QUIET = `new Promise((resolve) => {
  const done = () => { watcher.disconnect(); clearTimeout(quiet); clearTimeout(late); resolve(document.body.innerText); };
  // A page without text is still loading its code; on a busy machine that takes longer than PAGE_QUIET_MS.
  const rested = () => document.body.innerText.trim() === '' ? wait() : done();
  const wait = () => { clearTimeout(quiet); quiet = setTimeout(rested, ${PAGE_QUIET_MS}); };
  let quiet = setTimeout(rested, ${PAGE_QUIET_MS});
  const late = setTimeout(done, ${PAGE_RESTLESS_MS});
  const watcher = new MutationObserver(wait);
  watcher.observe(document, { subtree: true, childList: true, characterData: true });
})`;

/**
 * Gives the text of a page after it has not changed for PAGE_QUIET_MS, or after PAGE_RESTLESS_MS. The text is untrusted: the page's own
 * code can delay it, and can make it anything. Throws EnvironmentError if the page does not give its text in time.
 */
export async function textOfPage(page: Page): Promise<string> {
  const text = await inTime(page.evaluate(UNTIL_QUIET), PAGE_RESTLESS_MS + READ_PAGE_MS, 'reading a page');
  return cutTo(`${text}`, PAGE_CHARACTERS);
}
