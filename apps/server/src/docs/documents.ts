import type { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Config } from '../config.js';
import { asyncApiDocument } from './asyncapi.js';
import { openApiDocument } from './openapi.js';

/** `/api/docs` (everything it needs comes from here), `/api/openapi.json`, `/api/asyncapi.json`. Made when first asked for. */
export function serveDocuments(app: NestExpressApplication): void {
  SwaggerModule.setup('api/docs', app, () => openApiDocument(app), {
    jsonDocumentUrl: 'api/openapi.json',
    raw: ['json'],
    customSiteTitle: 'MuckWatch API',
    swaggerOptions: { validatorUrl: null, persistAuthorization: false },
  });
  let asyncApi: string | undefined;
  app.use('/api/asyncapi.json', (_: Request, response: Response) => {
    asyncApi ??= JSON.stringify(asyncApiDocument(app.get(Config)));
    response.type('application/json').send(asyncApi);
  });
}
