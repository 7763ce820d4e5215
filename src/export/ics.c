/* ics.c: planned events with a day as a calendar: iCalendar (RFC 5545), one VEVENT for each event of the ledger, by its first telling that plans it for a
 * day.  Lines end in CR LF and are folded at 75 octets (section 3.1); text is escaped (3.3.11); DTSTAMP is the time of publication. */
#include "export/export.h"
#include "export/parts.h"
#include "export/when.h"

struct calendar_out {
  struct exporting *e;
  struct buf line;
  bool told; /* the event at hand has its entry */
};

/* Ends the line: what was put together, in pieces of 75 octets, none of which ends within a character. */
static void end(struct calendar_out *c)
{
  enum { OCTETS = 75 };
  struct slice rest = buf_get(&c->line);
  struct buf *to = c->e->to;
  to->failed = to->failed || c->line.failed;
  for (bool first = true; first || rest.n; first = false) {
    const size_t room = first ? OCTETS : OCTETS - 1;
    size_t n = rest.n < room ? rest.n : room;
    while (n > 0 && n < rest.n && ((unsigned char)rest.at[n] & 0xc0) == 0x80) n--;
    if (!first) buf_char(to, ' ');
    buf_slice(to, slice_sub(rest, 0, n));
    buf_text(to, "\r\n");
    rest = slice_sub(rest, n, rest.n);
  }
  buf_clear(&c->line);
}

static void line(struct calendar_out *c, const char *text)
{
  buf_text(&c->line, text);
  end(c);
}

static void put_text(struct calendar_out *c, struct slice text)
{
  for (size_t i = 0; i < text.n; i++) {
    const char ch = text.at[i];
    if (ch == '\n') buf_text(&c->line, "\\n");
    else if ((unsigned char)ch >= ' ' && ch != 0x7f) {
      if (ch == '\\' || ch == ';' || ch == ',') buf_char(&c->line, '\\');
      buf_char(&c->line, ch);
    }
  }
}

static void text_line(struct calendar_out *c, const char *name, struct slice text)
{
  if (!text.n) return;
  buf_text(&c->line, name);
  put_text(c, text);
  end(c);
}

/* The id stays as long as the telling does. */
static void put_uid(struct calendar_out *c, const struct ledger_record *r)
{
  struct buf key;
  buf_init(&key, 1 << 16);
  buf_slice(&key, r->document.id);
  buf_printf(&key, "\n%u", (unsigned)part_span(r->record, "trigger").begin);
  buf_printf(&c->line, "UID:%016llx@tocsin", (unsigned long long)slice_hash(buf_get(&key)));
  buf_release(&key);
  end(c);
}

static void put_summary(struct calendar_out *c, const struct ledger_record *r)
{
  struct buf summary;
  buf_init(&summary, 1 << 20);
  part_event_line(&summary, r->document.reading, r->record);
  text_line(c, "SUMMARY:", buf_get(&summary));
  buf_release(&summary);
}

static enum status put_entry(void *context, const struct ledger_record *r)
{
  struct calendar_out *c = context;
  const json_t *place = part_place(r->document.reading, r->record, "place");
  const struct slice value = item_string(json_object_get(r->record, "date"), "value");
  struct when day, stamp = {1970, 1, 1, 0, 0, 0};
  double lat, lon;
  if (c->told || !slice_is(item_string(r->record, "status"), "planned") || !when_read(value, &day)) return ST_OK;
  c->told = true;
  when_read(r->document.published, &stamp);
  line(c, "BEGIN:VEVENT");
  put_uid(c, r);
  buf_text(&c->line, "DTSTAMP:");
  when_ical(&c->line, &stamp);
  end(c);
  buf_printf(&c->line, "DTSTART;VALUE=DATE:%.4s%.2s%.2s", value.at, value.at + 5, value.at + 8);
  end(c);
  put_summary(c, r);
  text_line(c, "DESCRIPTION:", r->sentence);
  text_line(c, "LOCATION:", item_string(place, "name"));
  if (part_point(place, &lat, &lon)) {
    buf_printf(&c->line, "GEO:%.6f;%.6f", lat, lon);
    end(c);
  }
  text_line(c, "CATEGORIES:", item_string(r->record, "type"));
  line(c, "STATUS:TENTATIVE");
  line(c, "END:VEVENT");
  buf_spill(c->e->to);
  return ST_OK;
}

static enum status put_event(void *context, const struct ledger_record *r)
{
  struct calendar_out *c = context;
  c->told = false;
  return view_tellings(c->e->view, r->event, put_entry, c);
}

enum status export_ics(struct exporting *e)
{
  struct calendar_out c = {.e = e};
  buf_init(&c.line, 1 << 24);
  line(&c, "BEGIN:VCALENDAR");
  line(&c, "VERSION:2.0");
  line(&c, "PRODID:-//tocsin//tocsin " TOCSIN_VERSION "//EN");
  enum status status = view_events(e->view, put_event, &c);
  line(&c, "END:VCALENDAR");
  buf_release(&c.line);
  return status;
}
