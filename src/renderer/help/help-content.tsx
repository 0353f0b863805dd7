import { type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react'
import { failureTexts } from '../../shared/contract/failure-texts.ts'
import { Verbatim } from '../components/verbatim.tsx'
import { useI18n } from '../i18n/i18n-context.ts'
import { type HelpBlock, type HelpPlace, type HelpTopic, topicsOfPlace } from './help-article.ts'
import { helpTexts } from './help-texts.ts'
import { createHelpSearch } from './search-help.ts'

/** The whole of help: what belongs to the page first, then everything else, failure codes at the end. */
export function HelpContent({ place }: { place: HelpPlace }) {
  const { language, t } = useI18n()
  const [query, setQuery] = useState('')
  const field = useId()
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => input.current?.focus(), [])
  const search = useMemo(() => createHelpSearch(language), [language])
  const { topics, codes } = useMemo(() => search(query), [search, query])
  const searching = query.trim() !== ''
  const here = topics.filter((topic) => topicsOfPlace[place].includes(topic))
  const others = topics.filter((topic) => !here.includes(topic))
  const count = topics.length + codes.length
  return (
    <div className="help">
      <div className="field">
        <label htmlFor={field}>{t('help.search')}</label>
        <input
          id={field}
          ref={input}
          className="input"
          type="search"
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
        <p className="quiet" role="status">
          {searching ? t('help.found', { count }) : t('help.search.hint')}
        </p>
      </div>
      <Topics title={t('help.here')} topics={here} open={searching} />
      <Topics title={t(here.length === 0 ? 'help.topics' : 'help.others')} topics={others} open={searching} />
      {codes.length > 0 && (
        <section className="help-group">
          <h2>{t('help.codes')}</h2>
          {/* A new key closes what the search had opened. */}
          <Disclosure key={String(searching)} title={t('help.codes.count', { count: codes.length })} open={searching}>
            <dl className="help-codes">
              {codes.map((code) => (
                <div key={code}>
                  <dt>
                    {failureTexts[code][language].text} <code>{code}</code>
                  </dt>
                  <dd>{failureTexts[code][language].action}</dd>
                </div>
              ))}
            </dl>
          </Disclosure>
        </section>
      )}
    </div>
  )
}

function Topics({ title, topics, open }: { title: string; topics: readonly HelpTopic[]; open: boolean }) {
  const { language } = useI18n()
  if (topics.length === 0) return null
  return (
    <section className="help-group">
      <h2>{title}</h2>
      {topics.map((topic) => {
        const article = helpTexts[language][topic]
        return (
          <Disclosure key={`${topic} ${open}`} title={article.title} open={open}>
            {article.blocks.map((block, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of an article never move.
              <Block key={index} block={block} />
            ))}
          </Disclosure>
        )
      })}
    </section>
  )
}

function Disclosure({ title, open, children }: { title: string; open: boolean; children: ReactNode }) {
  return (
    <details className="help-article" open={open}>
      <summary>{title}</summary>
      <div className="help-article-body">{children}</div>
    </details>
  )
}

function Block({ block }: { block: HelpBlock }) {
  const { language, t } = useI18n()
  if (block.kind === 'text') return <p>{block.text}</p>
  if (block.kind === 'verbatim') {
    return (
      <>
        <Verbatim caption={block.spoken === true ? t('issue.refused.tell') : undefined}>{block.text}</Verbatim>
        {block.translation !== undefined && (
          <p className="quiet" lang={language}>
            {block.translation}
          </p>
        )}
      </>
    )
  }
  const items = block.items.map((item) => <li key={item}>{item}</li>)
  return block.kind === 'steps' ? <ol className="help-steps">{items}</ol> : <ul className="help-list">{items}</ul>
}
