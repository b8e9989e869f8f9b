import { TagsInput, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'

type Named = {
  readonly label: string
  readonly description?: string
  readonly error: string | null
}

const WORDS_MAX = 40
const WORD_LENGTH_MAX = 60

/** A whole number. What is left empty is sent as nothing, and the server says what it wants. */
export function NumberField(
  props: Named & {
    readonly value: number
    readonly min: number
    readonly max: number
    readonly onChange: (value: number) => void
  },
): ReactNode {
  const { value, onChange, ...named } = props
  return (
    <TextInput
      {...named}
      type="number"
      inputMode="numeric"
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      value={Number.isNaN(value) ? '' : value}
      onChange={(event) => {
        onChange(event.currentTarget.valueAsNumber)
      }}
    />
  )
}

/** A text that may be left empty: null then. */
export function OptionalField(
  props: Named & {
    readonly type: 'url' | 'tel'
    readonly value: string | null
    readonly onChange: (value: string | null) => void
  },
): ReactNode {
  const { value, onChange, ...named } = props
  return (
    <TextInput
      {...named}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      value={value ?? ''}
      onChange={(event) => {
        const text = event.currentTarget.value
        onChange(text === '' ? null : text)
      }}
    />
  )
}

/** Words or short phrases: Enter or a comma ends one, Backspace takes the last away. */
export function WordsField(
  props: Named & {
    readonly lang?: 'vi' | 'en'
    readonly placeholder?: string
    readonly value: readonly string[]
    readonly onChange: (value: string[]) => void
  },
): ReactNode {
  const { value, ...rest } = props
  return (
    <TagsInput
      {...rest}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      value={[...value]}
      maxTags={WORDS_MAX}
      maxLength={WORD_LENGTH_MAX}
      splitChars={[',', ';']}
    />
  )
}
