import type { NestExpressApplication } from '@nestjs/platform-express';

export function serveDocuments(_app: NestExpressApplication): void {}
