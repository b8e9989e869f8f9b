import { join } from 'node:path'
import type { BareIntake } from './bare-intake-helper.ts'
import { askHelper, startHelper } from './helper.ts'
import type { Load, LoadFigures } from './load-helper.ts'
import { emptyFolder, startDatabase, startProduct } from './product.ts'

const CASE_DATABASE = 'hoiam'

/** The product and, on the same database server, the bare server it is compared with. */
export type Stack = {
  readonly product: { readonly url: string; readonly pid: number }
  readonly bare: { readonly url: string; readonly pid: number }
  readonly database: { readonly pid: number }
  end(): Promise<void>
}

/** Starts database, product and baseline, each in a process of its own. */
export async function startStack(): Promise<Stack> {
  const database = await startDatabase()
  const product = await startProduct(join(emptyFolder(), 'data'), {
    MONGODB_URI: database.uri,
    INSTALLATION_SECRET: 'a secret for the bench that is long enough',
  })
  // One report, so that there is a case for the baseline to copy.
  await sendReports({ url: product.url, amount: 1, inFlight: 1 })
  const bare = await startHelper<number>(new URL('./bare-intake-helper.js', import.meta.url), {
    uri: database.uri,
    caseDatabase: CASE_DATABASE,
  } satisfies BareIntake)
  return {
    product,
    bare: { url: `http://127.0.0.1:${bare.answer}`, pid: bare.pid },
    database,
    async end() {
      await Promise.all([product.end(), bare.end()])
      await database.end()
    },
  }
}

/** Sends reports from a process of its own. */
export async function sendReports(load: Load): Promise<LoadFigures> {
  return askHelper<LoadFigures>(new URL('./load-helper.js', import.meta.url), load)
}
