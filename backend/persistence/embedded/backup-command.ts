import { backupFolder } from './backup.ts'
import { runTool } from './tool.ts'

runTool('to', 'npm run backup -- --to FOLDER [--data DATA_DIR]', async ({ folder, database }) => {
  const { bytes } = await backupFolder(database, folder)
  return `${String(bytes)} bytes written to ${folder}`
})
