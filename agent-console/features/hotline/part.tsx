import { type ReactNode, useId } from 'react'

/** A part of the form under its heading. */
export function Part(props: {
  readonly title: string
  readonly hint?: string
  readonly children: ReactNode
}): ReactNode {
  const id = useId()
  return (
    <section className="hotline-part" aria-labelledby={id}>
      <h2 id={id}>{props.title}</h2>
      {props.hint && <p className="soft">{props.hint}</p>}
      {props.children}
    </section>
  )
}
