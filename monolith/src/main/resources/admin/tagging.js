// The tags of one picture: typed, kept until they are saved, and joined with what is saved elsewhere meanwhile.

import { el } from './dom.js';
import { draft } from './drafts.js';
import { alarm, notice } from './notices.js';
import { pictures } from './shop.js';
import { tagField } from './tags.js';

let open = null;
/** The pictures whose tags are on their way, from whichever form. */
const saving = new Set();

/** Whether a picture is open with tags that are not saved. */
export function isTagging() {
  return open?.isEdited() ?? false;
}

const alike = (one, other) => one.length === other.length && one.every(tag => other.includes(tag));

/** What either has added to the base, or taken away from it, holds. */
function together(base, mine, theirs) {
  const added = mine.filter(tag => !base.includes(tag));
  const removed = base.filter(tag => !mine.includes(tag));
  return [...new Set([...theirs, ...added])].filter(tag => !removed.includes(tag));
}

/** The form. It lives for as long as its picture is open, however often that is read again. */
export class Tagging {
  constructor(one, signal) {
    this.one = one;
    this.isLeft = false;
    this.draft = draft(`tags of ${one.id}`);
    this.save = el('button', { type: 'submit', class: 'main' }, 'Save tags');
    this.field = tagField('Tags', one.tags, () => {
      if (!this.isLeft) {
        this.keep();
      }
    });
    this.element = el('form', { 'aria-label': 'Tags', 'data-id': 'tags', on: { submit: event => {
      event.preventDefault();
      this.submit();
    } } }, this.field.element, this.save);
    open = this;
    signal.addEventListener('abort', () => {
      this.isLeft = true;
      open = open === this ? null : open;
    });
    this.restore();
  }

  isEdited() {
    return !alike(this.field.tags(), this.one.tags);
  }

  /** Keeps what is typed, with the tags that it was typed upon. */
  keep() {
    if (this.isEdited()) {
      this.draft.keep({ base: this.one.tags, tags: this.field.tags() });
    } else {
      this.draft.forget();
    }
    this.save.disabled = saving.has(this.one.id) || !this.isEdited();
  }

  restore() {
    const kept = this.draft.load();
    if (kept) {
      this.field.reset(together(kept.base, kept.tags, this.one.tags));
    }
    this.keep();
    if (this.isEdited()) {
      notice('The tags that you had typed here and not saved are back.', { label: 'Discard them', act: () => this.here().discard() });
    }
  }

  discard() {
    this.field.reset(this.one.tags);
    this.keep();
  }

  /** The form of this picture that is open by now; this one where there is none. */
  here() {
    return open?.one.id === this.one.id ? open : this;
  }

  /** The picture as it is now; what is typed stays, upon that. */
  refresh(again) {
    if (again.version < this.one.version) {
      return;
    }
    const tags = together(this.one.tags, this.field.tags(), again.tags);
    Object.assign(this.one, again);
    this.field.reset(tags);
    this.keep();
  }

  async submit() {
    // A second one would go out upon the version that the first is about to change.
    if (saving.has(this.one.id)) {
      return;
    }
    const sent = this.field.tags();
    saving.add(this.one.id);
    this.save.disabled = true;
    try {
      const saved = await pictures.tag(this.one, sent);
      this.here().took(sent, saved);
    } catch (failure) {
      await this.here().failed(failure);
    }
    saving.delete(this.one.id);
    const form = this.here();
    if (!form.isLeft) {
      form.keep();
    }
  }

  /** What was typed while it was being saved stays: in the field, or in the draft of a form that was left. */
  took(sent, saved) {
    const typed = this.isLeft ? this.draft.load()?.tags ?? sent : this.field.tags();
    // The picture may have been read again since.
    if (saved.version > this.one.version) {
      Object.assign(this.one, saved);
    }
    this.field.reset(together(sent, typed, this.one.tags));
    this.keep();
    // The button that sent them can't hold the focus; who works elsewhere by now stays there.
    if (document.activeElement === document.body || this.element.contains(document.activeElement)) {
      this.field.input.focus();
    }
    notice(`Tags of ${this.one.fileName} saved.`);
  }

  async failed(failure) {
    if (this.isLeft) {
      alarm(`The tags of ${this.one.fileName} are not saved, but what you typed is kept; open it again. ${failure.message}`);
    } else if (failure.isStale) {
      await this.merge().catch(unread => alarm(`The tags are not saved: ${unread.message}`));
    } else {
      alarm(`The tags are not saved: ${failure.message}`);
    }
  }

  /** Somebody else has changed the picture. */
  async merge() {
    this.refresh(await pictures.find(this.one.id));
    alarm('Somebody else has changed this picture meanwhile. Your tags and theirs are now together in the field; look at them and save again.');
  }
}
