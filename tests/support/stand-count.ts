import { z } from 'zod'
import { createRecordStore } from '../../src/stand/storage/record-store.ts'

/** Adds one to a record, many times, as one of several processes: `node stand-count.ts FOLDER TIMES`. */
const [, , folder = '', times = '0'] = process.argv
const store = createRecordStore({ folder, schema: z.object({ count: z.int() }) })
for (let round = 0; round < Number(times); round += 1) {
  await store.update('1', async (current) => ({ next: { count: (current?.count ?? 0) + 1 }, result: undefined }))
}
