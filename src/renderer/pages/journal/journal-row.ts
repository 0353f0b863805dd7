import type { ChannelOutput } from '../../../shared/contract/channels.ts'

export type JournalRow = ChannelOutput<'audit.rows'>['rows'][number]
