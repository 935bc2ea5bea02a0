/** The words of the scripted server. */
export interface Word {
  word: string;
  /** The file it is in, for headings. */
  theme: string;
  /** A sentence for people who choose one. */
  shows: string;
}

let asked: Promise<Word[]> | undefined;

/** The words, or none where the server does not answer. The same promise each time, as React's `use` needs. */
export function words(server: string): Promise<Word[]> {
  asked ??= fetch(`${server}/words`).then(
    (answer) => answer.json() as Promise<Word[]>,
    () => [],
  );
  return asked;
}
