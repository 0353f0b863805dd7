import { forbidCoreDumps } from './adapters/process-memory/forbid-core-dumps.ts'

export { forbidCoreDumps }
