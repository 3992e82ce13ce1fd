import { usePlace } from "../router";
import { Tabs } from "../ui/list";
import { Page } from "../ui/page";
import { CountShelves } from "./stock-count";
import { BookIn } from "./stock-delivery";

/** What arrives is booked in, and shelves are counted: by hand or with a scanner. */
export default function StockIn() {
  const counting = usePlace().query.get("mode") === "count";
  return (
    <Page title="Deliveries and counts" back={{ to: "/inventory", label: "Inventory" }}>
      <Tabs
        label="What to do"
        options={[
          ["", "Book in a delivery"],
          ["mode=count", "Count shelves"],
        ]}
      />
      {counting ? <CountShelves key="count" /> : <BookIn key="delivery" />}
    </Page>
  );
}
