/** A heading of the second level: what "On this page" lists and what a citation points at. */
export interface BookSection {
  /** The heading's id, by github-slugger. */
  id: string;
  title: string;
}

/** One page of the textbook, made from `book/NN-<slug>.md` at build time. */
export interface BookPage {
  /** The last part of the page's address: `/book/<slug>`. */
  slug: string;
  title: string;
  /** Its place in the book, from 1. */
  order: number;
  /** One sentence for lists and for `<meta name="description">`. */
  summary: string;
  /** Reading time in minutes, at 200 words a minute. */
  minutes: number;
  /** The body, rendered from trusted markdown. */
  html: string;
  sections: BookSection[];
}
