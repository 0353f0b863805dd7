import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type StandFault, standFaults, trainingKeyPin } from '../../shared/domain/training.ts'
import { standDir } from '../compose-training-stand.ts'
import { dataDirOf } from './command-options.ts'
import { createConsoleIo } from './console-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'

/**
 * The stand alone, until it is interrupted. Its first line on stdout is JSON: where it listens, what to trust, the
 * workstation's key, and a settings file with which a workstation elsewhere on this machine reaches it.
 */
export async function standCommand(options: { readonly port?: number; readonly data?: string }): Promise<ExitCode> {
  const { startTrainingStand, trainingSettings } = await import('../compose-training.ts')
  const dataDir = dataDirOf(options, 'training')
  const stand = await startTrainingStand({ dataDir, port: options.port ?? 0 })
  const settings = path.join(standDir(dataDir), 'settings.json')
  await writeFile(settings, `${JSON.stringify(trainingSettings(stand), undefined, 2)}\n`)
  createConsoleIo({ json: true }).answer(
    {
      gateway: stand.gatewayUrl,
      web: stand.portalUrl,
      trust: stand.trustDir,
      with: stand.intermediatesDir,
      tlsAuthority: stand.tlsAuthorityFile,
      portalCertificate: stand.portalCertificateFile,
      portalCertificates: stand.portalCertificatesDir,
      workstationKey: stand.workstationKeyFile,
      workstationKeyPin: trainingKeyPin,
      keys: stand.keyFiles,
      personKeys: stand.personKeyFiles,
      ocsp: stand.services.ocspUrl,
      tsp: stand.services.timestampUrls,
      crl: stand.services.revocationListUrls,
      rootCrl: stand.services.rootRevocationListUrls,
      settings,
    },
    [],
  )
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve)
    process.once('SIGTERM', resolve)
  })
  await stand.close()
  return exitCode.done
}

/** Tells the stand of a data folder, running or not, how to misbehave from its next message on. */
export async function standFaultCommand(
  fault: string,
  options: { readonly data?: string; readonly minutes?: number },
): Promise<ExitCode> {
  const io = createConsoleIo({ json: false })
  const known = standFaults.find((name) => name === fault) satisfies StandFault | undefined
  if (known === undefined && fault !== 'none') {
    io.tell(`Неизвестный сбой. Возможные: none, ${standFaults.join(', ')}`)
    return exitCode.badInput
  }
  const { writeStandFault } = await import('../../stand/faults/fault-file.ts')
  await writeStandFault({
    dataDir: standDir(dataDirOf(options, 'training')),
    fault: known,
    ...(known === 'portal-clock' && options.minutes !== undefined ? { minutes: options.minutes } : {}),
  })
  return exitCode.done
}

/** Revokes a certificate of the stand of a data folder, puts it on hold, or lifts the hold. */
export async function standRevokeCommand(
  name: string,
  options: { readonly data?: string; readonly hold?: boolean; readonly reinstate?: boolean },
): Promise<ExitCode> {
  const io = createConsoleIo({ json: false })
  const { changeRevocation, revocableCertificates } = await import('../../stand/start-stand.ts')
  if (!revocableCertificates.includes(name)) {
    io.tell(`Неизвестный сертификат. Возможные: ${revocableCertificates.join(', ')}`)
    return exitCode.badInput
  }
  const change = options.reinstate === true ? 'reinstate' : options.hold === true ? 'hold' : 'revoke'
  const dataDir = standDir(dataDirOf(options, 'training'))
  if (await changeRevocation({ dataDir, name, change, at: new Date() })) return exitCode.done
  io.tell(
    change === 'reinstate'
      ? 'Снять нечего: этот сертификат не приостановлен.'
      : 'В этой папке ещё нет учебного удостоверяющего центра: сначала запустите стенд.',
  )
  return exitCode.badInput
}
