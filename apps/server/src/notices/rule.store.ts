import { Injectable } from '@nestjs/common';
import type { NoticeRule } from '@muckwatch/contract';
import { Database } from '../db/database.js';

/** Who is told of what, as rows. */
@Injectable()
export class NoticeRuleStore {
  constructor(private readonly database: Database) {}

  async list(): Promise<NoticeRule[]> {
    const { rows } = await this.database.query<RuleRow>(`select ${COLUMNS} from notice_rules order by id`);
    return rows.map(ruleOf);
  }

  /** Null where the id is taken. */
  async create(rule: NoticeRule): Promise<NoticeRule | null> {
    const { rows } = await this.database.query<RuleRow>(
      `insert into notice_rules (${COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (id) do nothing returning ${COLUMNS}`,
      valuesOf(rule),
    );
    return rows[0] ? ruleOf(rows[0]) : null;
  }

  /** Null where there is no such rule. */
  async replace(rule: NoticeRule): Promise<NoticeRule | null> {
    const { rows } = await this.database.query<RuleRow>(
      `update notice_rules set name = $2, role = $3, kinds = $4, least_severity = $5, within_minutes_of_leaving = $6, answer_within_working_hours = $7,
         escalate_to_role = $8, enabled = $9 where id = $1 returning ${COLUMNS}`,
      valuesOf(rule),
    );
    return rows[0] ? ruleOf(rows[0]) : null;
  }

  async remove(id: string): Promise<boolean> {
    const { rowCount } = await this.database.query('delete from notice_rules where id = $1', [id]);
    return rowCount === 1;
  }
}

const COLUMNS = 'id, name, role, kinds, least_severity, within_minutes_of_leaving, answer_within_working_hours, escalate_to_role, enabled';

interface RuleRow {
  id: string;
  name: string;
  role: NoticeRule['role'];
  kinds: NoticeRule['kinds'];
  least_severity: NoticeRule['leastSeverity'];
  within_minutes_of_leaving: number | null;
  answer_within_working_hours: number | null;
  escalate_to_role: NoticeRule['escalateToRole'];
  enabled: boolean;
}

function ruleOf(row: RuleRow): NoticeRule {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    kinds: row.kinds,
    leastSeverity: row.least_severity,
    withinMinutesOfLeaving: row.within_minutes_of_leaving,
    answerWithinWorkingHours: row.answer_within_working_hours,
    escalateToRole: row.escalate_to_role,
    enabled: row.enabled,
  };
}

function valuesOf(rule: NoticeRule): unknown[] {
  const { id, name, role, kinds, leastSeverity, withinMinutesOfLeaving, answerWithinWorkingHours, escalateToRole, enabled } = rule;
  return [id, name, role, kinds, leastSeverity, withinMinutesOfLeaving, answerWithinWorkingHours, escalateToRole, enabled];
}
