import { applyDecorators, HttpCode, SetMetadata } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { z } from 'zod';

/** What an endpoint answers when all is well, with the schema that the OpenAPI document shows; `null`: no body, 204. */
export function Answers(schema: z.ZodType | null, description = '', status = schema ? 200 : 204): MethodDecorator {
  return applyDecorators(HttpCode(status), ApiResponse({ status, description, ...(schema ? { standardSchema: schema } : {}) }));
}

export const UNRECORDED = 'audit:unrecorded';
/** Changes nothing although its method says that it might, and is asked often: the audit has no row of it. */
export const Unrecorded = (): MethodDecorator => SetMetadata(UNRECORDED, true);

type Json = Record<string, unknown>;

/** A schema that validates, as OpenAPI says it. One with `.meta({ id })` is a component, referred to by its name. */
export function openApiSchema(schema: z.ZodType): { schema: Json; components: Json } {
  const json = z.toJSONSchema(schema, { target: 'openapi-3.0', io: 'input', override: tidy });
  const text = JSON.stringify(json).replaceAll(/#\/(?:definitions|\$defs)\//g, '#/components/schemas/');
  const { definitions = {}, $defs = {}, ...root } = JSON.parse(text) as Json & { definitions?: Json; $defs?: Json };
  const id = schema.meta()?.id;
  const components: Json = { ...definitions, ...$defs };
  if (id && !components[id]) components[id] = root;
  return { schema: id ? { $ref: `#/components/schemas/${id}` } : root, components };
}

/** The calendar as a regular expression helps no reader; names of components are said by where they stand. */
function tidy({ jsonSchema }: { jsonSchema: Json }): void {
  if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
  for (const keyword of ['id', '$schema', '$id']) delete jsonSchema[keyword];
}
