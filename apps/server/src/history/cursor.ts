import { BadRequestException } from '@nestjs/common';

/** Where the next page of a list «newest first» begins: behind this time and id. */
export function cursorOf(at: Date, id: string): string {
  return Buffer.from(`${at.toISOString()} ${id}`).toString('base64url');
}

export function afterCursor(cursor: string): { at: string; id: string } {
  const [at, id] = Buffer.from(cursor, 'base64url').toString().split(' ');
  if (!at || !id || Number.isNaN(Date.parse(at))) throw new BadRequestException(`cursor ${JSON.stringify(cursor)} is none that we gave.`);
  return { at, id };
}
