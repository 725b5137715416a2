// Lists with words to look for, in pages; both are in the address, so that a list can be passed on and the way back works.

import { button, el, settled } from './dom.js';
import { say } from './notices.js';

/** A field to look for words in a list. Changes the address, which changes the list. */
export function search(label, path) {
  const input = el('input', {
    type: 'search', 'aria-label': label, placeholder: label, maxlength: 200, autocomplete: 'off', spellcheck: 'false',
    on: { input: settled(() => address(path, { query: input.value.trim() })) },
  });
  return input;
}

function address(path, wanted) {
  location.hash = place(path, wanted);
}

function place(path, { query = '', page = 0 }) {
  const words = new URLSearchParams();
  if (query) {
    words.set('query', query);
  }
  if (page > 0) {
    words.set('page', page);
  }
  return `${path}${[...words].length > 0 ? `?${words}` : ''}`;
}

const lastPage = ({ size, total }) => Math.max(0, Math.ceil(total / size) - 1);

/** Where in the list one is, and the ways on. */
export function pages(path, query, { page, size, total }) {
  const last = lastPage({ size, total });
  const from = total === 0 ? 0 : page * size + 1;
  const to = Math.min(total, (page + 1) * size);
  const turn = (label, target, possible) => button(label, () => address(path, { query, page: target }), { disabled: !possible, 'data-id': label });
  if (last === 0) {
    return total === 0 ? '' : el('p', { class: 'pages quiet' }, total === 1 ? 'That is the only one.' : `These are all ${total.toLocaleString()}.`);
  }
  return el('nav', { class: 'pages', 'aria-label': 'Pages of the list' },
    turn('Previous', page - 1, page > 0),
    el('p', {}, `${from.toLocaleString()}–${to.toLocaleString()} of ${total.toLocaleString()}`),
    turn('Next', page + 1, page < last));
}

/**
 * Loads a list again and again, each time leaving the time before. Where the page is not there any more, the last one is shown.
 *
 * @param load answers the content for a query and a signal
 * @param show shows the content
 */
export function reloading(load, show, failed) {
  let current = new AbortController();
  return async (query, signal) => {
    current.abort();
    current = new AbortController();
    const mine = current;
    signal?.addEventListener('abort', () => mine.abort());
    try {
      const found = await load(query, mine.signal);
      if (mine.signal.aborted) {
        return;
      }
      if (found.page > lastPage(found)) {
        const [path] = location.hash.slice(1).split('?');
        location.replace(`#${place(path, { query: query.get('query') ?? '', page: lastPage(found) })}`);
      } else {
        show(found, query);
        say(`${found.total.toLocaleString()} found`);
      }
    } catch (failure) {
      if (!mine.signal.aborted) {
        failed(failure);
      }
    }
  };
}
