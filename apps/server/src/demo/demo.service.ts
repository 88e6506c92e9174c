import { Injectable } from '@nestjs/common';

@Injectable()
export class DemoService {
  async start(): Promise<void> {}
}
