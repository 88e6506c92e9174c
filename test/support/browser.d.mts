import type { Browser } from 'playwright-core';

/** Where a Chromium or Chrome is on this machine, or null. */
export function browserPath(): string | null;
/** It, opened without a window; null where there is none. */
export function openBrowser(): Promise<Browser | null>;
