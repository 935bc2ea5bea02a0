/**
 * Trusted Types: a page with `require-trusted-types-for 'script'` takes the address of a script from a policy only. The
 * self-hosted engine needs none, OpenAI's is a script from elsewhere.
 */

/** The policy's name, for the page's `trusted-types` directive. */
const POLICY = "chatkit-widget";

interface Policy {
  createScriptURL(address: string): string;
}

declare global {
  interface Window {
    trustedTypes?: { createPolicy(name: string, rules: Policy): Policy };
  }
}

let policy: Policy | undefined;

/** The address of a script as the page takes it; as it is where the page takes no policy of this name. */
export function trustedAddress(address: string): string {
  try {
    policy ??= window.trustedTypes?.createPolicy(POLICY, { createScriptURL: (given) => given });
  } catch {
    return address;
  }
  return policy?.createScriptURL(address) ?? address;
}
