import { rolesZh } from '@muckwatch/contract';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { IoAdapter } from '@nestjs/platform-socket.io';
import cookieParser from 'cookie-parser';
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppModule } from './app.module.js';
import { PLANNERS } from './auth/roles.js';
import { Refusals } from './audit/refusals.js';
import { AuthService } from './auth/auth.service.js';
import { tokenOf } from './auth/token.js';
import { type Config, tileHostOf } from './config.js';
import { serveDocuments } from './docs/documents.js';
import { PinoLogger } from './logger.js';
import { packedAssets } from './packed.js';
import { ProblemFilter, SchemaPipe } from './problem.js';
import { Refusal } from './refusal.js';

const MIB = 1_048_576;
const BODY_LIMIT = MIB;
const IMPORT_LIMIT = 32 * MIB;
/** What may be large: imports, and the one base map. */
const LARGE = /^\/api\/v1\/(?:[a-z-]+\/import|base-map)\/?$/;
const PHOTO_LIMIT = 5 * MIB;
const PHOTO = /^\/api\/v1\/notices\/[^/]+\/photos\/?$/;
const PICTURES = ['image/jpeg', 'image/png', 'image/webp'];
/** What the server answers itself; every other address is the control room's. */
const OURS = /^\/(?:api|health|metrics|socket\.io)(?:\/|$)/;
/** Outside /api/v1: what probes, Prometheus and readers of documents look for. */
const UNPREFIXED = ['health/live', 'health/ready', 'metrics'];

/** The whole server, ready to listen. */
export async function createServer(config: Config): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.with(config), {
    logger: new PinoLogger(config.logLevel),
    bodyParser: false,
    forceCloseConnections: true,
    abortOnError: false,
  });
  app.disable('x-powered-by');
  // A proxy on this machine may say whom it speaks for; nobody else may.
  app.set('trust proxy', 'loopback');
  app.use(securityHeaders(config));
  app.use(cookieParser());
  app.use('/api', (_: Request, response: Response, next: NextFunction) => {
    response.setHeader('Cache-Control', 'private, no-cache');
    next();
  });
  app.use('/api', app.get(Refusals).watch);
  app.use(bodyLimits(app.get(AuthService)));
  app.useBodyParser('json', { type: ['application/json', 'application/geo+json'], limit: IMPORT_LIMIT, inflate: false });
  app.useBodyParser('text', { type: 'text/csv', limit: IMPORT_LIMIT, inflate: false });
  app.useBodyParser('raw', { type: PICTURES, limit: PHOTO_LIMIT, inflate: false });
  app.setGlobalPrefix('api/v1', { exclude: UNPREFIXED });
  app.useGlobalPipes(new SchemaPipe());
  app.useGlobalFilters(new ProblemFilter());
  app.useWebSocketAdapter(new IoAdapter(app));
  serveDocuments(app);
  serveControlRoom(app);
  return app;
}

function securityHeaders(config: Config) {
  const https = config.publicUrl.startsWith('https:');
  const tiles = config.tiles ? [tileHostOf(config.tiles.url)] : [];
  return helmet({
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:', ...tiles],
        fontSrc: ["'self'", 'data:'],
        styleSrc: ["'self'", "'unsafe-inline'"],
        connectSrc: ["'self'", 'ws:', 'wss:'],
        // The default is plain http on a city's own network: an upgrade would ask a port that speaks no TLS.
        upgradeInsecureRequests: null,
      },
    },
    strictTransportSecurity: https,
    crossOriginOpenerPolicy: https,
    originAgentCluster: https,
  });
}

/** Refuses by length before anything is read, and a large body from nobody at all. */
function bodyLimits(auth: AuthService) {
  return (request: Request, _: Response, next: NextFunction): void => {
    if (request.headers['transfer-encoding'])
      return next(new Refusal(411, { en: 'Say the length of the body (Content-Length).', zh: '请写明请求内容的长度（Content-Length）。' }));
    const length = Number(request.headers['content-length'] ?? 0);
    if (length <= BODY_LIMIT) return next();
    const isPhoto = PHOTO.test(request.path);
    const limit = LARGE.test(request.path) ? IMPORT_LIMIT : isPhoto ? PHOTO_LIMIT : BODY_LIMIT;
    if (length > limit)
      return next(
        new Refusal(413, { en: `The body has ${length} bytes; at most ${limit} are taken here.`, zh: `请求内容有 ${length} 字节，这里最多 ${limit} 字节。` }),
      );
    const token = tokenOf(request.headers)?.token;
    if (!token) return next(new Refusal(401, { en: 'Sign in first.', zh: '请先登录。' }));
    auth.sessionOf(token).then((viewer) => {
      if (!viewer) next(new Refusal(401, { en: 'Sign in first.', zh: '请先登录。' }));
      else if (!PLANNERS.includes(viewer.role) && !isPhoto)
        next(new Refusal(403, { en: `This needs the role ${PLANNERS.join(' or ')}.`, zh: `需要的角色：${rolesZh(PLANNERS)}。` }));
      else next();
    }, next);
  };
}

/** The built pages. Files under assets/ bear a hash in their names and never change; any other address of a page is the one page. */
function serveControlRoom(app: NestExpressApplication): void {
  const folder = fileURLToPath(new URL(import.meta.url.includes('/dist/') ? '../../control-room/' : '../../../dist/apps/control-room/', import.meta.url));
  const page = join(folder, 'index.html');
  app.use(packedAssets(folder));
  app.useStaticAssets(folder, {
    index: false,
    setHeaders: (response: Response, path: string) => {
      const lasting = path.startsWith(join(folder, 'assets'));
      response.setHeader('Cache-Control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  app.use((request: Request, response: Response, next: NextFunction) => {
    const isPage = (request.method === 'GET' || request.method === 'HEAD') && !OURS.test(request.path) && !/\.\w+$/.test(request.path);
    if (!isPage) return next();
    if (!existsSync(page)) return next(new Refusal(404, { en: 'The control room is not built yet: npm run build.', zh: '页面还没有构建：npm run build。' }));
    response.sendFile(page, { headers: { 'Cache-Control': 'no-cache' } });
  });
}
