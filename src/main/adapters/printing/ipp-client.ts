import type { Failure } from '../../../shared/contract/failure.ts'
import { fail, type Result, succeed } from '../../../shared/result.ts'
import { type IppAttributes, type IppRequestAttribute, type IppResponse, type IppValue, ippTag } from './ipp-message.ts'
import { exchangeIpp, type IppAnswer, type IppEndpoint } from './ipp-transport.ts'

/** Operations of RFC 8011, 5.4.15, and of CUPS. */
const operation = {
  printJob: 0x0002,
  cancelJob: 0x0008,
  getJobAttributes: 0x0009,
  getJobs: 0x000a,
  getPrinterAttributes: 0x000b,
  cupsGetPrinters: 0x4002,
} as const

const SERVER_ERROR_JOB_CANCELED = 0x0508
/** Nobody's name: job lists of spoolers and printers are read by many. */
const USER_NAME = 'arm-tson'
const QUESTION_DEADLINE_MS = 5_000

/** A job as its printer describes it. */
export interface JobSnapshot {
  readonly id: number
  /** RFC 8011, 5.3.7: 3 pending, 4 held, 5 processing, 6 stopped, 7 canceled, 8 aborted, 9 completed. */
  readonly state: number
  readonly reasons: readonly string[]
  /** Sheets' sides that came out, where the printer counts them. */
  readonly impressions?: number
  /** Whether work on it ever began; undefined where the printer does not say. */
  readonly everProcessed?: boolean
}

export type SubmitOutcome =
  | { readonly kind: 'accepted'; readonly job: JobSnapshot }
  /** The printer said no, or was never reached: no job exists. */
  | { readonly kind: 'refused'; readonly failure: Failure }
  /** The document may have been read. */
  | { readonly kind: 'unknown'; readonly failure: Failure }

export interface IppClient {
  printerAttributes(names: readonly string[]): Promise<Result<IppAttributes>>
  printJob(job: {
    readonly document: Buffer
    readonly format: string
    readonly jobName: string
    readonly attributes: readonly IppRequestAttribute[]
    readonly deadlineMs: number
  }): Promise<SubmitOutcome>
  job(id: number): Promise<Result<JobSnapshot>>
  /** A job by its name, wherever it stands; undefined where the printer knows none. */
  findJob(jobName: string): Promise<Result<JobSnapshot | undefined>>
  cancel(id: number): Promise<Result<undefined>>
  /** Queues of a CUPS server, with these of their attributes. */
  queues(names: readonly string[]): Promise<Result<readonly IppAttributes[]>>
}

export function createIppClient(endpoint: IppEndpoint): IppClient {
  let lastRequestId = 0

  const ask = (
    code: number,
    attributes: readonly IppRequestAttribute[],
    more: { document?: Buffer; jobAttributes?: readonly IppRequestAttribute[]; deadlineMs?: number } = {},
  ): Promise<IppAnswer> => {
    lastRequestId = (lastRequestId % 0x7fffffff) + 1
    return exchangeIpp({
      endpoint,
      deadlineMs: more.deadlineMs ?? QUESTION_DEADLINE_MS,
      ...(more.document === undefined ? {} : { document: more.document }),
      request: {
        operation: code,
        requestId: lastRequestId,
        operationAttributes: [
          { tag: ippTag.charset, name: 'attributes-charset', values: ['utf-8'] },
          { tag: ippTag.naturalLanguage, name: 'attributes-natural-language', values: ['en'] },
          ...attributes,
        ],
        ...(more.jobAttributes === undefined ? {} : { jobAttributes: more.jobAttributes }),
      },
    })
  }
  const printerUri: IppRequestAttribute = { tag: ippTag.uri, name: 'printer-uri', values: [endpoint.uri] }
  const userName: IppRequestAttribute = { tag: ippTag.name, name: 'requesting-user-name', values: [USER_NAME] }
  const wanted = (names: readonly string[]): IppRequestAttribute => ({
    tag: ippTag.keyword,
    name: 'requested-attributes',
    values: names,
  })
  const jobTarget = (id: number): IppRequestAttribute[] => [
    printerUri,
    { tag: ippTag.integer, name: 'job-id', values: [id] },
    userName,
  ]
  const groupsOf = (response: IppResponse, tag: number): IppAttributes[] =>
    response.groups.filter((group) => group.tag === tag).map(({ attributes }) => attributes)

  return {
    async printerAttributes(names) {
      const answer = succeeded(await ask(operation.getPrinterAttributes, [printerUri, userName, wanted(names)]))
      if (!answer.ok) return answer
      const [printer] = groupsOf(answer.value, ippTag.printerGroup)
      return printer === undefined ? malformed('no-printer-group') : succeed(printer)
    },

    async printJob({ document, format, jobName, attributes, deadlineMs }) {
      const answer = await ask(
        operation.printJob,
        [
          printerUri,
          userName,
          { tag: ippTag.name, name: 'job-name', values: [jobName] },
          { tag: ippTag.boolean, name: 'ipp-attribute-fidelity', values: [false] },
          { tag: ippTag.mimeMediaType, name: 'document-format', values: [format] },
        ],
        { document, jobAttributes: attributes, deadlineMs },
      )
      if (answer.kind === 'failed') {
        return { kind: answer.mayHaveArrived ? 'unknown' : 'refused', failure: answer.failure }
      }
      const { status } = answer.response
      if (status === SERVER_ERROR_JOB_CANCELED) return { kind: 'unknown', failure: refusal(status) }
      if (!isSuccess(status)) return { kind: 'refused', failure: refusal(status) }
      const job = groupsOf(answer.response, ippTag.jobGroup).map(snapshot)[0]
      if (job === undefined) return { kind: 'unknown', failure: { code: 'print.malformed-answer', detail: 'no-job' } }
      return { kind: 'accepted', job }
    },

    async job(id) {
      const answer = succeeded(await ask(operation.getJobAttributes, [...jobTarget(id), wanted(JOB_ATTRIBUTES)]))
      if (!answer.ok) return answer
      const job = groupsOf(answer.value, ippTag.jobGroup).map(snapshot)[0]
      return job === undefined || job.id !== id ? malformed('no-job') : succeed(job)
    },

    async findJob(jobName) {
      for (const which of ['not-completed', 'completed']) {
        const question: IppRequestAttribute = { tag: ippTag.keyword, name: 'which-jobs', values: [which] }
        const limit: IppRequestAttribute = { tag: ippTag.integer, name: 'limit', values: [100] }
        const answer = succeeded(
          await ask(operation.getJobs, [
            printerUri,
            userName,
            question,
            limit,
            wanted(['job-name', ...JOB_ATTRIBUTES]),
          ]),
        )
        if (!answer.ok) return answer
        const found = groupsOf(answer.value, ippTag.jobGroup).find((job) => textOf(job, 'job-name') === jobName)
        const job = found === undefined ? undefined : snapshot(found)
        if (job !== undefined) return succeed(job)
      }
      return succeed(undefined)
    },

    async cancel(id) {
      const answer = succeeded(await ask(operation.cancelJob, jobTarget(id)))
      return answer.ok ? succeed(undefined) : answer
    },

    async queues(names) {
      const answer = succeeded(await ask(operation.cupsGetPrinters, [userName, wanted(names)]))
      return answer.ok ? succeed(groupsOf(answer.value, ippTag.printerGroup)) : answer
    },
  }
}

const JOB_ATTRIBUTES = [
  'job-id',
  'job-state',
  'job-state-reasons',
  'job-impressions-completed',
  'time-at-processing',
] as const

function succeeded(answer: IppAnswer): Result<IppResponse> {
  if (answer.kind === 'failed') return fail(answer.failure)
  return isSuccess(answer.response.status) ? succeed(answer.response) : fail(refusal(answer.response.status))
}

function isSuccess(status: number): boolean {
  return status < 0x0100
}

function refusal(status: number): Failure {
  return { code: 'print.printer-failed', detail: `IPP 0x${status.toString(16).padStart(4, '0')}` }
}

function malformed(detail: string): Result<never> {
  return fail({ code: 'print.malformed-answer', detail })
}

function snapshot(attributes: IppAttributes): JobSnapshot | undefined {
  const id = numberOf(attributes, 'job-id')
  const state = numberOf(attributes, 'job-state')
  if (id === undefined || id < 1 || state === undefined || state < 3 || state > 9) return undefined
  const impressions = numberOf(attributes, 'job-impressions-completed')
  const begun = attributes.get('time-at-processing')?.[0]
  return {
    id,
    state,
    reasons: textsOf(attributes, 'job-state-reasons'),
    ...(impressions === undefined ? {} : { impressions }),
    ...(begun === undefined ? {} : { everProcessed: typeof begun === 'number' }),
  }
}

export function textsOf(attributes: IppAttributes, name: string): readonly string[] {
  return (attributes.get(name) ?? []).filter((value: IppValue) => typeof value === 'string')
}

export function textOf(attributes: IppAttributes, name: string): string | undefined {
  return textsOf(attributes, name)[0]
}

export function numberOf(attributes: IppAttributes, name: string): number | undefined {
  const value = attributes.get(name)?.[0]
  return typeof value === 'number' ? value : undefined
}
