import { parseIin } from '../../shared/domain/iin.ts'
import { identityCardMrz, readMrz } from '../../shared/domain/mrz.ts'

export type ScanReading =
  | {
      readonly ok: true
      readonly iin: string
      readonly document?: { readonly number: string; readonly validUntil: string }
    }
  /**
   * `check-digit`: a document of ours, read wrongly; `no-iin`: one whose place for the ИИН holds none;
   * `unreadable`: neither an ИИН nor an identity card.
   */
  | { readonly ok: false; readonly reason: 'check-digit' | 'no-iin' | 'unreadable' }

/** Takes the ИИН out of what a scanner read: a barcode of twelve digits, or the zone of an identity card. */
export function readScan(text: string, today: Date): ScanReading {
  if (/^[0-9]{12}$/.test(text)) return judge(text, today)
  const zone = readMrz(text, identityCardMrz)
  if (!zone.ok) return { ok: false, reason: zone.reason === 'layout' ? 'unreadable' : 'check-digit' }
  if (!/^[0-9]{12}$/.test(zone.iin)) return { ok: false, reason: 'no-iin' }
  const { number, validUntil } = zone
  const judged = judge(zone.iin, today)
  return judged.ok && validUntil !== undefined ? { ...judged, document: { number, validUntil } } : judged
}

function judge(iin: string, today: Date): ScanReading {
  return parseIin(iin, today).ok ? { ok: true, iin } : { ok: false, reason: 'check-digit' }
}
