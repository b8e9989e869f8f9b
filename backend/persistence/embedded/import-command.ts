import { importDatabases } from './ndjson.ts'
import { describeCounts, runTool } from './tool.ts'

const usage = 'npm run import -- --from FOLDER [--data DATA_DIR | --uri URI]'

runTool('from', usage, async ({ folder, withServer }) =>
  describeCounts(await withServer((uri) => importDatabases(uri, folder)), 'imported'),
)
