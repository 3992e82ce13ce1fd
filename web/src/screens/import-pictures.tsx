import type { Answer } from "../api/client";
import { useData, useReload } from "../api/data";
import { href } from "../router";
import { capital } from "../text/words";
import { Failed } from "../ui/states";

type Fetched = Answer<"/admin/inventory/imports/{id}/pictures", "get">;
type Fault = Fetched["faults"][number];

const lookAgain = 2_000;

/** How far the pictures of an import are, until all are fetched or given up. */
export function ImportPictures({ id }: { id: number }) {
  const fetched = useData("/admin/inventory/imports/{id}/pictures", [id]);
  const { data, error, reload } = fetched;
  useReload(fetched, data?.waiting === 0 ? undefined : lookAgain);
  if (!data) return error === undefined ? null : <Failed error={error} again={() => void reload()} />;
  const { wanted, waiting, stored, failed, faults } = data;
  const said = `${stored} of ${wanted} ${wanted === 1 ? "picture" : "pictures"} fetched`;
  return (
    <div class="pad picture-parts">
      <div>
        <p role="status">
          {said}
          {failed > 0 && <span class="bad">, {failed} could not be fetched</span>}
        </p>
        {waiting > 0 && <progress max={wanted} value={stored + failed} aria-label="Pictures fetched" />}
      </div>
      {faults.length > 0 && (
        <ul class="picture-faults" aria-label="Pictures that could not be fetched">
          {faults.map((fault) => (
            <li key={`${fault.product_id} ${fault.group_id} ${fault.url}`}>
              <span>{fault.url}</span> <Owner of={fault} />
              <span class="fault">{capital(String(fault.fault))}</span>
            </li>
          ))}
        </ul>
      )}
      {failed > 0 && waiting === 0 && <p class="muted">Import the file again to try those again.</p>}
    </div>
  );
}

function Owner({ of }: { of: Fault }) {
  if (of.product_id !== null) return <a href={href(`/inventory/${of.product_id}`)}>Its product</a>;
  if (of.group_id !== null) return <a href={href(`/inventory/groups/${of.group_id}`)}>Its product</a>;
  return null;
}
