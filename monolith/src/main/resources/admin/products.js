// The products: to look for, and the way to each.

import { button, el, keepingFocus } from './dom.js';
import { pages, reloading, search } from './paging.js';
import { products } from './shop.js';
import { tagList } from './tags.js';
import { counted, day, price } from './telling.js';
import { thumbnail } from './thumbnail.js';

const SIZE = 30;
const PATH = '/products';

export function productList(query) {
  const input = search('Look for products by name, SKU or tag', PATH);
  const result = el('div', {}, el('p', { class: 'quiet' }, 'Loading…'));
  let words = query;
  let leaving;
  const load = reloading(
    (wanted, signal) => products.list({ query: wanted.get('query') ?? '', page: wanted.get('page') ?? 0, size: SIZE }, { signal }),
    (found, wanted) => {
      const text = wanted.get('query') ?? '';
      keepingFocus(result, () => result.replaceChildren(
        found.total === 0
          ? el('p', { class: 'empty' }, text ? `No product has “${text}” in its name, SKU or tags.` : 'There are no products yet.')
          : table(found.items),
        pages(PATH, text, found)));
    },
    failure => result.replaceChildren(el('p', { class: 'failed' }, `The products can’t be read: ${failure.message}`),
      button('Try again', () => load(words, leaving))));

  function update(wanted) {
    words = wanted;
    if (document.activeElement !== input) {
      input.value = wanted.get('query') ?? '';
    }
    load(wanted, leaving);
  }

  return {
    title: 'Products',
    elements: [
      el('div', { class: 'head' }, el('h1', {}, 'Products'), el('div', { role: 'search' }, input),
        el('a', { class: 'button main', href: '#/products/new' }, 'New product')),
      result,
    ],
    update,
    start: signal => {
      leaving = signal;
      update(query);
    },
  };
}

function table(items) {
  const columns = ['Picture', 'Name', 'SKU', 'Price', 'Pictures', 'Tags', 'Changed'];
  return el('table', { class: 'products' },
    el('caption', { class: 'hidden' }, 'Products, newest first'),
    el('thead', {}, el('tr', {}, columns.map(name => el('th', { scope: 'col' }, name)))),
    el('tbody', {}, items.map(row)));
}

function row(one) {
  return el('tr', {},
    el('td', { class: 'small' }, one.imageIds.length > 0 ? thumbnail(one.imageIds[0]) : el('span', { class: 'thumbnail' }, el('span', { class: 'none' }, 'No picture'))),
    el('th', { scope: 'row' }, el('a', { href: `#/products/by-sku/${encodeURIComponent(one.sku)}` }, one.name)),
    el('td', { 'data-label': 'SKU' }, one.sku),
    el('td', { 'data-label': 'Price', class: 'number' }, price(one.price)),
    el('td', { 'data-label': 'Pictures' }, counted(one.imageIds.length, 'picture')),
    el('td', {}, tagList(one.tags)),
    el('td', { 'data-label': 'Changed' }, day(one.changedAt)));
}
