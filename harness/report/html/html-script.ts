/**
 * The only script of the report: filters, search, copy buttons, and opening the collapsed sections around the target of a link.
 * It is constant text, so that the page's policy can have its hash and no other script can run.
 */
export const SCRIPT = `
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const search = document.getElementById('search');
const shown = document.getElementById('shown');
const filters = all('.filter');
const scenarios = all('.scenario').map((box) => ({
  box,
  open: box.open,
  head: (box.querySelector('summary').textContent + box.querySelector('.about').textContent).toLowerCase(),
  checks: all('.check', box).map((check) => ({ check, text: check.textContent.toLowerCase() })),
}));

function apply() {
  const wanted = filters.filter((button) => button.getAttribute('aria-pressed') === 'true').map((button) => button.dataset.filter);
  const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
  const narrowed = wanted.length > 0 || words.length > 0;
  let visible = 0;
  let total = 0;
  for (const { box, open, head, checks } of scenarios) {
    let here = 0;
    for (const { check, text } of checks) {
      const match = (wanted.length === 0 || wanted.includes(check.dataset.verdict)) && words.every((word) => head.includes(word) || text.includes(word));
      check.hidden = !match;
      here += match ? 1 : 0;
    }
    box.hidden = here === 0;
    box.open = narrowed ? here > 0 : open;
    for (const inner of all('.holding', box)) {
      inner.open = narrowed;
      inner.hidden = all('.check', inner).every((check) => check.hidden);
    }
    visible += here;
    total += checks.length;
  }
  for (const held of all('.held')) held.hidden = all('.scenario', held).every((box) => box.hidden);
  shown.textContent = narrowed ? visible + ' of ' + total + ' checks' : '';
}

function reveal() {
  let id = '';
  try { id = decodeURIComponent(location.hash.slice(1)); } catch { return; }
  const target = id === '' ? null : document.getElementById(id);
  if (target === null) return;
  if (target.hidden || target.closest('[hidden]')) reset();
  for (let each = target; each !== null; each = each.parentElement) if (each.tagName === 'DETAILS') each.open = true;
  target.scrollIntoView();
}

function reset() {
  for (const button of filters) button.setAttribute('aria-pressed', 'false');
  search.value = '';
  apply();
}

for (const button of filters) {
  button.disabled = false;
  button.addEventListener('click', () => {
    button.setAttribute('aria-pressed', String(button.getAttribute('aria-pressed') !== 'true'));
    apply();
  });
}
all('.search').forEach((each) => { each.hidden = false; });
search.addEventListener('input', apply);
document.getElementById('reset').addEventListener('click', reset);
addEventListener('hashchange', reveal);

for (const button of all('.copy')) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    const source = button.previousElementSibling;
    try {
      await navigator.clipboard.writeText(source.textContent);
      button.textContent = 'Copied';
    } catch {
      getSelection().selectAllChildren(source);
      button.textContent = 'Selected: press Ctrl+C';
    }
    setTimeout(() => { button.textContent = 'Copy'; }, 2000);
  });
}
reveal();
`;
