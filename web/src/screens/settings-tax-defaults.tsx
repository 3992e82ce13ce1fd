import { useState } from "preact/hooks";
import { useData } from "../api/data";
import { countryName } from "../text/countries";
import { byCountry, missingDefaults, rateText, type TaxRate } from "../text/taxes";
import { Dialog } from "../ui/dialog";
import { Form } from "../ui/form";
import { Failed, Loading } from "../ui/states";

/** Chooses from the usual rates what a shop has no rate of its own for. */
export function UsualRates({
  own,
  onAdd,
  onClose,
}: {
  own: readonly TaxRate[];
  onAdd: (rates: TaxRate[]) => void;
  onClose: () => void;
}) {
  const defaults = useData("/admin/tax-rates/defaults");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  if (!defaults.data)
    return (
      <Dialog title="Add the usual rates" onClose={onClose}>
        {defaults.error !== undefined ? (
          <Failed error={defaults.error} again={() => void defaults.reload()} />
        ) : (
          <Loading />
        )}
      </Dialog>
    );
  const missing = missingDefaults(defaults.data.data, own);
  const groups = byCountry(missing, ({ country }) => country);
  const toggle = (country: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(country);
    else next.delete(country);
    setChosen(next);
  };
  const wanted = missing.filter(({ country }) => chosen.has(country));
  return (
    <Dialog title="Add the usual rates" onClose={onClose} wide>
      <Form
        submit={wanted.length === 1 ? "Add 1 rate" : `Add ${wanted.length} rates`}
        cancel={onClose}
        disabled={wanted.length === 0}
        passing
        onSubmit={async () => {
          onAdd(wanted);
          onClose();
        }}
      >
        <p>
          Of the European Union and the United Kingdom. They come in as not confirmed: compare them with what your tax
          authority says. Rates that you have stay as they are.
        </p>
        {groups.length === 0 ? (
          <p>You have a rate of your own for all of them.</p>
        ) : (
          <>
            <p class="acts">
              <button type="button" onClick={() => setChosen(new Set(groups.map(([country]) => country)))}>
                Choose all
              </button>
              <button type="button" onClick={() => setChosen(new Set())}>
                Choose none
              </button>
            </p>
            <fieldset class="countries">
              <legend class="unseen">Countries</legend>
              {groups.map(([country, rates]) => (
                <label class="check" key={country}>
                  <input
                    type="checkbox"
                    checked={chosen.has(country)}
                    onChange={(event) => toggle(country, event.currentTarget.checked)}
                  />
                  <span>
                    {countryName(country)}
                    <small class="second muted">{rates.map(rateText).join(" · ")}</small>
                  </span>
                </label>
              ))}
            </fieldset>
          </>
        )}
      </Form>
    </Dialog>
  );
}
