// One product: its form, its pictures, and what happens when it is saved.

import { button, el, field, mark } from './dom.js';
import { draft } from './drafts.js';
import { imageField } from './images.js';
import { decided, same } from './merging.js';
import { alarm, notice } from './notices.js';
import { freshKey, products } from './shop.js';
import { saved } from './saving.js';
import { tagField } from './tags.js';
import { moment } from './telling.js';

const EMPTY = { name: '', description: '', amount: '', currency: 'EUR', tags: [], imageIds: [] };

let current = null;

/** Whether a form is open that holds what is not saved. */
export function isEdited() {
  return current?.isEdited() ?? false;
}

/** What of a product can be edited. */
function editable(product) {
  return {
    name: product.name, description: product.description, amount: String(product.price.amount), currency: product.price.currency,
    tags: product.tags, imageIds: product.imageIds,
  };
}

/** @param sku null for a new product */
export function productForm(sku) {
  const page = el('div', {}, el('p', { class: 'quiet' }, 'Loading…'));
  const start = async signal => {
    try {
      const product = sku === null ? null : await products.find(sku, { signal });
      if (!signal.aborted) {
        current = new Form(product, page, signal);
        signal.addEventListener('abort', () => { current = null; });
      }
    } catch (failure) {
      if (!signal.aborted) {
        page.replaceChildren(el('h1', {}, sku), el('p', { class: 'failed' }, failure.message), button('Try again', () => start(signal)));
      }
    }
  };
  return {
    title: sku ?? 'New product',
    elements: [el('p', { class: 'back' }, el('a', { href: '#/products' }, '← All products')), page],
    start,
  };
}

class Form {
  constructor(product, page, signal) {
    this.product = product;
    this.page = page;
    this.signal = signal;
    this.base = product ? editable(product) : EMPTY;
    this.version = product?.version;
    this.draft = draft(`product ${product?.sku ?? '(new)'}`);
    // At once: whoever leaves in the next moment has typed it all the same.
    const changed = () => this.changed();
    this.sku = el('input', { type: 'text', required: true, maxlength: 64, autocomplete: 'off', spellcheck: 'false', readonly: product !== null, set: { value: product?.sku ?? '' }, on: { input: changed } });
    this.name = el('input', { type: 'text', required: true, maxlength: 200, autocomplete: 'off', on: { input: changed } });
    this.description = el('textarea', { rows: 6, maxlength: 20_000, on: { input: changed } });
    this.amount = el('input', { type: 'text', inputmode: 'decimal', required: true, autocomplete: 'off', on: { input: changed } });
    this.currency = el('input', { type: 'text', required: true, maxlength: 3, size: 4, autocomplete: 'off', spellcheck: 'false', list: 'currencies', on: { input: changed } });
    this.tags = tagField('Tags', [], changed);
    this.images = imageField(changed);
    this.save = el('button', { type: 'submit', class: 'main' }, product ? 'Save' : 'Create product');
    this.state = el('p', { class: 'quiet', role: 'status' });
    this.summary = el('div', { class: 'summary', tabindex: -1, hidden: true });
    this.fill(this.base);
    page.replaceChildren(...this.elements());
    this.restore();
    this.changed();
  }

  elements() {
    const { product } = this;
    return [
      el('div', { class: 'head' }, el('h1', {}, product ? product.name : 'New product')),
      el('form', { class: 'product', novalidate: true, on: { submit: event => {
        event.preventDefault();
        this.submit();
      } } },
        this.summary,
        el('div', { class: 'columns' },
          el('div', {},
            field('Name', this.name),
            field('SKU', this.sku, product ? 'Fixed once the product exists.' : 'Letters, digits and hyphens, as on the label; can’t be changed later.'),
            field('Description', this.description),
            el('div', { class: 'pair' },
              field('Price', this.amount, 'Such as 12.50'),
              field('Currency', this.currency, 'Such as EUR')),
            el('datalist', { id: 'currencies' }, ['EUR', 'USD', 'GBP', 'CHF', 'JPY', 'SEK', 'PLN'].map(code => el('option', { value: code }))),
            this.tags.element),
          this.images.element),
        el('div', { class: 'saving' }, this.save,
          button('Undo my changes', () => this.discard(), { class: 'quiet' }), this.state)),
      product ? el('p', { class: 'quiet' }, `Created ${moment(product.createdAt)}.`) : null,
    ].filter(Boolean);
  }

  values() {
    return {
      name: this.name.value.trim(), description: this.description.value, amount: this.amount.value.trim().replace(',', '.'),
      currency: this.currency.value.trim().toUpperCase(), tags: this.tags.tags(), imageIds: this.images.ids(),
    };
  }

  fill(values) {
    this.name.value = values.name;
    this.description.value = values.description;
    this.amount.value = values.amount;
    this.currency.value = values.currency;
    this.tags.reset(values.tags);
    this.images.set(values.imageIds, this.signal);
  }

  isEdited() {
    return !same(this.values(), this.base) || (!this.product && this.sku.value !== '');
  }

  /** Keeps what is typed, with the version that it was typed upon. */
  changed() {
    if (this.signal.aborted) {
      return;
    }
    if (this.isEdited()) {
      this.draft.keep({ sku: this.sku.value, values: this.values(), base: this.base, version: this.version, order: this.order });
    } else {
      this.draft.forget();
    }
    const text = this.standing();
    // It is read out whenever it is written.
    if (this.state.textContent !== text) {
      this.state.textContent = text;
    }
  }

  standing() {
    if (this.isSaving) {
      return 'Being saved…';
    }
    if (this.isEdited()) {
      return 'Not saved yet';
    }
    return this.product ? `Saved, version ${this.version}` : '';
  }

  restore() {
    const kept = this.draft.load();
    if (!kept) {
      return;
    }
    Object.assign(this, { base: kept.base, version: kept.version, order: kept.order });
    if (!this.product) {
      this.sku.value = kept.sku;
    }
    this.fill(kept.values);
    notice('What you had typed here and not saved is back.', { label: 'Discard it', act: () => this.discard() });
  }

  /** The draft goes only once there is something to show instead; what is typed until then stays. */
  async discard() {
    const unwanted = this.values();
    try {
      if (this.product) {
        this.take(await products.find(this.product.sku, { signal: this.signal }));
      }
    } catch (failure) {
      if (this.signal.aborted) {
        this.draft.forget();
      } else {
        alarm(`Your changes are not undone, as it can’t be read what is saved. ${failure.message}`);
      }
      return;
    }
    this.draft.forget();
    if (this.product) {
      this.fill(this.unsaved(this.values(), unwanted));
    } else {
      this.sku.value = '';
      this.fill(EMPTY);
    }
    this.order = null;
    this.complain([]);
    this.changed();
  }

  take(product) {
    this.product = product;
    this.base = editable(product);
    this.version = product.version;
  }

  /** What of the typed is other than it was before, upon what holds now. */
  unsaved(typed, before) {
    return Object.fromEntries(Object.entries(typed).map(([name, value]) => [name, same(value, before[name]) ? this.base[name] : value]));
  }

  async submit() {
    if (this.isSaving) {
      return;
    }
    const values = this.values();
    const mistakes = this.mistakes(values);
    this.complain(mistakes);
    if (mistakes.length > 0) {
      return;
    }
    const order = this.ordered(values);
    this.order = order;
    this.isSaving = true;
    this.save.disabled = true;
    // A product keeps the SKU that it is created with, so nothing is typed there that could only be lost.
    this.sku.readOnly = true;
    this.changed();
    try {
      const product = await saved(this.product?.sku ?? null, this.version, order);
      if (this.signal.aborted) {
        this.doneAfterLeaving(product, values, order);
      } else {
        this.done(product, values);
      }
    } catch (failure) {
      await this.failed(failure, values);
    } finally {
      this.isSaving = false;
      this.save.disabled = false;
      this.sku.readOnly = this.product !== null;
      this.changed();
    }
  }

  /** What is sent, with its key: the same key for the same content upon the same version, also after the page was loaded anew. */
  ordered(values) {
    const content = { name: values.name, description: values.description };
    const isNew = this.product === null;
    if (isNew) {
      content.sku = this.sku.value.trim();
    }
    if (isNew || values.amount !== this.base.amount || values.currency !== this.base.currency) {
      content.price = { amount: values.amount, currency: values.currency };
    }
    if (isNew || !same(values.tags, this.base.tags)) {
      content.tags = values.tags;
    }
    if (isNew || !same(values.imageIds, this.base.imageIds)) {
      content.imageIds = values.imageIds;
    }
    const isSame = this.order && same(this.order.content, content) && this.order.version === this.version;
    return { content, version: this.version, key: isSame ? this.order.key : freshKey() };
  }

  /** What was typed while it was being saved stays, upon the new version. */
  done(product, sent) {
    const isNew = this.product === null;
    const typed = this.values();
    this.draft.forget();
    this.order = null;
    this.take(product);
    notice(`${product.name} is saved.`);
    if (isNew) {
      this.keepUnsaved(typed, sent);
      this.sku.value = '';
      this.fill(EMPTY);
      this.base = this.values();
      location.hash = `#/products/by-sku/${encodeURIComponent(product.sku)}`;
      return;
    }
    this.fill(this.unsaved(typed, sent));
    this.images.saved(this.signal);
    this.page.querySelector('h1').textContent = product.name;
  }

  /** What was typed beyond what is saved now is the draft of the product's next form. */
  keepUnsaved(typed, sent) {
    const values = this.unsaved(typed, sent);
    if (!same(values, this.base)) {
      draft(`product ${this.product.sku}`).keep({ sku: this.product.sku, values, base: this.base, version: this.version });
    }
  }

  /** The same form may be open again, with what was typed more; else that lies in the draft, unless the draft is another one by now. */
  doneAfterLeaving(product, sent, order) {
    if (current?.order?.key === order.key) {
      current.doneMeanwhile(product, sent);
      return;
    }
    const kept = this.draft.load();
    this.take(product);
    if (kept?.order?.key === order.key) {
      this.draft.forget();
      this.keepUnsaved(kept.values, sent);
    }
    notice(`${product.name} is saved.`);
  }

  /** If it is sending the same once more, it gets an answer of its own. */
  doneMeanwhile(product, sent) {
    if (!this.isSaving) {
      this.done(product, sent);
      this.changed();
    }
  }

  async failed(failure, values) {
    if (this.signal.aborted) {
      alarm(`${values.name} is not saved, but what you typed is kept; open it again. ${failure.message}`);
      return;
    }
    if (failure.isStale && this.product) {
      await this.conflict(values);
      return;
    }
    const mistakes = failure.problem.mistakes ?? [];
    if (mistakes.length > 0) {
      this.complain(mistakes.map(one => [one.field, one.reason]));
    } else {
      this.complain([['', failure.message]]);
      alarm(`Not saved, but nothing you typed is lost: ${failure.message}`);
    }
  }

  /** Joins what stands in the form when it is asked: more may have been typed since it was sent. */
  async conflict(values) {
    const theirs = await products.find(this.product.sku, { signal: this.signal }).catch(failure => this.failed(failure, values));
    if (!theirs) {
      return;
    }
    const chosen = await decided(theirs.sku, this.base, this.values(), editable(theirs));
    if (this.signal.aborted) {
      alarm(`${values.name} is not saved, as somebody else has changed it, but what you typed is kept. Open it again and save.`);
    } else if (chosen) {
      this.take(theirs);
      this.fill(chosen);
      this.isSaving = false;
      await this.submit();
    } else {
      this.complain([['', 'This product was changed by somebody else meanwhile. Save again to choose what shall hold.']]);
      this.save.focus();
    }
  }

  mistakes(values) {
    const mistakes = [];
    const must = (isRight, name, reason) => isRight || mistakes.push([name, reason]);
    must(values.name !== '', 'name', 'is missing');
    must(this.sku.value.trim() !== '', 'sku', 'is missing');
    must(/^\d{1,12}(\.\d{1,4})?$/.test(values.amount), 'price.amount', 'must be a number such as 12.50, with at most 4 decimals');
    must(/^[A-Z]{3}$/.test(values.currency), 'price.currency', 'must be a code of three letters, such as EUR');
    return mistakes;
  }

  /** Says all that is wrong: above the form with a way to each, and beside each. */
  complain(mistakes) {
    const controls = {
      name: [this.name, 'Name'], sku: [this.sku, 'SKU'], description: [this.description, 'Description'],
      'price.amount': [this.amount, 'Price'], 'price.currency': [this.currency, 'Currency'], tags: [this.tags.input, 'Tags'],
    };
    Object.values(controls).forEach(([control]) => mark(control, ''));
    this.images.mark('');
    this.summary.hidden = mistakes.length === 0;
    this.summary.replaceChildren(el('h2', {}, 'Not saved'), el('ul', {}, mistakes.map(([name, reason]) => {
      const [control, label] = controls[name.replace(/\[\d+\]$/, '')] ?? [];
      if (control) {
        mark(control, `${label} ${reason}`);
        return el('li', {}, button(`${label} ${reason}`, () => control.focus(), { class: 'link' }));
      }
      if (name.startsWith('imageIds')) {
        this.images.mark(reason);
      }
      return el('li', {}, name ? `${name} ${reason}` : reason);
    })));
    if (mistakes.length > 0) {
      this.summary.focus();
    }
  }
}
