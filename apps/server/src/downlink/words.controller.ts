import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type WordStats, wordStats, type WordStatsQuery, wordStatsQuery } from '@muckwatch/contract';
import { Answers } from '../api.js';
import { Roles } from '../auth/auth.guard.js';
import { CurrentViewer, type Viewer } from '../auth/viewer.js';
import { READS_COMMANDS } from './command-row.js';
import { WordStore } from './word.store.js';

@ApiTags('stats')
@Controller('stats/words')
export class WordsController {
  constructor(private readonly words: WordStore) {}

  @Get()
  @Roles(...READS_COMMANDS)
  @ApiOperation({ operationId: 'readWordStats', summary: 'Words to drivers by rule: told, spoken, put right afterwards' })
  @Answers(wordStats)
  read(@CurrentViewer() viewer: Viewer, @Query({ schema: wordStatsQuery }) query: WordStatsQuery): Promise<WordStats> {
    return this.words.stats(viewer, query);
  }
}
