import { importText } from '@justera/interchange'

/** Runs in a thread of the import pool; see importReader.ts. */
export default importText
