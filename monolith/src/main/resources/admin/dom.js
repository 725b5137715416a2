// Elements made by hand, so that a text is never anything but a text: nothing here or elsewhere in the panel parses markup.

/** An element with attributes, listeners (`on`), properties (`set`) and children; texts become text nodes; null and false are left out. */
export function el(name, { on = {}, set = {}, ...attributes } = {}, ...children) {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value === true) {
      element.setAttribute(attribute, '');
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(attribute, value);
    }
  }
  Object.assign(element, set);
  for (const [event, listener] of Object.entries(on)) {
    element.addEventListener(event, listener);
  }
  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

/** A button that does something in place. */
export function button(label, act, attributes = {}) {
  return el('button', { type: 'button', on: { click: act }, ...attributes }, label);
}

let count = 0;

/** An id that no other element has. */
export function freshId(prefix) {
  count += 1;
  return `${prefix}-${count}`;
}

/** A labelled control, with a hint and room for what is wrong with it until it is changed; `around` is what the control is shown in, if not alone. */
export function field(label, control, hint = '', around = control) {
  control.id ||= freshId('field');
  const hints = el('p', { class: 'hint', id: `${control.id}-hint` }, hint);
  const mistake = el('p', { class: 'mistake', id: `${control.id}-mistake`, hidden: true });
  control.setAttribute('aria-describedby', hint ? `${hints.id} ${mistake.id}` : mistake.id);
  control.addEventListener('input', () => mark(control, ''));
  return el('div', { class: 'field' }, el('label', { for: control.id }, label), around, hint ? hints : null, mistake);
}

/** Says beside a control what is wrong with it; nothing if the text is empty. */
export function mark(control, text) {
  const mistake = document.getElementById(`${control.id}-mistake`);
  control.setAttribute('aria-invalid', String(text !== ''));
  mistake.textContent = text;
  mistake.hidden = text === '';
}

/**
 * Changes what stands in an element. Whoever is by keyboard in something that stands there again stays in it; `data-id` tells what is the same, and
 * with what is made anew goes the focus.
 */
export function keepingFocus(element, change) {
  const focused = element.contains(document.activeElement) ? document.activeElement : null;
  const id = focused?.closest('[data-id]')?.dataset.id;
  change();
  if (id !== undefined && document.activeElement !== focused) {
    const again = [...element.querySelectorAll('[data-id]')].find(one => one.dataset.id === id);
    (again?.matches(focused.localName) ? again : again?.querySelector(focused.localName))?.focus({ preventScroll: true });
  }
}

/** Calls once nothing more has come for a while. */
export function settled(act, pause = 250) {
  let timer = 0;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => act(...values), pause);
  };
}
