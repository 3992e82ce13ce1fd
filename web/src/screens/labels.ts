import { type Body, explain, Problem, postForPdf } from "../api/client";
import { openFile } from "../ui/file";
import { notify } from "../ui/toast";

/**
 * Shows the labels of these parcels, or of all parcels of these orders that are still in the shop, in one PDF. If some
 * cannot be printed, it names them with the reason, and offers the others.
 */
export async function printLabels(of: Body<"/shipments/labels", "post">): Promise<void> {
  try {
    openFile(await postForPdf("/shipments/labels", of), "labels.pdf");
  } catch (error) {
    const printable =
      error instanceof Problem && error.code === "labels_refused" ? (error.body.printable as number[]) : [];
    notify(explain(error), {
      kind: "bad",
      ...(printable.length > 0 && {
        action: {
          label: printable.length === 1 ? "Print the other one" : `Print the other ${printable.length}`,
          run: () => void printLabels({ shipment_ids: printable }),
        },
      }),
    });
  }
}
