import { useState } from "preact/hooks";
import { post, remove } from "../api/client";
import { useData } from "../api/data";
import { useMay, useSession } from "../session";
import { dateTime } from "../text/time";
import { Button } from "../ui/button";
import { confirmAct } from "../ui/dialog";
import { Form, TextArea } from "../ui/form";
import { Section } from "../ui/page";
import { Failed, Loading } from "../ui/states";
import { notify } from "../ui/toast";

/** The server's bound. */
const mostLetters = 2000;

/** What staff say to each other about an order. */
export function Comments({ order }: { order: number }) {
  const { user } = useSession();
  const mayWrite = useMay("staff");
  const isOwner = useMay("owner");
  const comments = useData("/admin/orders/{id}/comments", [order], { live: ["order.comment"] });
  const [written, setWritten] = useState(0);
  const rows = comments.data?.data ?? [];
  if (!mayWrite && comments.data && rows.length === 0) return null;
  return (
    <Section title="Comments" class="staff-only">
      {!comments.data ? (
        <div class="pad">
          {comments.error !== undefined ? (
            <Failed error={comments.error} again={() => void comments.reload()} />
          ) : (
            <Loading rows={2} />
          )}
        </div>
      ) : (
        rows.length > 0 && (
          <ol class="comments">
            {rows.map((comment) => (
              <li key={comment.id}>
                <p class="prose">{comment.text}</p>
                <small class="muted">
                  {comment.author}, <time dateTime={comment.at}>{dateTime(comment.at)}</time>
                </small>
                {((mayWrite && comment.author_id === user.id) || isOwner) && (
                  <Button
                    class="link"
                    aria-label={`Delete the comment of ${comment.author}, ${dateTime(comment.at)}`}
                    onPress={async () => {
                      const sure = await confirmAct({
                        title: "Delete this comment?",
                        text: <p>Nobody can read it any more.</p>,
                        act: "Delete",
                        danger: true,
                      });
                      if (!sure) return;
                      await remove("/admin/orders/{id}/comments/{comment}", [order, comment.id]);
                      await comments.reload();
                    }}
                  >
                    Delete
                  </Button>
                )}
              </li>
            ))}
          </ol>
        )
      )}
      {mayWrite && (
        <Form
          key={written}
          submit="Comment"
          onSubmit={async ({ text }) => {
            await post("/admin/orders/{id}/comments", [order], { body: { text: text!.trim() } });
            notify("Comment added");
            setWritten(written + 1);
            await comments.reload();
          }}
        >
          <TextArea
            name="text"
            label="New comment"
            hint="Only those who work here see it."
            required
            rows={2}
            maxLength={mostLetters}
          />
        </Form>
      )}
    </Section>
  );
}
