import { describe, expect, test } from 'vitest'
import { parseSettings, type SettingsDocument } from '../../../../src/main/settings/load-settings.ts'
import { documentOf, formOf } from '../../../../src/main/settings/settings-form.ts'
import { settingOf } from '../../../../src/main/settings/settings-problems.ts'
import {
  isSettingShown,
  type SettingPath,
  type SettingsForm,
  settingField,
  settingPaths,
} from '../../../../src/shared/domain/settings-fields.ts'

const plain: SettingsDocument = {
  mode: 'real',
  workstation: 'TSON-1',
  gateway: { url: 'https://shep.example.kz/', authority: 'a.pem', serviceId: 'S', senderId: 'T' },
  trust: { anchors: 'anchors', portalCertificate: 'portal.pem' },
  key: 'key.p12',
  portalUrl: 'https://egov.kz/',
}
const full: SettingsDocument = {
  ...plain,
  steps: { document: false, agreement: true, mgov: true },
  signature: {
    form: 'cms',
    algorithm: 'rsa',
    transport: 'wsse',
    timestamp: { url: 'http://tsp.kz/', deadlineSeconds: 5 },
  },
  revocation: { crl: { urls: ['http://crl.kz/a', 'http://crl.kz/b'] }, ocsp: { url: 'http://ocsp.kz/' } },
  key: {
    library: '/opt/token.so',
    label: 'TSON',
    mechanisms: { rsa: { mechanism: 64, input: 'data', octets: 'as-is' } },
  },
  printer: { kind: 'ipp', uri: 'ipps://printer/', authority: 'printer.pem' },
  updates: { source: 'https://updates.example.kz/', authority: 'updates.pem' },
  envelope: { layout: 'a5-folded-twice', languages: ['kk', 'ru', 'en'] },
}

const parsed = (document: unknown) => {
  const read = parseSettings(document)
  if (!read.ok) throw new Error(JSON.stringify(read.findings))
  return read.value
}

describe('settings as texts', () => {
  test.each([
    ['plain', plain],
    ['full', full],
  ] as const)('there and back, a %s document means the same', (_name, document) => {
    const form = formOf(parsed(document))
    expect(parsed(documentOf(form, document))).toEqual(parsed(document))
    expect(formOf(parsed(documentOf(form, document)))).toEqual(form)
  })

  test('say whether a part is on, and drop what belongs to a part that is off', () => {
    const form = formOf(parsed(full))
    expect(form).toMatchObject({ 'key.kind': 'token', 'revocation.crl': 'on', updates: 'on', 'printer.kind': 'ipp' })
    const off = {
      ...form,
      'revocation.crl': 'off',
      updates: 'off',
      'printer.kind': 'none',
      'key.kind': 'file',
      'key.file': 'k.p12',
    }
    const document = parsed(documentOf(off, full))
    expect(document.revocation.crl).toBe(false)
    expect(document.updates).toBeUndefined()
    expect(document.printer).toBeUndefined()
    expect(document.key).toBe('k.p12')
  })

  test('a text that is no number is told as one, at its place', () => {
    const form = { ...formOf(parsed(plain)), 'gateway.deadlineSeconds': 'тридцать' }
    expect(parseSettings(documentOf(form, plain))).toEqual({
      ok: false,
      findings: [{ path: 'gateway.deadlineSeconds', reason: 'number' }],
    })
  })
})

/** The page's facts are told beside the parser's rules: they must be the same. */
describe('the page’s facts of a setting are the parser’s', () => {
  const base = { ...formOf(parsed(full)), 'key.file': 'k.p12', 'printer.queue': 'Q' }
  const reasonAt = (setting: SettingPath, text: string): string | undefined => {
    const { only } = settingField(setting)
    const form: SettingsForm = { ...base, ...(only && { [only[0]]: only[1] }), [setting]: text }
    const read = parseSettings(documentOf(form, full))
    return read.ok ? undefined : read.findings.find(({ path }) => settingOf(path) === setting)?.reason
  }

  const numbers = settingPaths.flatMap((path) => {
    const field = settingField(path)
    return field.kind === 'number' ? [[path, field.min, field.max] as const] : []
  })
  test.each(numbers)('%s is from %d to %d', (path, min, max) => {
    expect(reasonAt(path, String(min))).toBeUndefined()
    expect(reasonAt(path, String(max))).toBeUndefined()
    expect(reasonAt(path, String(max + 1))).toBe('range')
    if (min > 0) expect(reasonAt(path, String(min - 1))).toBe('range')
    expect(reasonAt(path, 'x')).toBe('number')
  })

  const choices = settingPaths.filter((path) => settingField(path).kind === 'choice' && path !== 'key.kind')
  test.each(choices)('%s has the choices shown, and no other', (path) => {
    const field = settingField(path)
    const shown = field.kind === 'choice' ? field.choices : []
    for (const choice of shown) {
      // Other settings of the form may not go with it; this one does.
      expect(['choice', 'format'], `${path} ${choice}`).not.toContain(reasonAt(path, choice))
    }
    expect(reasonAt(path, 'no-such-choice')).toBe('choice')
  })

  const required = settingPaths.filter((path) => settingField(path).required === true)
  test.each(required)('%s is required', (path) => expect(reasonAt(path, '  ')).toBe('required'))

  test.each([
    ['gateway.url', 'http://shep.kz/', 'https'],
    ['gateway.url', 'https://user:secret@shep.kz/', 'format'],
    ['portalUrl', 'egov.kz', 'https'],
    ['revocation.crl.urls', 'http://a.kz/ ldap://b.kz/', 'http'],
    ['revocation.ocsp.url', 'https://ocsp.kz/', 'http'],
    ['printer.uri', 'http://printer/', 'ipp'],
    ['workstation', 'с пробелом', 'name'],
    ['gateway.serviceId', 'x'.repeat(101), 'length'],
  ] as const)('%s does not take %s', (path, text, reason) => expect(reasonAt(path, text)).toBe(reason))

  test('every part that the parser knows has a place on the page', () => {
    const names = (tree: unknown, above: string): string[] =>
      typeof tree === 'object' && tree !== null && !Array.isArray(tree)
        ? Object.entries(tree).flatMap(([name, value]) => names(value, above === '' ? name : `${above}.${name}`))
        : [above]
    const known = [...names(parsed(plain), ''), ...names(parsed(full), '')]
    const without = known.filter((name) => settingOf(name) === undefined)
    // The mode is the program's; locks are the machine's; a token's mechanisms are kept as they are.
    expect([...new Set(without)].filter((name) => !/^(mode|locked|key\.mechanisms\..*)$/.test(name))).toEqual([])
  })

  test('a setting of a part that is off is not shown', () => {
    expect(isSettingShown('revocation.crl.urls', { 'revocation.crl': 'off' })).toBe(false)
    expect(isSettingShown('revocation.crl.urls', { 'revocation.crl': 'on' })).toBe(true)
  })
})
