import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { problem } from '@muckwatch/contract';
import type { z } from 'zod';
import { openApiSchema } from '../api.js';
import { COOKIE } from '../auth/token.js';

const ABOUT =
  'Times are RFC 3339 in UTC, errors RFC 9457 problem+json. What is wrong (`detail`, `message`) is told in Chinese ' +
  'where `Accept-Language` prefers zh, else in English. Sign in with `POST /api/v1/auth/login`: its token opens everything as a bearer token, ' +
  'and so does the cookie; with the cookie, changes must come from our own pages (Origin or Sec-Fetch-Site).';
const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;

/** The HTTP side, read off the controllers and the schemas that validate. */
export function openApiDocument(app: NestExpressApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('MuckWatch 渣土通')
    .setDescription(ABOUT)
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer' }, 'bearer')
    .addCookieAuth(COOKIE, { type: 'apiKey', in: 'cookie', name: COOKIE }, 'cookie')
    .addSecurityRequirements('bearer')
    .addSecurityRequirements('cookie')
    .build();
  const document = SwaggerModule.createDocument(app, config, { standardSchemaConverter: (schema) => openApiSchema(schema as z.ZodType) });

  const { schema, components } = openApiSchema(problem);
  Object.assign((document.components!.schemas ??= {}), components);
  for (const item of Object.values(document.paths)) {
    for (const method of METHODS) {
      const operation = item[method];
      if (!operation) continue;
      operation.responses.default = { description: 'What was wrong', content: { 'application/problem+json': { schema } } };
      const marked = operation as typeof operation & { 'x-public'?: boolean };
      if (marked['x-public']) operation.security = [];
      delete marked['x-public'];
    }
  }
  return document;
}
