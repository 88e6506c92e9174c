/** What this browser remembers between visits; a browser that forbids storage just forgets. */
export function remembered(key: string): string | null {
  try {
    return localStorage.getItem(`muckwatch.${key}`);
  } catch {
    return null;
  }
}

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`muckwatch.${key}`, value);
  } catch {
    // Private windows may refuse storage; the choice then lasts until the page is closed.
  }
}

export function forget(key: string): void {
  try {
    localStorage.removeItem(`muckwatch.${key}`);
  } catch {
    // Nothing was kept where storage is refused.
  }
}
