import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openAuditLog } from '../../../src/main/adapters/audit-sqlite/open-audit-log.ts'
import { writeChosenFile } from '../../../src/main/adapters/printing/write-chosen-file.ts'
import { openPassphraseVault } from '../../../src/main/adapters/vault/open-passphrase-vault.ts'
import { layersOf, openSettings } from '../../../src/main/compose-settings.ts'
import type { AuditLog } from '../../../src/main/ports/audit-log.ts'
import type { SecretVault } from '../../../src/main/ports/secret-vault.ts'
import { checkWorkplaceSettings, createManageSettings } from '../../../src/main/use-cases/manage-settings.ts'
import { type SettingsForm, settingPaths } from '../../../src/shared/domain/settings-fields.ts'
import { createTestPki, toPem } from '../../support/pki-certificate.ts'
import { settableClock } from '../../support/settable-clock.ts'
import { makeTempDir } from '../../support/temp-dir.ts'

/** A real vault and a real log: what a workplace sets for itself, over the machine's file. */
const temp = makeTempDir()
const at = (...names: string[]) => path.join(temp.path, ...names)
const { root, signer } = createTestPki()
const by = { login: 'admin', role: 'administrator' } as const
let vault: SecretVault
let folders = 0

const machine = {
  mode: 'real',
  workstation: 'TSON-1',
  gateway: { url: 'https://shep.example.kz/', authority: 'root.pem', serviceId: 'S', senderId: 'T' },
  trust: { anchors: 'root.pem', portalCertificate: 'portal.pem' },
  key: 'key.p12',
  portalUrl: 'https://egov.kz/',
}

beforeAll(async () => {
  writeFileSync(at('root.pem'), toPem('CERTIFICATE', root.der))
  writeFileSync(at('portal.pem'), toPem('CERTIFICATE', signer.der))
  const opened = await openPassphraseVault({ file: at('vault.json'), passphrase: Buffer.from('words of this test') })
  if (!opened.ok) throw new Error(opened.failure.code)
  vault = opened.value
})
afterAll(() => {
  vault.close()
  temp.remove()
})

async function open(options: { dataDir: string; locked?: readonly string[]; document?: object }) {
  const layers = layersOf({ ...machine, ...options.document, locked: options.locked ?? [] }, temp.path)
  if (!layers.ok) throw new Error(layers.failure.detail)
  return openSettings({ layers: layers.value, dataDir: options.dataDir, vault })
}

async function workplace(options: { locked?: readonly string[] } = {}) {
  folders += 1
  const dataDir = at(`data-${folders}`)
  const opened = await open({ ...options, dataDir })
  if (!opened.ok) throw new Error(opened.failure.detail)
  const log = openAuditLog({ file: `${dataDir}.sqlite`, workstation: 'TSON-1', vault, clock: settableClock() })
  if (!log.ok) throw new Error(log.failure.code)
  const audit: AuditLog = log.value
  const manage = createManageSettings({ ...opened.value, audit, writeFile: writeChosenFile })
  return { dataDir, opened: opened.value, audit, manage, file: path.join(dataDir, 'settings.json') }
}

const changed = (form: SettingsForm, change: Partial<SettingsForm>): SettingsForm => ({ ...form, ...change })

describe('a workplace that sets something for itself', () => {
  test('keeps what differs, in force after the next start, with a row before and after each change', async () => {
    const { dataDir, audit, manage, file } = await workplace()
    const form = changed(manage.view().values, {
      'gateway.deadlineSeconds': ' 45 ',
      'session.idleMinutes': '3',
      'revocation.ocsp.url': 'http://ocsp.example.kz/',
    })
    expect(await manage.save({ form, by, origin: 'page' })).toEqual({
      ok: true,
      value: {
        changed: ['gateway.deadlineSeconds', 'revocation.ocsp.url', 'session.idleMinutes'],
        waiting: ['gateway.deadlineSeconds', 'revocation.ocsp.url'],
      },
    })
    expect(manage.view()).toMatchObject({
      own: ['gateway.deadlineSeconds', 'revocation.ocsp.url', 'session.idleMinutes'],
      waiting: ['gateway.deadlineSeconds', 'revocation.ocsp.url'],
    })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const rows = audit.list({ limit: 10 }).toReversed()
    expect(
      rows.map(({ event, actor, role, details }) => [
        event,
        actor,
        role,
        details?.['setting'],
        details?.['old'],
        details?.['new'],
      ]),
    ).toEqual(
      ['settings.changing', 'settings.changed'].flatMap((event) => [
        [event, 'admin', 'administrator', 'gateway.deadlineSeconds', '30', '45'],
        [event, 'admin', 'administrator', 'revocation.ocsp.url', '', 'http://ocsp.example.kz/'],
        [event, 'admin', 'administrator', 'session.idleMinutes', '5', '3'],
      ]),
    )
    const next = await open({ dataDir })
    if (!next.ok) throw new Error(next.failure.detail)
    expect(next.value.settings.gateway.deadlineMs).toBe(45_000)
    expect(next.value.settings.session.idleMs).toBe(180_000)
    expect(checkWorkplaceSettings({ store: next.value.store, audit })).toEqual({ ok: true, value: undefined })
    // Back to the machine's value: nothing of its own is left.
    await manage.save({ form: changed(manage.view().values, { 'gateway.deadlineSeconds': '30' }), by, origin: 'page' })
    expect(manage.view().own).not.toContain('gateway.deadlineSeconds')
    await audit.close()
  })

  test('is refused whole where one setting is wrong or a file is missing, and nothing is written', async () => {
    const { audit, manage, file } = await workplace()
    const { values } = manage.view()
    const wrong = changed(values, {
      'gateway.url': 'http://shep.kz/',
      'audit.backupsKept': '0',
      'trust.anchors': 'none.pem',
    })
    expect(await manage.problemsOf(wrong)).toEqual([
      { setting: 'gateway.url', problem: 'https' },
      { setting: 'audit.backupsKept', problem: 'range' },
    ])
    expect(
      await manage.problemsOf(changed(values, { 'trust.anchors': 'none.pem', 'gateway.authority': 'vault.json' })),
    ).toEqual([
      { setting: 'gateway.authority', problem: 'not-certificates' },
      { setting: 'trust.anchors', problem: 'file-absent', detail: 'ENOENT none.pem' },
    ])
    expect(await manage.save({ form: wrong, by, origin: 'page' })).toMatchObject({
      failure: { code: 'settings.invalid', detail: 'gateway.url' },
    })
    expect(() => readFileSync(file)).toThrow('ENOENT')
    expect(audit.list({ limit: 10 })).toEqual([])
    await audit.close()
  })

  test('in real mode cannot switch every question about revocation off', async () => {
    const { audit, manage } = await workplace()
    const off = changed(manage.view().values, { 'revocation.crl': 'off', 'revocation.ocsp': 'off' })
    expect(await manage.problemsOf(off)).toEqual([{ setting: 'revocation.crl', problem: 'needed-in-real-mode' }])
    await audit.close()
  })
})

test('the shipped example locks whom the workstation trusts, and nothing that a counter sets for itself', () => {
  const file = path.resolve(import.meta.dirname, '..', '..', '..', 'resources', 'settings.example.json')
  const layers = layersOf(JSON.parse(readFileSync(file, 'utf8')), temp.path)
  if (!layers.ok) throw new Error(layers.failure.detail)
  const locked = settingPaths.filter((setting) => layers.value.lockOf(setting) !== undefined)
  const trusted = /^(gateway|trust|revocation|signature)\./
  expect(locked).toEqual(settingPaths.filter((setting) => trusted.test(setting)))
  expect(locked.length).toBeGreaterThan(20)
  // What the window asks for there stays as the machine's file has it.
  const asked = { 'gateway.url': 'https://elsewhere.example/', 'session.idleMinutes': '2' }
  expect(layers.value.laid(asked)).toMatchObject({
    'gateway.url': 'https://shep.example.kz/SyncChannel',
    'session.idleMinutes': '2',
  })
})

describe('a lock of the machine’s file', () => {
  test('keeps a setting or a whole group from being changed, and wins over what was set before', async () => {
    const before = await workplace()
    const earlier = changed(before.manage.view().values, {
      'gateway.url': 'https://own.example.kz/',
      'audit.backupsKept': '3',
    })
    await before.manage.save({ form: earlier, by, origin: 'page' })

    const reopened = await open({ dataDir: before.dataDir, locked: ['gateway', 'trust.anchors'] })
    if (!reopened.ok) throw new Error(reopened.failure.detail)
    const { audit } = before
    const opened = reopened.value
    const manage = createManageSettings({ ...opened, audit, writeFile: writeChosenFile })
    expect(opened.settings.gateway.url).toBe('https://shep.example.kz/')
    expect(opened.settings.audit.backupsKept).toBe(3)
    expect(manage.view().locks).toMatchObject({ 'gateway.url': 'administrator', 'trust.anchors': 'administrator' })
    expect(manage.view().locks).not.toHaveProperty(['trust.portalCertificate'])
    const form = changed(manage.view().values, { 'gateway.senderId': 'OTHER' })
    expect(await manage.save({ form, by, origin: 'page' })).toEqual({
      ok: false,
      failure: { code: 'settings.locked', detail: 'gateway.senderId' },
    })
    await audit.close()
  })

  test('is refused where it names nothing', () => {
    expect(layersOf({ ...machine, locked: ['gatewy'] }, temp.path)).toMatchObject({
      failure: { code: 'settings.invalid', detail: 'locked.0' },
    })
  })
})

describe('the workplace’s own file', () => {
  test('that somebody edited, damaged or took from elsewhere does not open', async () => {
    const { dataDir, audit, manage, file } = await workplace()
    await manage.save({ form: changed(manage.view().values, { 'audit.backupsKept': '3' }), by, origin: 'page' })
    const good = readFileSync(file, 'utf8')
    const opened = (text: string) => {
      writeFileSync(file, text)
      return open({ dataDir })
    }
    const forged = JSON.parse(good)
    forged.settings['gateway.url'] = 'https://evil.example.kz/'
    for (const text of [
      JSON.stringify(forged),
      good.replace('"3"', '"4"'),
      good.slice(0, 20),
      '[]',
      '{}',
      good.replace('audit.backupsKept', '__proto__'),
    ]) {
      expect(await opened(text), text).toMatchObject({ ok: false, failure: { code: 'settings.altered' } })
    }
    expect(await opened(good)).toMatchObject({ ok: true })
    await audit.close()
  })

  test('that is an older one than the log names is found; one that was taken away is recorded', async () => {
    const { dataDir, audit, manage, file } = await workplace()
    await manage.save({ form: changed(manage.view().values, { 'audit.backupsKept': '3' }), by, origin: 'page' })
    const older = readFileSync(file)
    await manage.save({ form: changed(manage.view().values, { 'audit.backupsKept': '4' }), by, origin: 'page' })
    const check = async () => {
      const opened = await open({ dataDir })
      if (!opened.ok) throw new Error(opened.failure.detail)
      return checkWorkplaceSettings({ store: opened.value.store, audit })
    }
    expect(await check()).toMatchObject({ ok: true })
    writeFileSync(file, older)
    expect(await check()).toMatchObject({ failure: { code: 'settings.altered' } })
    rmSync(file)
    expect(await check()).toMatchObject({ ok: true })
    expect(audit.list({ limit: 1 })[0]).toMatchObject({
      event: 'settings.changed',
      actor: 'system',
      outcome: 'taken-away',
    })
    const rows = audit.head().seq
    expect(await check()).toMatchObject({ ok: true })
    expect(audit.head().seq).toBe(rows)
    await audit.close()
  })

  test('is a right one on either side of a power cut between intent and effect', async () => {
    const { dataDir, audit, manage, opened } = await workplace()
    await manage.save({ form: changed(manage.view().values, { 'audit.backupsKept': '3' }), by, origin: 'page' })
    const prepared = opened.store.prepare({ 'audit.backupsKept': '5' })
    audit.append({
      event: 'settings.changing',
      actor: 'admin',
      details: { setting: 'audit.backupsKept', fingerprint: prepared.fingerprint },
    })
    const check = async () => {
      const again = await open({ dataDir })
      return again.ok ? checkWorkplaceSettings({ store: again.value.store, audit }) : again
    }
    expect(await check()).toMatchObject({ ok: true })
    await prepared.commit()
    expect(await check()).toMatchObject({ ok: true })
    await audit.close()
  })
})

describe('export and import', () => {
  test('an export is a settings file, and imported elsewhere it differs by what was set', async () => {
    const one = await workplace()
    await one.manage.save({
      form: changed(one.manage.view().values, { 'audit.backupsKept': '3', workstation: 'TSON-2' }),
      by,
      origin: 'page',
    })
    const text = JSON.stringify(one.manage.exported())
    const two = await workplace({ locked: ['workstation'] })
    expect(await two.manage.differences(JSON.parse(text))).toEqual({
      ok: true,
      value: [
        { setting: 'workstation', old: 'TSON-1', new: 'TSON-2', lock: 'administrator' },
        { setting: 'audit.backupsKept', old: '14', new: '3' },
      ],
    })
    await Promise.all([one.audit.close(), two.audit.close()])
  })

  test('a document that is wrong in one place counts in none', async () => {
    const { audit, manage } = await workplace()
    for (const [document, detail] of [
      [{ ...machine, audit: { backupsKept: 3 }, portalUrl: 'x' }, 'portalUrl'],
      [{ ...machine, pin: '1234' }, 'pin'],
      [{ ...machine, mode: 'training' }, 'mode'],
      [[], 'file'],
      [{ ...machine, trust: { ...machine.trust, anchors: 'gone.pem' } }, 'trust.anchors'],
    ] as const) {
      expect(await manage.differences(document), detail).toMatchObject({
        failure: { code: 'settings.invalid', detail },
      })
    }
    await audit.close()
  })
})
