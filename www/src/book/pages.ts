import type { BookPage } from "./page.ts";

const modules = import.meta.glob<BookPage>("../../book/*.md", { eager: true, import: "default" });

/** All pages, in the order of the book. */
export const pages: readonly BookPage[] = Object.values(modules).sort((a, b) => a.order - b.order);

/** A page with its neighbours, or `undefined` if the book has no such page. */
export function findPage(slug: string | undefined) {
  const index = pages.findIndex((page) => page.slug === slug);
  const page = pages[index];
  return page && { page, previous: pages[index - 1], next: pages[index + 1] };
}

/** The address of a page. */
export function pagePath(page: BookPage): string {
  return `/book/${page.slug}`;
}
