import type { Page } from 'playwright-core';
import { inTime } from '../deadline.ts';
import { PAGE_CHARACTERS, PAGE_QUIET_MS, PAGE_RESTLESS_MS, READ_PAGE_MS } from '../limits.ts';
import { cutTo } from '../text/cut.ts';

const UNTIL_QUIET = `new Promise((resolve) => {
  const done = () => { watcher.disconnect(); clearTimeout(quiet); clearTimeout(late); resolve(document.body.innerText); };
  // A page that shows nothing yet still fetches the code that will: on a busy machine that takes longer than a page at rest is given.
  const rested = () => document.body.innerText.trim() === '' ? wait() : done();
  const wait = () => { clearTimeout(quiet); quiet = setTimeout(rested, ${PAGE_QUIET_MS}); };
  let quiet = setTimeout(rested, ${PAGE_QUIET_MS});
  const late = setTimeout(done, ${PAGE_RESTLESS_MS});
  const watcher = new MutationObserver(wait);
  watcher.observe(document, { subtree: true, childList: true, characterData: true });
})`;

/**
 * What can be read on a page once it rests. The page's own code can hold that up, and can make anything of the text.
 * Throws EnvironmentError where it is not read in time.
 */
export async function readOn(page: Page): Promise<string> {
  const text = await inTime(page.evaluate(UNTIL_QUIET), PAGE_RESTLESS_MS + READ_PAGE_MS, 'reading a page');
  return cutTo(`${text}`, PAGE_CHARACTERS);
}
