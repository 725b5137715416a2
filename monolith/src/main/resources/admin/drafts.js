// What was typed and is not saved yet, kept by the browser for as long as the tab lives, so that leaving a form or loading it anew loses nothing.

const PREFIX = 'draft of ';

export function draft(name) {
  const key = PREFIX + name;
  return {
    load: () => {
      try {
        return JSON.parse(sessionStorage.getItem(key));
      } catch (unreadable) {
        return null;
      }
    },
    keep: content => {
      try {
        sessionStorage.setItem(key, JSON.stringify(content));
      } catch (full) {
        // The form itself still holds it.
      }
    },
    forget: () => sessionStorage.removeItem(key),
  };
}
