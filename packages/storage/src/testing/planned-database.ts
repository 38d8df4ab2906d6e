import type { Client } from 'pg';
import type { Database, Session, Statement } from '../postgres/database.ts';

/** Part of a plan as EXPLAIN writes it. */
interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly Plans?: readonly PlanNode[];
}

/** One way in which a statement would be run. */
export interface Plan {
  readonly statement: string;
  /** `generic`: for whatever parameters, as the server keeps it for named statements. */
  readonly mode: 'custom' | 'generic';
  readonly nodes: readonly PlanNode[];
}

/**
 * A database that notes the plans of every statement before it runs it, asked for on a connection of its own. What the
 * statement would find there makes no difference to them.
 */
export function createPlannedDatabase(
  database: Database,
  planner: Client,
): { readonly database: Database; readonly takePlans: () => Plan[] } {
  let plans: Plan[] = [];
  const plan = async (statement: Statement | string, values: readonly unknown[]): Promise<void> => {
    const text = typeof statement === 'string' ? statement : statement.text;
    if (!/^\s*(with|select|insert|update|delete)\b/i.test(text)) return;
    // Without a name a statement is planned anew each time.
    const named = typeof statement !== 'string' && statement.name !== undefined;
    for (const mode of named ? (['custom', 'generic'] as const) : (['custom'] as const)) {
      plans.push({ statement: text, mode, nodes: await explain(planner, mode, { text, values }) });
    }
  };
  const planned = (session: Session): Session => ({
    async rows(statement, values) {
      await plan(statement, values);
      return await session.rows(statement, values);
    },
  });
  return {
    database: {
      ...planned(database),
      async run(action, statement, values) {
        await plan(statement, values);
        return await database.run(action, statement, values);
      },
      transaction: (action, work) => database.transaction(action, (session) => work(planned(session))),
      close: () => database.close(),
    },
    takePlans() {
      const taken = plans;
      plans = [];
      return taken;
    },
  };
}

async function explain(
  planner: Client,
  mode: Plan['mode'],
  { text, values }: { readonly text: string; readonly values: readonly unknown[] },
): Promise<PlanNode[]> {
  const parameters = values.length === 0 ? '' : `(${values.map(literal).join(', ')})`;
  await planner.query(`set plan_cache_mode = force_${mode}_plan`);
  await planner.query(`prepare planned as ${text}`);
  try {
    const { rows } = await planner.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
      `explain (format json) execute planned${parameters}`,
    );
    return rows.flatMap((row) => row['QUERY PLAN'].flatMap(({ Plan }) => flatten(Plan)));
  } finally {
    await planner.query('deallocate planned');
  }
}

function flatten(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(flatten)];
}

/** A parameter as the driver would write it, as a constant of the type that the statement gives it. */
function literal(value: unknown): string {
  return value === null || value === undefined ? 'null' : `'${textOf(value).replaceAll("'", "''")}'`;
}

function textOf(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`;
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) =>
      item === null || item === undefined
        ? 'null'
        : `"${textOf(item).replaceAll(/["\\]/g, String.raw`\$&`)}"`,
    );
    return `{${items.join(',')}}`;
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}
