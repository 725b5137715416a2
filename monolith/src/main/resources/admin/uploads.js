// Files on their way to the shop, a few at a time. They go on while the user works on other pages, and each tells how it stands.

import { confirmed } from './dialog.js';
import { button, el } from './dom.js';
import { say } from './notices.js';
import { FOR_WRITES, patiently, Refused } from './patience.js';
import { freshKey, judged } from './shop.js';
import { counted, size } from './telling.js';

const AT_ONCE = 3;
const LONGEST_SENDING = 5 * 60_000;
const LARGEST = 20 * 1024 * 1024;
/** Rows of files that are done make room for others. */
const MOST_DONE = 60;

const uploads = [];
const changes = new EventTarget();
let running = 0;

/** Whether any file is not yet in the shop, or refused. */
export function isSending() {
  return uploads.some(one => ['waiting', 'sending', 'held'].includes(one.state));
}

/** Calls with each picture that has come into the shop since this page was opened. */
export function onArrival(listener, signal) {
  changes.addEventListener('arrived', event => listener(event.detail), { signal });
}

/** Takes files in, in the order in which they were chosen. */
export function takeFiles(files, tags = []) {
  for (const file of files) {
    const upload = { file, tags, key: freshKey(), state: 'waiting', share: 0 };
    upload.row = row(upload);
    uploads.push(upload);
    list().append(upload.row.element);
    show(upload);
  }
  dock().hidden = false;
  say(`${counted(files.length, 'file')} to upload.`);
  next();
}

function next() {
  while (running < AT_ONCE) {
    const upload = uploads.find(one => one.state === 'waiting');
    if (!upload) {
      break;
    }
    running += 1;
    bring(upload).finally(() => {
      running -= 1;
      next();
    });
  }
  if (!isSending()) {
    say(summary());
  }
}

async function bring(upload) {
  change(upload, 'sending');
  const told = (failure, wait) => failure && change(upload, 'held', { failure, wait });
  try {
    upload.asset = await patiently(() => attempt(upload), { patience: FOR_WRITES, told });
    change(upload, 'done');
    changes.dispatchEvent(new CustomEvent('arrived', { detail: upload.asset }));
  } catch (failure) {
    change(upload, failure.isPassing ? 'failed' : 'refused', { failure });
  }
}

/** Sending what is too large takes its time, and many a server hangs up instead of saying so. */
async function attempt(upload) {
  if (upload.file.size > LARGEST) {
    throw new Refused(413, { detail: `it has ${size(upload.file.size)}, and at most 20 MB are taken. Make it smaller, and choose it again.` }, 0);
  }
  return send(upload);
}

/** By XMLHttpRequest, as fetch tells nothing of how much has been sent. */
function send(upload) {
  change(upload, 'sending', { share: 0 });
  const form = new FormData();
  upload.tags.forEach(tag => form.append('tags', tag));
  form.append('file', upload.file, upload.file.name);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/api/assets');
    request.timeout = LONGEST_SENDING;
    request.setRequestHeader('Accept', 'application/json');
    request.setRequestHeader('Idempotency-Key', upload.key);
    request.upload.addEventListener('progress', event => {
      change(upload, 'sending', { share: event.lengthComputable ? event.loaded / event.total : 0 });
    });
    const unanswered = () => reject(new Refused(0, {}, 0));
    request.addEventListener('error', unanswered);
    request.addEventListener('timeout', unanswered);
    request.addEventListener('abort', unanswered);
    request.addEventListener('load', () => {
      upload.wasThere = request.status === 200;
      try {
        resolve(judged(request.status, request.responseText, request.getResponseHeader('Retry-After')));
      } catch (refused) {
        reject(refused);
      }
    });
    request.send(form);
  });
}

function change(upload, state, more = {}) {
  Object.assign(upload, more, { state });
  show(upload);
}

function again(upload) {
  change(upload, 'waiting', { share: 0 });
  next();
}

function row(upload) {
  const name = el('span', { class: 'name' }, upload.file.name);
  const progress = el('progress', { max: 1, value: 0, 'aria-label': `Upload of ${upload.file.name}` });
  const state = el('span', { class: 'state' });
  const acts = el('span', { class: 'acts' });
  return { name, progress, state, acts, element: el('li', {}, name, progress, state, acts) };
}

const SIGNS = { waiting: '…', sending: '↑', held: '⏸', done: '✓', refused: '✕', failed: '✕' };

function show(upload) {
  const { element, progress, state, acts } = upload.row;
  element.dataset.state = upload.state;
  progress.hidden = upload.state !== 'sending';
  progress.value = upload.share;
  state.textContent = `${SIGNS[upload.state]} ${told(upload)}`;
  if (acts.dataset.state !== upload.state) {
    acts.dataset.state = upload.state;
    acts.replaceChildren(...possible(upload));
  }
  const head = document.getElementById('uploads-summary');
  if (head) {
    head.textContent = summary();
    document.getElementById('uploads-retry').hidden = !uploads.some(one => one.state === 'failed');
    document.getElementById('uploads-clear').hidden = isSending();
  }
  const done = uploads.filter(one => one.state === 'done');
  done.slice(0, Math.max(0, done.length - MOST_DONE)).forEach(one => one.row.element.remove());
}

function told(upload) {
  switch (upload.state) {
    case 'waiting': return `waits, ${size(upload.file.size)}`;
    case 'sending': return upload.share < 1 ? `${Math.round(upload.share * 100)} % of ${size(upload.file.size)}` : 'sent, being checked';
    case 'held': return upload.failure.status === 0
      ? `no connection; sent again in ${Math.ceil(upload.wait / 1000)} s`
      : `the shop takes no pictures at this moment; sent again in ${Math.ceil(upload.wait / 1000)} s`;
    case 'done': return upload.wasThere ? 'was there already' : 'in the shop';
    case 'failed': return `not sent: ${upload.failure.message}`;
    default: return `refused: ${reasons(upload.failure)}`;
  }
}

function reasons(failure) {
  const mistakes = failure.problem.mistakes ?? [];
  return mistakes.length > 0 ? mistakes.map(one => `${one.field} ${one.reason}`).join('; ') : failure.message;
}

function possible(upload) {
  switch (upload.state) {
    case 'done': return [el('a', { href: `#/pictures/${upload.asset.id}`, 'aria-label': `Show ${upload.file.name}` }, 'Show')];
    case 'failed':
    case 'refused': return [
      button('Retry', () => again(upload), { 'aria-label': `Retry ${upload.file.name}` }),
      button('Leave out', () => remove(upload), { class: 'quiet', 'aria-label': `Leave out ${upload.file.name}` }),
    ];
    default: return [];
  }
}

function remove(upload) {
  uploads.splice(uploads.indexOf(upload), 1);
  upload.row.element.remove();
  if (uploads.length === 0) {
    dock().hidden = true;
    document.getElementById('main').focus();
  } else {
    show(uploads[0]);
    document.getElementById('uploads-title').focus();
  }
}

function summary() {
  const count = state => uploads.filter(one => one.state === state).length;
  const refused = count('refused') + count('failed');
  return `${count('done')} of ${counted(uploads.length, 'file')} in the shop${refused > 0 ? `, ${refused} not` : ''}`;
}

function dock() {
  const section = document.getElementById('uploads');
  if (section.childElementCount === 0) {
    const items = el('ul', { tabindex: 0, 'aria-label': 'Files, one by one' });
    section.append(
      el('header', {},
        el('h2', { id: 'uploads-title', tabindex: -1 }, 'Uploads'),
        el('p', { id: 'uploads-summary' }),
        button('Retry all', () => uploads.filter(one => one.state === 'failed').forEach(again), { id: 'uploads-retry', hidden: true }),
        button('Close', clear, { id: 'uploads-clear', class: 'quiet', hidden: true })),
      items);
  }
  return section;
}

function list() {
  return dock().querySelector('ul');
}

/** The dock goes away with what is settled; what did not get there goes only if somebody says so. */
async function clear() {
  const left = uploads.filter(one => one.state !== 'done');
  if (left.length > 0 && !await confirmed('Close the uploads?', [
    el('p', {}, `${counted(left.length, 'file')} did not get into the shop. Cancel, and ${left.length === 1 ? 'it stays' : 'they stay'} here to be sent again.`),
  ], 'Leave out')) {
    return;
  }
  // More may have been dropped meanwhile.
  uploads.filter(one => one.state === 'done' || left.includes(one)).forEach(remove);
}
