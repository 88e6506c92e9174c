import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const TYPES: Record<string, string> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  webmanifest: 'application/manifest+json',
};

/** The build packs the pages' texts: here the packed file is sent to whoever can unpack it. Brotli before gzip; a client that says neither gets the file as it is. */
export function packedAssets(folder: string): RequestHandler {
  const known = new Map<string, boolean>();
  const isThere = (path: string) => {
    const there = known.get(path) ?? existsSync(join(folder, path));
    known.set(path, there);
    return there;
  };
  return (request: Request, response: Response, next: NextFunction): void => {
    // Only names as the build gives them: nothing that climbs out of the folder.
    const [path, ending] = /^\/(?:assets\/)?[\w-]+\.(?:[\w-]+\.)?(\w+)$/.exec(request.path) ?? [];
    const type = TYPES[ending ?? ''];
    if (!path || !type || (request.method !== 'GET' && request.method !== 'HEAD')) return next();
    response.vary('Accept-Encoding');
    const coding = request.acceptsEncodings('br', 'gzip', 'identity');
    const suffix = coding === 'br' ? '.br' : coding === 'gzip' ? '.gz' : null;
    if (suffix === null || !isThere(path + suffix)) return next();
    response.setHeader('Content-Encoding', coding as string);
    response.setHeader('Content-Type', type);
    request.url = path + suffix;
    next();
  };
}
