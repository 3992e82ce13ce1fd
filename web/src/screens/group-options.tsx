import { useId, useState } from "preact/hooks";
import type { Body } from "../api/client";
import { GroupFault } from "../ui/form";
import { Icon } from "../ui/icon";

export type Option = NonNullable<Body<"/admin/product-groups", "post">["options"]>[number];
type Renaming = NonNullable<Body<"/admin/product-groups/{id}", "put">["renamings"]>[number];

/** An option while it is edited: what it and its values were called before, where they are not new. */
export interface OptionDraft {
  was?: string;
  name: string;
  values: { was?: string; text: string }[];
}

const mostOptions = 3;

export const draftsOf = (options: readonly Option[]): OptionDraft[] =>
  options.map(({ name, values }) => ({ was: name, name, values: values.map((text) => ({ was: text, text })) }));

export const optionsOf = (drafts: readonly OptionDraft[]): Option[] =>
  drafts.map(({ name, values }) => ({ name: name.trim(), values: values.map(({ text }) => text.trim()) }));

/** What is spelled otherwise now. Values first: they are named by the option as it was. */
export const renamingsOf = (drafts: readonly OptionDraft[]): Renaming[] =>
  drafts.flatMap(({ was, name, values }) =>
    was === undefined
      ? []
      : [
          ...values
            .filter((value) => value.was !== undefined && value.was !== value.text.trim())
            .map((value) => ({ option: was, value: value.was!, to: value.text.trim() })),
          ...(was === name.trim() ? [] : [{ option: was, to: name.trim() }]),
        ],
  );

/** How many combinations of values there are. */
export const combinationsOf = (drafts: readonly OptionDraft[]) =>
  drafts.reduce((count, { values }) => count * values.length, 1);

/** "Small, Large" as a list; blanks are nothing. */
const listed = (text: string) =>
  text
    .split(/[,;\n]+/)
    .map((value) => value.trim())
    .filter(Boolean);

const without = <T,>(list: readonly T[], at: number) => list.filter((_, index) => index !== at);
const replaced = <T,>(list: readonly T[], at: number, by: T) => list.map((each, index) => (index === at ? by : each));

function moved<T>(list: readonly T[], at: number, by: number): T[] {
  const next = [...list];
  next.splice(at + by, 0, ...next.splice(at, 1));
  return next;
}

/** Edits the options of a group: their names, and their values in order. */
export function OptionFields({
  drafts,
  onChange,
}: {
  drafts: OptionDraft[];
  onChange: (drafts: OptionDraft[]) => void;
}) {
  return (
    <>
      <GroupFault name="options" label="This" value={JSON.stringify(drafts)} />
      <GroupFault name="renamings" label="A new name" />
      {drafts.map((draft, at) => (
        <OneOption
          key={at}
          at={at}
          draft={draft}
          onChange={(changed) => onChange(replaced(drafts, at, changed))}
          onDrop={() => onChange(without(drafts, at))}
          {...(at > 0 && { onUp: () => onChange(moved(drafts, at, -1)) })}
        />
      ))}
      {drafts.length < mostOptions && (
        <button type="button" onClick={() => onChange([...drafts, { name: "", values: [] }])}>
          <Icon name="plus" /> Add an option
        </button>
      )}
    </>
  );
}

function OneOption({
  at,
  draft,
  onChange,
  onDrop,
  onUp,
}: {
  at: number;
  draft: OptionDraft;
  onChange: (draft: OptionDraft) => void;
  onDrop: () => void;
  onUp?: () => void;
}) {
  const id = useId();
  const [typed, setTyped] = useState("");
  const name = draft.name || `option ${at + 1}`;
  const take = (text: string) => {
    setTyped("");
    const known = new Set(draft.values.map((value) => value.text.toLowerCase()));
    const added = listed(text).filter((value) => !known.has(value.toLowerCase()) && known.add(value.toLowerCase()));
    if (added.length > 0) onChange({ ...draft, values: [...draft.values, ...added.map((value) => ({ text: value }))] });
  };
  return (
    <fieldset class="option">
      <legend>Option {at + 1}</legend>
      <div class="field">
        <label for={`${id}-name`}>Name</label>
        <input
          id={`${id}-name`}
          type="text"
          autoComplete="off"
          maxLength={50}
          placeholder="Size"
          value={draft.name}
          onInput={(event) => onChange({ ...draft, name: event.currentTarget.value })}
        />
        <GroupFault name={`options/${at}/name`} label="The name" />
      </div>
      {draft.values.length > 0 && (
        <ol class="option-values" aria-label={`Values of ${name}`}>
          {draft.values.map((value, index) => (
            <li key={index}>
              <input
                type="text"
                autoComplete="off"
                maxLength={100}
                aria-label={`Value ${index + 1} of ${name}`}
                value={value.text}
                onInput={(event) =>
                  onChange({
                    ...draft,
                    values: replaced(draft.values, index, { ...value, text: event.currentTarget.value }),
                  })
                }
              />
              <button
                type="button"
                class="icon-button"
                aria-label={`${value.text}: further up`}
                disabled={index === 0}
                onClick={() => onChange({ ...draft, values: moved(draft.values, index, -1) })}
              >
                <Icon name="up" />
              </button>
              <button
                type="button"
                class="icon-button"
                aria-label={`${value.text}: further down`}
                disabled={index + 1 === draft.values.length}
                onClick={() => onChange({ ...draft, values: moved(draft.values, index, 1) })}
              >
                <Icon name="down" />
              </button>
              <button
                type="button"
                class="icon-button"
                aria-label={`Remove ${value.text}`}
                onClick={() => onChange({ ...draft, values: without(draft.values, index) })}
              >
                <Icon name="close" />
              </button>
              <GroupFault name={`options/${at}/values/${index}`} label="This" />
            </li>
          ))}
        </ol>
      )}
      <div class="field">
        <label for={`${id}-values`}>Add values</label>
        <input
          id={`${id}-values`}
          type="text"
          autoComplete="off"
          placeholder="Small, Medium, Large"
          value={typed}
          onInput={(event) => {
            const text = event.currentTarget.value;
            // A comma ends a value: what is behind it is still being typed.
            const end = text.lastIndexOf(",");
            if (end < 0) return setTyped(text);
            take(text.slice(0, end));
            setTyped(text.slice(end + 1).trimStart());
          }}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || !typed.trim()) return;
            event.preventDefault();
            take(typed);
          }}
          onBlur={() => take(typed)}
        />
        <p class="hint">A comma or Enter after each.</p>
        <GroupFault name={`options/${at}/values`} label="This list" />
      </div>
      <div class="acts">
        {onUp && (
          <button type="button" class="link" onClick={onUp}>
            Put before option {at}
          </button>
        )}
        <button type="button" class="link danger" onClick={onDrop}>
          Remove this option
        </button>
      </div>
    </fieldset>
  );
}
