/** What the integrator reads on the console. The reader never sees any of it. */

const PREFIX = "chatkit-widget:";

/** Something does not work until the integrator or the network changes. */
export function logError(message: string, ...cause: [unknown?]): void {
  console.error(PREFIX, message, ...cause);
}

/** Something works, but not as it was asked for. */
export function logWarning(message: string, ...cause: [unknown?]): void {
  console.warn(PREFIX, message, ...cause);
}

/**
 * Runs code of the integrator. What it throws is theirs to see and must not pass through us: an exception that
 * unwinds through wasm leaves borrowed state behind.
 */
export function runCallback(name: string, callback: () => void): void {
  try {
    callback();
  } catch (error) {
    logError(`${name} threw`, error);
  }
}
