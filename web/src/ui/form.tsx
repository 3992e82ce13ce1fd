import type { ComponentChildren, JSX, TargetedEvent } from "preact";
import { createContext } from "preact";
import { useContext, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { explain, Problem } from "../api/client";
import { useUnsavedGuard } from "../router";
import { useSession } from "../session";
import { readMoney } from "../text/money";
import { readWhole, Unreadable } from "../text/number";
import { capital } from "../text/words";
import { useUnsavedInDialog } from "./dialog";
import { useSavedByBar } from "./saving";

/**
 * A form: fields by name, checked by the server. A field's name is its JSON pointer without the first slash
 * ("customer/email"), so that the faults of a problem document appear at their fields; others appear on top.
 */
interface FormState {
  faults: Record<string, string>;
  clear: (name: string) => void;
  busy: boolean;
}
const FormContext = createContext<FormState>({ faults: {}, clear: () => {}, busy: false });

/** A fault that the field itself found, before anything was sent; one of no field ("") is that of the whole form. */
export class FieldFault extends Error {
  constructor(
    readonly field: string,
    message: string,
  ) {
    super(message);
  }
}

export type Values = Record<string, string>;

export function Form({
  onSubmit,
  submit,
  cancel,
  children,
  danger = false,
  disabled = false,
  inline = false,
  passing = false,
}: {
  /** Called with the fields' values, as text, and that of the button, if it has a name. An error that it throws is shown. */
  onSubmit: (values: Values) => Promise<void>;
  /** Its button; without one, the bar of its screen saves it (SaveTogether). */
  submit?: string;
  cancel?: () => void;
  children: ComponentChildren;
  danger?: boolean;
  disabled?: boolean;
  inline?: boolean;
  /** Nothing is lost if it is left half filled in. */
  passing?: boolean;
}) {
  const [faults, setFaults] = useState<Record<string, string>>({});
  const [general, setGeneral] = useState("");
  const [busy, setBusy] = useState(false);
  const element = useRef<HTMLFormElement>(null);
  // The fields' values when they were mounted, or last saved.
  const kept = useRef<string | undefined>(undefined);
  const running = useRef(false);
  // Before anything can be typed.
  useLayoutEffect(() => {
    kept.current = heldBy(element.current!);
  }, []);
  const isUnsaved = () =>
    !passing && kept.current !== undefined && element.current !== null && heldBy(element.current) !== kept.current;
  // While it is being saved, a change of screen is allowed; but closing the dialog still asks first.
  useUnsavedGuard(() => !running.current && isUnsaved());
  useUnsavedInDialog(isUnsaved);

  const show = (found: Record<string, string>, rest = "") => {
    setFaults(found);
    setGeneral(rest);
    // After the faults are rendered, focus the first of them.
    requestAnimationFrame(() => {
      const form = element.current;
      (
        form?.querySelector<HTMLElement>("[aria-invalid=true], .fault[tabindex]") ??
        form?.querySelector<HTMLElement>(".form-fault")
      )?.focus();
    });
  };
  /** @returns whether it went through */
  const run = async (pressed?: HTMLButtonElement | null): Promise<boolean> => {
    const form = element.current!;
    if (running.current) return false;
    const missing = [...form.elements].filter(
      (each) => each.matches("[required]") && isEmpty(each as Control),
    ) as Control[];
    if (missing.length > 0) {
      show(Object.fromEntries(missing.map((control) => [control.name, needed(control)])));
      return false;
    }
    const data = new FormData(form);
    const values = Object.fromEntries([...data].filter(([, value]) => typeof value === "string")) as Values;
    if (pressed?.name) values[pressed.name] = pressed.value;
    running.current = true;
    setBusy(true);
    setGeneral("");
    setFaults({});
    try {
      await onSubmit(values);
      if (element.current) kept.current = heldBy(element.current);
      tellBar?.();
      return true;
    } catch (error) {
      const found: Record<string, string> = {};
      let rest = "";
      if (error instanceof FieldFault && error.field !== "") found[error.field] = error.message;
      else if (error instanceof Problem && error.faults.length > 0) {
        const unplaced: string[] = [];
        for (const { pointer, detail } of error.faults) {
          const control = nearestField(element.current!, pointer.replace(/^\//, ""));
          if (control) found[control.name] = isEmpty(control) ? needed(control) : inWords(control, detail);
          else unplaced.push(capital(detail));
        }
        rest = unplaced.join("; ");
      } else rest = explain(error);
      show(found, rest);
      return false;
    } finally {
      running.current = false;
      setBusy(false);
    }
  };

  const tellBar = useSavedByBar(
    submit === undefined ? { form: () => element.current, isUnsaved, save: () => run() } : undefined,
  );

  const clear = (name: string) => {
    if (faults[name]) setFaults(({ [name]: _, ...others }) => others);
  };
  return (
    <FormContext.Provider value={{ faults, clear, busy }}>
      <form
        ref={element}
        class={inline ? "inline" : ""}
        noValidate
        onSubmit={(event: TargetedEvent<HTMLFormElement, SubmitEvent>) => {
          event.preventDefault();
          void run(event.submitter as HTMLButtonElement | null);
        }}
      >
        {general && (
          <p class="form-fault" role="alert" tabIndex={-1}>
            {general}
          </p>
        )}
        {children}
        {tellBar ? (
          <button type="submit" hidden /> // without one, Enter saves no form of several fields
        ) : (
          <div class="actions">
            {cancel && (
              <button type="button" onClick={cancel}>
                Cancel
              </button>
            )}
            <button
              type="submit"
              class={danger ? "primary danger" : "primary"}
              disabled={disabled || busy}
              aria-busy={busy || undefined}
            >
              {submit}
            </button>
          </div>
        )}
      </form>
    </FormContext.Provider>
  );
}

const heldBy = (form: HTMLFormElement) =>
  JSON.stringify([...new FormData(form)].map(([name, value]) => [name, String(value)]));

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** The field of that pointer, or the one that contains it: "items/0/quantity" may belong to "items". */
function nearestField(form: HTMLFormElement, pointer: string): Control | undefined {
  for (let name = pointer; name; name = name.slice(0, Math.max(0, name.lastIndexOf("/")))) {
    const found = form.elements.namedItem(name);
    if (found) return (found instanceof RadioNodeList ? found[0] : found) as Control;
  }
  return undefined;
}

const isEmpty = (control: Control) => control.type !== "checkbox" && control.value.trim() === "";
const needed = (control: Control) => (control.type === "select-one" ? "Choose one." : "This is needed.");

/** The server's fault of a field as a sentence: most begin with "is" or "has". */
function inWords(control: Control, detail: string): string {
  const label = control.dataset.label ?? control.labels?.[0]?.firstChild?.textContent;
  return label && /^(is|has|must) /.test(detail) ? `${label} ${detail}.` : capital(detail);
}

/** Whether one of these groups of fields has a fault: what hides them must show it then. */
export function useHasFault(groups: readonly string[]): boolean {
  const faults = Object.keys(useContext(FormContext).faults);
  return faults.some((name) => groups.some((group) => name === group || name.startsWith(`${group}/`)));
}

/**
 * The faults of several fields together, such as a row's: those whose pointer is that of the row.
 *
 * @param label what they are called in a fault: "This rate"
 * @param value what they are about, if they have no field for it
 */
export function GroupFault({ name, label, value = "" }: { name: string; label: string; value?: string | number }) {
  const fault = useContext(FormContext).faults[name];
  return (
    <>
      <input type="hidden" name={name} value={`of ${value}`} data-label={label} />
      {fault && (
        <p class="fault" tabIndex={-1}>
          {fault}
        </p>
      )}
    </>
  );
}

interface FieldFrame {
  name: string;
  label: string;
  hint?: ComponentChildren;
  optional?: boolean;
  /** The form is not sent while it is empty: all such fields are marked at once. */
  required?: boolean;
  short?: boolean;
}

/** Label, hint and fault around one control, tied together for screen readers. */
function useField({ name, label, hint, optional, required, short }: FieldFrame) {
  const id = useId();
  const { faults, clear } = useContext(FormContext);
  const fault = faults[name];
  const described = [hint && `${id}-hint`, fault && `${id}-fault`].filter(Boolean).join(" ");
  const frame = (control: JSX.Element) => (
    <div class={`field${short ? " short" : ""}`}>
      <label for={id}>
        {label}
        {optional && <span class="muted"> (optional)</span>}
      </label>
      {control}
      {hint && (
        <p id={`${id}-hint`} class="hint">
          {hint}
        </p>
      )}
      {fault && (
        <p id={`${id}-fault`} class="fault">
          {fault}
        </p>
      )}
    </div>
  );
  return {
    frame,
    props: {
      id,
      name,
      required,
      "aria-invalid": fault ? true : undefined,
      "aria-describedby": described || undefined,
      onInput: () => clear(name),
    },
  };
}

type InputProps = Omit<JSX.InputHTMLAttributes<HTMLInputElement>, "name" | "label">;

export function TextField({
  name,
  label,
  hint,
  optional,
  required,
  short,
  value,
  onInput,
  ...rest
}: FieldFrame &
  Omit<InputProps, "value" | "onInput" | "required"> & { value?: string; onInput?: (value: string) => void }) {
  const { frame, props } = useField({ name, label, hint, optional, required, short } as FieldFrame);
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    if (rest.autoFocus) input.current?.focus();
  }, []);
  return frame(
    <input
      ref={input}
      type="text"
      autoComplete="off"
      {...(rest as object)}
      {...(rest.autoFocus && { "data-first": true })}
      {...props}
      {...(onInput ? { value } : { defaultValue: value })}
      onInput={(event) => {
        props.onInput();
        onInput?.(event.currentTarget.value);
      }}
    />,
  );
}

/** An amount in the shop's currency, with its sign beside it. */
export function MoneyField(frameProps: FieldFrame & { value?: string; autoFocus?: boolean }) {
  const { value, ...field } = frameProps;
  const { frame, props } = useField({ short: true, ...field });
  const { currency } = useSession().shop;
  return frame(
    <span class="with-unit">
      <input type="text" inputMode="decimal" autoComplete="off" class="number" {...props} defaultValue={value} />
      <span class="unit">{currency}</span>
    </span>,
  );
}

/** A whole number. Not the browser's number field: that accepts "1e3", and returns "" for what it cannot read. */
export function NumberField(frameProps: FieldFrame & { value?: string; unit?: string; signed?: boolean }) {
  const { value, unit, signed = false, ...field } = frameProps;
  const { frame, props } = useField({ short: true, ...field });
  return frame(
    <span class="with-unit">
      <input
        type="text"
        inputMode={signed ? "text" : "numeric"}
        autoComplete="off"
        class="number"
        {...props}
        defaultValue={value}
      />
      {unit && <span class="unit">{unit}</span>}
    </span>,
  );
}

export function TextArea(frameProps: FieldFrame & { value?: string; rows?: number; maxLength?: number }) {
  const { value, rows = 4, maxLength, ...field } = frameProps;
  const { frame, props } = useField(field);
  return frame(<textarea rows={rows} maxLength={maxLength} {...props} defaultValue={value} />);
}

export function SelectField(
  frameProps: FieldFrame & {
    options: readonly (readonly [value: string, label: string])[];
    value?: string;
    onChange?: (value: string) => void;
  },
) {
  const { options, value, onChange, ...field } = frameProps;
  const { frame, props } = useField(field);
  return frame(
    <select {...props} onChange={(event) => onChange?.(event.currentTarget.value)}>
      {options.map(([option, label]) => (
        <option key={option} value={option} selected={option === value}>
          {label}
        </option>
      ))}
    </select>,
  );
}

export function Checkbox({
  name,
  label,
  checked,
  onChange,
}: {
  name: string;
  label: ComponentChildren;
  checked?: boolean;
  onChange?: (checked: boolean) => void;
}) {
  return (
    <label class="check">
      <input
        type="checkbox"
        name={name}
        value="on"
        {...(onChange ? { checked: checked ?? false } : { defaultChecked: checked ?? false })}
        onChange={(event) => onChange?.(event.currentTarget.checked)}
      />
      <span>{label}</span>
    </label>
  );
}

/** A field's value, parsed by one of the readers of typed text. */
export function typedIn<T>(values: Values, name: string, read: (text: string) => T): T {
  try {
    return read(values[name] ?? "");
  } catch (error) {
    throw error instanceof Unreadable ? new FieldFault(name, error.message) : error;
  }
}

/** The amount in a field, in minor units, and within its bounds. */
export const moneyOf = (
  values: Values,
  name: string,
  currency: string,
  bounds: { least?: number; most?: number } = {},
): number => typedIn(values, name, (text) => readMoney(text, currency, bounds));

type Bounds = Parameters<typeof readWhole>[1];

/** The whole number in a field; undefined if an optional one is empty. */
export const integerOf = (values: Values, name: string, bounds?: Bounds): number | undefined =>
  typedIn(values, name, (text) => (text.trim() === "" ? undefined : readWhole(text, bounds)));

export const requiredInteger = (values: Values, name: string, bounds?: Bounds): number =>
  typedIn(values, name, (text) => readWhole(text, bounds));
