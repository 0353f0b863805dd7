import { useI18n } from '../../i18n/i18n-context.ts'

/** Where things stand on the sheet, in millimetres; the password is dots, whatever it is: the window never has it. */
export function EnvelopeSketch() {
  const { t } = useI18n()
  return (
    <figure className="envelope-sketch">
      <svg viewBox="0 0 210 297" role="img" aria-label={t('issue.print.masked')}>
        <rect className="sketch-sheet" x="0.5" y="0.5" width="209" height="296" />
        <line className="sketch-fold" x1="0" y1="99" x2="210" y2="99" />
        <line className="sketch-fold" x1="0" y1="198" x2="210" y2="198" />
        <rect className="sketch-text" x="20" y="30" width="90" height="8" />
        <rect className="sketch-text" x="20" y="46" width="60" height="4" />
        <rect className="sketch-secret" x="15" y="106" width="180" height="84" />
        <text className="sketch-password" x="105" y="140" textAnchor="middle">
          ••••••••••••
        </text>
        <text className="sketch-password" x="105" y="170" textAnchor="middle">
          ••••••••
        </text>
        {[214, 226, 238, 250, 262].map((y) => (
          <rect key={y} className="sketch-text" x="20" y={y} width={y === 262 ? 70 : 150} height="4" />
        ))}
      </svg>
      <figcaption className="quiet">{t('issue.print.masked')}</figcaption>
    </figure>
  )
}
