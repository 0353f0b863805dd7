import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { StandFault } from '../../shared/domain/training.ts'

/**
 * What the gateway does wrong by itself, and whether the portal still does its part:
 *
 * | fault | the account | the answer |
 * | --- | --- | --- |
 * | `fault`, `gateway-error`, `http-500` | not changed: the message never reached the portal | an error |
 * | `garbage`, `silence`, `oversized` | changed: the reply was lost on its way back | nothing usable |
 * | `slow` | changed | right, but late |
 */
export const errorsBeforePortal = ['fault', 'gateway-error', 'http-500'] as const satisfies readonly StandFault[]
export const lostReplies = ['garbage', 'silence', 'oversized'] as const satisfies readonly StandFault[]
export type LostReply = (typeof lostReplies)[number]

const OVERSIZED_BYTES = 64 * 1024 * 1024
const CHUNK_BYTES = 64 * 1024

/** Loses a reply. `silence` sends nothing, ever: the connection ends with the stand. */
export async function loseReply(response: ServerResponse, fault: LostReply): Promise<void> {
  switch (fault) {
    case 'garbage':
      response.writeHead(200, { 'content-type': 'text/xml; charset=utf-8' }).end(randomBytes(2048))
      return
    case 'silence':
      return
    case 'oversized':
      response.writeHead(200, { 'content-type': 'text/xml; charset=utf-8' })
      // A client that has had enough hangs up, and that is no failure of ours.
      await pipeline(Readable.from(oversizedDocument()), response).catch(() => undefined)
  }
}

function* oversizedDocument(): Generator<Buffer> {
  yield Buffer.from('<?xml version="1.0" encoding="UTF-8"?>\n<oversized>')
  const chunk = Buffer.alloc(CHUNK_BYTES, 'A')
  for (let sent = 0; sent < OVERSIZED_BYTES; sent += CHUNK_BYTES) yield chunk
  yield Buffer.from('</oversized>')
}
