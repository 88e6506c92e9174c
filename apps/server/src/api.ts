import { applyDecorators, HttpCode } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { z } from 'zod';

/** What an endpoint answers when all is well, with the schema that the OpenAPI document shows; `null`: no body, 204. */
export function Answers(schema: z.ZodType | null, description = '', status = schema ? 200 : 204): MethodDecorator {
  return applyDecorators(HttpCode(status), ApiResponse({ status, description, ...(schema ? { standardSchema: schema } : {}) }));
}

/** A schema that validates, as OpenAPI says it. One with `.meta({ id })` is a component, referred to by its name. */
export function openApiSchema(schema: z.ZodType): { schema: Record<string, unknown>; components: Record<string, unknown> } {
  const { $defs = {}, ...root } = z.toJSONSchema(schema, { target: 'openapi-3.0', io: 'input', unrepresentable: 'any', override: tidy });
  delete root.$schema;
  const id = schema.meta()?.id;
  if (!id) return { schema: root, components: $defs };
  return { schema: { $ref: `#/components/schemas/${id}` }, components: { ...$defs, [id]: root } };
}

/** The calendar as a regular expression helps no reader; `id` is our name of the component, no keyword. */
function tidy({ jsonSchema }: { jsonSchema: Record<string, unknown> }): void {
  if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
  delete jsonSchema.id;
}
