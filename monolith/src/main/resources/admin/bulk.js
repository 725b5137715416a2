// Many pictures changed at once. Each is a command of its own, so some may succeed while others do not; it is said which.

import { button, el, keepingFocus } from './dom.js';
import { confirmed, dialog } from './dialog.js';
import { lookAgain } from './looking.js';
import { alarm, notice } from './notices.js';
import { pictures, products } from './shop.js';
import { tagField } from './tags.js';
import { counted } from './telling.js';

const AT_ONCE = 4;

/** What has been chosen of a list, and what can be done with it. */
export function bulkBar(status, reload) {
  const chosen = new Map();
  let offered = [];
  const count = el('p', { role: 'status' });
  const all = button('Choose all on this page', () => {
    offered.forEach(one => chosen.set(one.id, one));
    reload();
    show();
  }, { class: 'quiet' });
  const acts = el('div', { class: 'acts' });
  const element = el('div', { class: 'bulk', role: 'group', 'aria-label': 'Chosen pictures' }, count, all, acts);

  const act = (label, run, attributes) => button(label, async () => {
    const wanted = [...chosen.values()];
    acts.querySelectorAll('button').forEach(one => { one.disabled = true; });
    const done = await run(wanted);
    if (done) {
      done.forEach(id => chosen.delete(id));
      await reload();
    }
    show();
    (acts.querySelector('button') ?? all).focus();
  }, { ...attributes, 'data-id': label });

  function show() {
    count.textContent = chosen.size === 0 ? 'None chosen' : `${chosen.size} chosen`;
    all.hidden = offered.length === 0 || offered.every(one => chosen.has(one.id));
    keepingFocus(acts, () => acts.replaceChildren(...(chosen.size === 0 ? [] : [
      ...(status === 'TRASHED'
        ? [act('Restore', wanted => each(wanted, pictures.untrash, 'restored'))]
        : [
          act('Add tags…', addTags),
          act('Remove tags…', removeTags),
          act('Move to trash', toTrash, { class: 'danger' }),
        ]),
      button('Choose none', () => {
        chosen.clear();
        reload();
        show();
        all.focus();
      }, { class: 'quiet', 'data-id': 'Choose none' }),
    ])));
  }

  show();
  return {
    element,
    has: id => chosen.has(id),
    choose: (one, isChosen) => {
      if (isChosen) {
        chosen.set(one.id, one);
      } else {
        chosen.delete(one.id);
      }
      show();
    },
    offer: items => {
      offered = items;
      items.filter(one => chosen.has(one.id)).forEach(one => chosen.set(one.id, one));
      show();
    },
  };
}

async function toTrash(wanted) {
  const used = await inUse(wanted);
  if (used > 0 && !await confirmed('Move to trash?', [
    el('p', {}, `${counted(used, 'picture is', 'pictures are')} shown by products. ${used === 1 ? 'It stays' : 'They stay'} visible there, and ${used === 1 ? 'is not deleted until no product shows it' : 'are not deleted until no product shows them'}.`),
  ], 'Move to trash')) {
    return null;
  }
  return each(wanted, pictures.trash, 'moved to the trash', moved => each(moved, pictures.untrash, 'restored'));
}

/** How many of them products show. */
async function inUse(wanted) {
  let used = 0;
  await someAtOnce(wanted, async one => {
    const total = await products.showing(one.id).then(found => found.total, () => 0);
    used += total > 0 ? 1 : 0;
  });
  return used;
}

const addTags = wanted => withTags('Add tags', wanted, (tags, more) => [...new Set([...tags, ...more])]);
const removeTags = wanted => withTags('Remove tags', wanted, (tags, less) => tags.filter(tag => !less.includes(tag)));

async function withTags(title, wanted, change) {
  const tags = tagField('Tags');
  const given = await dialog(`${title}: ${counted(wanted.length, 'picture')}`, close => ({
    content: tags.element,
    buttons: [button('Cancel', () => close(null), { class: 'quiet' }), button(title, () => close(tags.tags()), { class: 'main' })],
  }));
  return given && given.length > 0 ? each(wanted, one => retag(one, tags => change(tags, given)), 'changed') : null;
}

/** Somebody else's tags survive: what has changed meanwhile is read again. */
async function retag(one, change) {
  let current = one;
  for (let tries = 0; ; tries += 1) {
    try {
      return await pictures.tag(current, change(current.tags));
    } catch (failure) {
      if (!failure.isStale || tries === 5) {
        throw failure;
      }
      current = await pictures.find(one.id);
    }
  }
}

async function someAtOnce(wanted, run) {
  const left = [...wanted];
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (let one = left.shift(); one; one = left.shift()) {
      await run(one);
    }
  }));
}

/** Does it to each; says how it went; answers the ids of those with which it went well. */
async function each(wanted, run, what, undo = null) {
  const done = [];
  const failed = [];
  await someAtOnce(wanted, async one => {
    try {
      done.push(await run(one));
    } catch (failure) {
      failed.push(`${one.fileName}: ${failure.message}`);
    }
  });
  if (done.length > 0) {
    notice(`${counted(done.length, 'picture')} ${what}.`, undo && { label: 'Undo', act: () => undo(done).then(lookAgain) });
  }
  if (failed.length > 0) {
    alarm(`${counted(failed.length, 'picture')} not ${what}. ${failed.slice(0, 5).join(' ')}${failed.length > 5 ? ' …' : ''}`);
  }
  return done.map(one => one.id);
}
