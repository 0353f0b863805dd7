import http from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'

/**
 * An IPP printer that a test controls to the last byte: it can refuse, stall, die and lie. It shares no code with the
 * workstation. What a request says is read only as far as the test needs it.
 */
export interface TestPrinter {
  readonly uri: string
  /** Documents that arrived whole, in order. */
  readonly documents: readonly Buffer[]
  readonly jobNames: readonly string[]
  /** Every byte of every request's attributes, as text: to look for what must not be there. */
  readonly attributeTexts: readonly string[]
  readonly requests: readonly number[]
  close(): Promise<void>
}

export interface JobView {
  readonly state: number
  readonly reasons?: readonly string[]
  readonly begun?: boolean
  readonly impressions?: number
}

export interface PrinterScript {
  readonly formats?: readonly string[]
  readonly accepting?: boolean
  readonly printerState?: number
  readonly printerReasons?: (look: number) => readonly string[]
  readonly mediaReady?: readonly string[]
  /** What Print-Job is answered with; 0 is success. */
  readonly printStatus?: number
  /** What happens to the connection of Print-Job. */
  readonly onPrint?:
    | 'answer'
    | 'reset-before-reading'
    | 'reset-after-reading'
    | 'stall'
    | 'garbage'
    | 'html'
    | 'huge'
    | 'wrong-id'
    | 'truncated'
    | 'http-503'
    | 'http-403'
  /** How the job stands at the n-th look, from 0. */
  readonly job?: (look: number) => JobView | 'gone' | 'reset'
  readonly onCancel?: () => void
  readonly tls?: { readonly key: string; readonly cert: string }
  readonly unnamedJobs?: boolean
}

const A4 = 'iso_a4_210x297mm'

export async function startTestPrinter(script: PrinterScript = {}): Promise<TestPrinter> {
  const documents: Buffer[] = []
  const jobNames: string[] = []
  const attributeTexts: string[] = []
  const requests: number[] = []
  const sockets = new Set<Duplex>()
  let looks = 0
  let printerLooks = 0

  const listener: http.RequestListener = (request, response) => {
    const chunks: Buffer[] = []
    const printResets = script.onPrint === 'reset-before-reading'
    request.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      const operation = chunks[0]?.readUInt16BE(2)
      if (printResets && operation === 2) request.socket.destroy()
    })
    request.on('error', () => undefined)
    request.on('end', () => {
      const body = Buffer.concat(chunks)
      const operation = body.readUInt16BE(2)
      const id = body.readInt32BE(4)
      requests.push(operation)
      const { attributes, document } = split(body)
      attributeTexts.push(attributes.toString('latin1') + JSON.stringify(request.headers))
      const answer = (bytes: Buffer, type = 'application/ipp'): void => {
        response.writeHead(200, { 'content-type': type })
        response.end(bytes)
      }
      switch (operation) {
        case 0x000b: {
          const reasons = script.printerReasons?.(printerLooks++) ?? ['none']
          return answer(message(0, id, [printerGroup(script, reasons)]))
        }
        case 0x0002: {
          documents.push(document)
          jobNames.push(/job-name..([\w-]+)/s.exec(attributes.toString('latin1'))?.[1] ?? '')
          switch (script.onPrint) {
            case 'reset-after-reading':
              return void request.socket.destroy()
            case 'stall':
              return
            case 'garbage':
              return answer(Buffer.from('not ipp at all'))
            case 'html':
              return answer(Buffer.from('<html>login</html>'), 'text/html')
            case 'huge':
              return answer(Buffer.alloc(8 << 20))
            case 'wrong-id':
              return answer(message(0, id + 1, [jobGroup({ state: 3 })]))
            case 'truncated':
              return answer(message(0, id, [jobGroup({ state: 3 })]).subarray(0, 20))
            case 'http-503':
            case 'http-403':
              response.writeHead(Number(script.onPrint.slice(5)))
              return void response.end()
            default:
              if ((script.printStatus ?? 0) !== 0) return answer(message(script.printStatus ?? 0, id, []))
              return answer(message(0, id, [jobGroup({ state: 3 })]))
          }
        }
        case 0x0009: {
          const view = script.job?.(looks++) ?? { state: 9, begun: true }
          if (view === 'reset') return void request.socket.destroy()
          return view === 'gone' ? answer(message(0x0406, id, [])) : answer(message(0, id, [jobGroup(view)]))
        }
        case 0x000a:
          if (script.unnamedJobs === true || jobNames.length === 0) return answer(message(0, id, []))
          return answer(message(0, id, [jobGroup({ state: 5, begun: true }, jobNames.at(-1))]))
        case 0x0008:
          script.onCancel?.()
          return answer(message(0, id, []))
        default:
          return answer(message(0x0501, id, []))
      }
    })
  }
  const server = script.tls === undefined ? http.createServer(listener) : https.createServer(script.tls, listener)
  server.on('connection', (socket: Duplex) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    uri: `${script.tls === undefined ? 'ipp' : 'ipps'}://127.0.0.1:${port}/ipp/print`,
    documents,
    jobNames,
    attributeTexts,
    requests,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

/** Parts the attributes of a request from its document. */
function split(body: Buffer): { attributes: Buffer; document: Buffer } {
  let at = 8
  while (at < body.length) {
    const tag = body[at++] ?? 3
    if (tag === 3) break
    if (tag < 0x10) continue
    at += 2 + body.readUInt16BE(at)
    at += 2 + body.readUInt16BE(at)
  }
  return { attributes: body.subarray(0, at), document: Buffer.from(body.subarray(at)) }
}

export function message(status: number, id: number, groups: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt16BE(0x0200, 0)
  head.writeUInt16BE(status, 2)
  head.writeInt32BE(id, 4)
  const common = group(1, [text(0x47, 'attributes-charset', 'utf-8'), text(0x48, 'attributes-natural-language', 'en')])
  return Buffer.concat([head, common, ...groups, Buffer.of(3)])
}

export function group(tag: number, attributes: readonly Buffer[]): Buffer {
  return Buffer.concat([Buffer.of(tag), ...attributes])
}

export function attribute(tag: number, name: string, value: Buffer): Buffer {
  const lengths = [Buffer.alloc(2), Buffer.alloc(2)] as const
  lengths[0].writeUInt16BE(Buffer.byteLength(name))
  lengths[1].writeUInt16BE(value.length)
  return Buffer.concat([Buffer.of(tag), lengths[0], Buffer.from(name), lengths[1], value])
}

export function text(tag: number, name: string, ...values: readonly string[]): Buffer {
  return Buffer.concat(values.map((value, index) => attribute(tag, index === 0 ? name : '', Buffer.from(value))))
}

export function integer(tag: number, name: string, value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return attribute(tag, name, bytes)
}

function printerGroup(script: PrinterScript, reasons: readonly string[]): Buffer {
  return group(4, [
    integer(0x23, 'printer-state', script.printerState ?? 3),
    text(0x44, 'printer-state-reasons', ...reasons),
    attribute(0x22, 'printer-is-accepting-jobs', Buffer.of(script.accepting === false ? 0 : 1)),
    text(0x49, 'document-format-supported', ...(script.formats ?? ['application/pdf'])),
    text(0x44, 'media-supported', A4, 'na_letter_8.5x11in'),
    text(0x44, 'media-ready', ...(script.mediaReady ?? [A4])),
    text(0x44, 'sides-supported', 'one-sided'),
    text(0x44, 'print-scaling-supported', 'auto', 'none'),
    text(0x44, 'pwg-raster-document-type-supported', 'sgray_8'),
    attribute(0x32, 'pwg-raster-document-resolution-supported', Buffer.from('0000012c0000012c03', 'hex')),
  ])
}

function jobGroup(view: JobView, name?: string): Buffer {
  return group(2, [
    integer(0x21, 'job-id', 7),
    integer(0x23, 'job-state', view.state),
    text(0x44, 'job-state-reasons', ...(view.reasons ?? ['none'])),
    ...(view.begun === undefined
      ? []
      : [view.begun ? integer(0x21, 'time-at-processing', 5) : attribute(0x13, 'time-at-processing', Buffer.alloc(0))]),
    ...(view.impressions === undefined ? [] : [integer(0x21, 'job-impressions-completed', view.impressions)]),
    ...(name === undefined ? [] : [text(0x42, 'job-name', name)]),
  ])
}
