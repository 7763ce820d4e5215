#include "export/atom.h"
#include "export/parts.h"
#include "export/stix_out.h"
#include "export/when.h"
#include "ledger/ledger_item.h"

#define ENTRIES_MOST ((size_t)1 << 30)

/* Text and values of attributes.  XML has no room for most control characters and for two code points (XML 1.0, section 2.2). */
static void put_text(struct buf *to, struct slice text)
{
  for (size_t i = 0; i < text.n; i++) {
    const unsigned char c = (unsigned char)text.at[i];
    const bool last_two = c == 0xef && i + 2 < text.n && (unsigned char)text.at[i + 1] == 0xbf && (unsigned char)text.at[i + 2] >= 0xbe;
    if (c == '&') buf_text(to, "&amp;");
    else if (c == '<') buf_text(to, "&lt;");
    else if (c == '>') buf_text(to, "&gt;");
    else if (c == '"') buf_text(to, "&quot;");
    else if (c == '\r') buf_text(to, "&#13;");
    else if (last_two || (c < ' ' && c != '\n' && c != '\t')) {
      buf_text(to, "\xef\xbf\xbd");
      if (last_two) i += 2;
    } else buf_char(to, text.at[i]);
  }
}

static void put_element(struct buf *to, const char *name, struct slice text)
{
  buf_printf(to, "<%s>", name);
  put_text(to, text);
  buf_printf(to, "</%s>\n", name);
}

/* A name that stays: a UUID of version 5. */
static void put_id(struct buf *to, const char *kind, struct slice key)
{
  const struct stix_id id = stix_id(kind, key);
  buf_text(to, "<id>urn:uuid:");
  for (unsigned i = 0; i < sizeof id.uuid; i++) buf_printf(to, "%s%02x", i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "", id.uuid[i]);
  buf_text(to, "</id>\n");
}

static void put_link(struct buf *to, const char *relation, struct slice url)
{
  if (!part_is_address(url)) return;
  buf_printf(to, "<link rel=\"%s\" href=\"", relation);
  put_text(to, url);
  buf_text(to, "\"/>\n");
}

static void put_time(struct atom *atom, struct slice published)
{
  struct when when = {1970, 1, 1, 0, 0, 0};
  struct buf text;
  when_read(published, &when);
  buf_init(&text, sizeof atom->newest);
  when_rfc3339(&text, &when);
  put_element(&atom->entries, "updated", buf_get(&text));
  if (!text.failed && text.n < sizeof atom->newest && (!atom->newest[0] || slice_cmp(buf_get(&text), slice_of(atom->newest)) > 0)) {
    memcpy(atom->newest, text.at, text.n);
    atom->newest[text.n] = '\0';
  }
  buf_release(&text);
}

void atom_begin(struct atom *atom)
{
  *atom = (struct atom){.newest = ""};
  buf_init(&atom->entries, ENTRIES_MOST);
  buf_init(&atom->first, 1 << 10);
}

void atom_entry(struct atom *atom, const struct alert *alert)
{
  struct buf *to = &atom->entries;
  const json_t *sentences = json_object_get(alert->told, "sentences"), *one, *first = json_array_get(sentences, 0);
  size_t i;
  buf_text(to, "<entry>\n");
  put_id(to, "alert", alert->id);
  buf_text(to, "<title>");
  put_text(to, item_string(alert->told, "rule"));
  buf_text(to, ": ");
  put_text(to, item_string(alert->told, "says"));
  buf_text(to, "</title>\n");
  put_time(atom, item_string(first, "published"));
  put_link(to, "alternate", item_string(first, "url"));
  buf_text(to, "<category term=\"");
  put_text(to, item_string(alert->told, "kind"));
  buf_text(to, "\"/>\n<content>");
  json_array_foreach(sentences, i, one) {
    if (i) buf_text(to, "\n");
    put_text(to, item_string(one, "sentence"));
    buf_text(to, " [");
    put_text(to, item_string(one, "doc"));
    if (item_string(one, "publisher").n) buf_text(to, ", ");
    put_text(to, item_string(one, "publisher"));
    buf_text(to, "]");
  }
  buf_text(to, "</content>\n</entry>\n");
}

void atom_first(struct atom *atom, struct slice id)
{
  buf_slice(&atom->first, id);
}

void atom_end(struct atom *atom, struct slice address, struct buf *to)
{
  buf_text(to, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n");
  if (part_is_address(address)) {
    put_element(to, "id", address);
    put_link(to, "self", address);
  } else put_id(to, "feed", buf_get(&atom->first));
  buf_text(to, "<title>Alerts of tocsin</title>\n<author><name>tocsin</name></author>\n<generator version=\"" TOCSIN_VERSION "\">tocsin</generator>\n");
  put_element(to, "updated", atom->newest[0] ? slice_of(atom->newest) : SLICE("1970-01-01T00:00:00Z"));
  buf_slice(to, buf_get(&atom->entries));
  buf_text(to, "</feed>\n");
  to->failed = to->failed || atom->entries.failed || atom->first.failed;
}

void atom_release(struct atom *atom)
{
  buf_release(&atom->entries);
  buf_release(&atom->first);
}
