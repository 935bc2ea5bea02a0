import Link from "next/link";

/** A server component, as pages are unless they say otherwise. */
export default async function Page() {
  return (
    <main>
      <h1>Home</h1>
      <Link href="/parts">Parts</Link>
    </main>
  );
}
