import { useState } from 'react';
import { Problem } from '../api/problem';

/** What is wrong, by the id of the field it is wrong in. Parts of a list have ids like `stages.0.name`. */
export type Faults = Readonly<Record<string, string>>;

export interface FormOf<Values extends object> {
  readonly values: Values;
  /** Differs from what it began with: leaving would lose something. */
  readonly touched: boolean;
  readonly faults: Faults;
  /** A fault goes as soon as its field is changed; whether it is cured is said at the next look. */
  readonly set: (change: Partial<Values>) => void;
  /** What stands in the form is kept by the server now. */
  readonly settle: () => void;
  readonly setFaults: (faults: Faults) => void;
  /** Everything a field needs beside its label. */
  readonly field: <Name extends keyof Values & string>(
    name: Name,
  ) => { id: Name; value: Values[Name]; fault: string | undefined; onChange: (value: Values[Name]) => void };
}

export function useForm<Values extends object>(initial: Values | (() => Values)): FormOf<Values> {
  const [values, setValues] = useState(initial);
  const [faults, setFaults] = useState<Faults>({});
  const [touched, setTouched] = useState(false);
  const set = (change: Partial<Values>) => {
    setTouched(true);
    setValues((old) => ({ ...old, ...change }));
    setFaults((old) => Object.fromEntries(Object.entries(old).filter(([id]) => !((id.split('.')[0] ?? id) in change))));
  };
  return {
    values,
    touched,
    faults,
    set,
    settle: () => setTouched(false),
    setFaults,
    field: (name) => ({
      id: name,
      value: values[name],
      fault: faults[name],
      onChange: (value) => set({ [name]: value } as unknown as Partial<Values>),
    }),
  };
}

/**
 * Server refusals that name a field stand at that field.
 * @param byCode the field that a refusal without a pointer speaks of; it may depend on what the refusal is about
 */
export function faultsOf(error: Error, byCode: FieldsOfRefusals = {}): Faults {
  if (!(error instanceof Problem)) return {};
  const place = byCode[error.code];
  const field = typeof place === 'function' ? place(error.about) : place;
  if (field) return { [field]: error.detail };
  return Object.fromEntries(error.errors.map(({ pointer, detail }) => [pointer.slice(1).replaceAll('/', '.'), detail]));
}

export type FieldsOfRefusals = Readonly<Record<string, string | ((about: Problem['about']) => string)>>;
