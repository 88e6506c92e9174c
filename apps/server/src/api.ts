import { applyDecorators, HttpCode } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { z } from 'zod';

/** What an endpoint answers when all is well, with the schema that the OpenAPI document shows; `null`: no body, 204. */
export function Answers(schema: z.ZodType | null, description = '', status = schema ? 200 : 204): MethodDecorator {
  return applyDecorators(HttpCode(status), ApiResponse({ status, description, ...(schema ? { standardSchema: schema } : {}) }));
}
