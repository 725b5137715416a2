// Two people have changed one product. What only one of them touched is taken from that one; for the rest the user decides.

import { button, el, freshId } from './dom.js';
import { dialog } from './dialog.js';
import { counted } from './telling.js';

const LABELS = { name: 'Name', description: 'Description', amount: 'Price', currency: 'Currency', tags: 'Tags', imageIds: 'Pictures' };

export const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/**
 * Joins my values and theirs, both grown from the same base.
 *
 * @returns the joined values, mine where both changed, and the names of the fields of which that is so
 */
export function joined(base, mine, theirs) {
  const values = {};
  const both = [];
  for (const name of Object.keys(LABELS)) {
    const isMine = !same(base[name], mine[name]);
    const isTheirs = !same(base[name], theirs[name]);
    values[name] = isMine ? mine[name] : theirs[name];
    if (isMine && isTheirs && !same(mine[name], theirs[name])) {
      both.push(name);
    }
  }
  return { values, both };
}

/** Asks what shall hold; answers the values to save, or null to go on editing. */
export function decided(sku, base, mine, theirs) {
  const { values, both } = joined(base, mine, theirs);
  const others = Object.keys(LABELS).filter(name => !both.includes(name) && !same(base[name], theirs[name]));
  const choices = new Map();
  const questions = both.map(name => {
    const group = freshId('choice');
    const option = (label, value, isChosen) => {
      const id = freshId('choice');
      const radio = el('input', { type: 'radio', name: group, id, set: { checked: isChosen }, on: { change: () => choices.set(name, value) } });
      return el('div', { class: 'choice' }, radio, el('label', { for: id }, el('strong', {}, label), el('span', {}, shown(name, value))));
    };
    return el('fieldset', {}, el('legend', {}, LABELS[name]),
      option('Yours', mine[name], true), option('Theirs', theirs[name], false));
  });
  return dialog(`${sku} was changed by somebody else`, close => ({
    content: [
      el('p', {}, 'While you were editing, this product was saved elsewhere. Nothing of yours is lost or saved yet.'),
      others.length > 0 ? el('p', {}, `Taken over from there, as you did not touch it: ${others.map(name => LABELS[name]).join(', ')}.`) : null,
      both.length > 0 ? el('p', {}, `You both changed ${counted(both.length, 'field')}. Choose what shall hold:`) : el('p', {}, 'You changed different fields, so both changes can hold.'),
      questions,
    ],
    buttons: [
      button('Back to the form', () => close(null), { class: 'quiet' }),
      button('Save the choice', () => close({ ...values, ...Object.fromEntries(choices) }), { class: 'main' }),
    ],
  }), { wide: true });
}

function shown(name, value) {
  if (name === 'imageIds') {
    return value.length === 0 ? 'no pictures' : counted(value.length, 'picture');
  }
  return Array.isArray(value) ? value.join(', ') || 'no tags' : value || 'empty';
}
