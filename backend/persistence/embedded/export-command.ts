import { exportDatabases } from './ndjson.ts'
import { describeCounts, runTool } from './tool.ts'

const usage = 'npm run export -- --to FOLDER [--data DATA_DIR | --uri URI]'

runTool('to', usage, async ({ folder, withServer }) =>
  describeCounts(await withServer((uri) => exportDatabases(uri, folder)), 'exported'),
)
