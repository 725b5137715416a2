// Where everything comes together: which page an address means, and what must be there on every page.

import { el } from './dom.js';
import { holdsFiles, takeDropped } from './dropping.js';
import { onLookingAgain } from './looking.js';
import { isWaiting, say } from './notices.js';
import { pictureList } from './pictures.js';
import { picturePage } from './picture.js';
import { productForm, isEdited } from './product.js';
import { productList } from './products.js';
import { isTagging } from './tagging.js';
import { isSending } from './uploads.js';

const PAGES = [
  [/^\/pictures$/, query => pictureList('ACTIVE', query)],
  [/^\/trash$/, query => pictureList('TRASHED', query)],
  [/^\/pictures\/([^/]+)$/, (query, id) => picturePage(id)],
  [/^\/products$/, query => productList(query)],
  [/^\/products\/new$/, () => productForm(null)],
  [/^\/products\/by-sku\/([^/]+)$/, (query, sku) => productForm(sku)],
];

const main = document.getElementById('main');
let leaving = new AbortController();
let shown = null;

/** The names in an address; null where it has none, or none that make sense. */
function parts(match) {
  try {
    return match && match.slice(1).map(decodeURIComponent);
  } catch (malformed) {
    return null;
  }
}

/** Shows the page of the address, unless it is the one that is shown, with other words to look for. */
function go() {
  const [path, words = ''] = location.hash.replace(/^#/, '').split('?');
  const query = new URLSearchParams(words);
  if (shown?.path === path) {
    shown.query = query;
    shown.page.update?.(query);
    return;
  }
  const found = PAGES.map(([pattern, page]) => [parts(path.match(pattern)), page]).find(([names]) => names);
  if (!found) {
    location.replace('#/pictures');
    return;
  }
  leaving.abort();
  leaving = new AbortController();
  const [names, page] = found;
  const isFirst = shown === null;
  shown = { path, query, page: page(query, ...names) };
  main.replaceChildren(...shown.page.elements);
  document.title = `${shown.page.title} – Shop admin`;
  for (const link of document.querySelectorAll('nav a')) {
    const isHere = path === link.hash.slice(1) || path.startsWith(`${link.hash.slice(1)}/`);
    link.toggleAttribute('aria-current', isHere);
    if (isHere) {
      link.setAttribute('aria-current', 'page');
    }
  }
  shown.page.start?.(leaving.signal);
  if (!isFirst) {
    window.scrollTo(0, 0);
    main.focus({ preventScroll: true });
    say(shown.page.title);
  }
}

document.querySelector('.skip').addEventListener('click', event => {
  event.preventDefault();
  main.focus();
});
window.addEventListener('hashchange', go);
// A page that can't look again, such as a form, stays as it is, with what is typed.
onLookingAgain(() => shown?.page.update?.(shown.query));
window.addEventListener('beforeunload', event => {
  if (isWaiting() || isSending() || isEdited() || isTagging()) {
    event.preventDefault();
  }
});

// Files can be dropped anywhere; a browser would otherwise leave the panel to show them.
window.addEventListener('dragover', event => {
  if (holdsFiles(event.dataTransfer)) {
    event.preventDefault();
    document.body.classList.add('dropping');
  }
});
window.addEventListener('dragleave', event => {
  if (!event.relatedTarget) {
    document.body.classList.remove('dropping');
  }
});
window.addEventListener('drop', event => {
  document.body.classList.remove('dropping');
  if (holdsFiles(event.dataTransfer)) {
    event.preventDefault();
    takeDropped(event.dataTransfer);
  }
});

document.body.append(el('p', { class: 'drop-here', 'aria-hidden': 'true' }, 'Drop pictures to upload them'));
go();
