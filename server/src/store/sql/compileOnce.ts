import type { Compilable, CompiledQuery, Kysely, QueryResult } from 'kysely'
import type { Database } from './database.ts'

/** Stands for a parameter while a query is built; fits every column. */
export type Slot = (name: string) => never

type Parameters = Readonly<Record<string, unknown>>

/**
 * A query that is built and compiled once a dialect and then run with other values: for statements that every
 * commit runs, where building costs more than the database does.
 * @param build gives each value that changes as `slot(name)`
 * @returns runs the query; the parameters carry the slots' names
 */
export function compileOnce(
  build: (db: Kysely<Database>, slot: Slot) => Compilable,
): (db: Kysely<Database>, parameters: Parameters) => Promise<QueryResult<unknown>> {
  const compiled = new WeakMap<object, CompiledQuery>() // a transaction shares its database's adapter
  return (db, parameters) => {
    const { adapter } = db.getExecutor()
    const query = compiled.get(adapter) ?? build(db, (name) => name as never).compile()
    compiled.set(adapter, query)
    return db.executeQuery({ ...query, parameters: query.parameters.map((name) => parameters[String(name)]) })
  }
}
