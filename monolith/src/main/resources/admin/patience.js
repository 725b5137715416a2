// What fails only for the moment is tried again with growing pauses, for as long as a handover of writes can reasonably take.

const FIRST_PAUSE = 400;
const LONGEST_PAUSE = 8_000;

/** Most patience with a write: then the user decides. */
export const FOR_WRITES = 10 * 60_000;
export const FOR_READS = 45_000;

/** An answer that is no success, or no answer at all. */
export class Refused extends Error {
  /** @param problem the problem document, or {} */
  constructor(status, problem, retryAfter) {
    super(problem.detail || (status === 0 ? 'The shop does not answer.' : `The shop answered ${status}.`));
    this.status = status;
    this.problem = problem;
    this.retryAfter = retryAfter;
  }

  /** Whether the same request is right in a moment: nobody answered, somebody in between gave up, or it was said so. */
  get isPassing() {
    return this.status === 0 || [429, 502, 503, 504].includes(this.status) || (this.status === 409 && this.retryAfter > 0);
  }

  /** Whether somebody else has changed the same thing since it was read. */
  get isStale() {
    return this.status === 412;
  }
}

/**
 * The attempt's first answer that is not for the moment only.
 *
 * @param told called with the failure and the pause in milliseconds before each pause, and with null after the last one, and whether the shop is still away then
 * @param signal ends it with what failed last
 */
export async function patiently(attempt, { patience, told = () => {}, signal } = {}) {
  const end = performance.now() + patience;
  let isAway = false;
  try {
    for (let tries = 0; ; tries += 1) {
      try {
        return await attempt();
      } catch (failure) {
        if (!failure.isPassing || signal?.aborted || performance.now() > end) {
          isAway = failure.isPassing;
          throw failure;
        }
        const grown = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** tries);
        const wait = Math.max(grown, Math.min(failure.retryAfter, 60) * 1000) * (1 + Math.random() / 5);
        told(failure, wait);
        await pause(wait, signal);
      }
    }
  } finally {
    told(null, 0, isAway);
  }
}

/** Ends early when the network is back, when somebody asks for it, or when it is given up. */
function pause(milliseconds, signal) {
  return new Promise(resolve => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener('online', done);
      hurried.removeEventListener('now', done);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    window.addEventListener('online', done);
    hurried.addEventListener('now', done);
    signal?.addEventListener('abort', done);
  });
}

const hurried = new EventTarget();

/** Everybody who pauses tries at once. */
export function hurry() {
  hurried.dispatchEvent(new Event('now'));
}
