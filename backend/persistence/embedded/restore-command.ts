import { restoreFolder } from './backup.ts'
import { runTool } from './tool.ts'

const usage = 'npm run restore -- --from FOLDER [--data DATA_DIR]'

runTool('from', usage, async ({ folder, database }) => {
  const kept = await restoreFolder(folder, database)
  return kept ? `restored; what was there before is in ${kept}` : 'restored'
})
