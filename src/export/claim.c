/* claim.c: claims as schema.org's Claim (https://schema.org/Claim), JSON-LD 1.1 with a vocabulary and no context to be fetched: what is claimed, by
 * whom, and the article in which it appears.  The stance (what is denied is a claim too) is its keyword. */
#include "export/export.h"
#include "export/parts.h"

struct claims_out {
  struct exporting *e;
  struct json_out j;
  struct buf made;
};

/* "urn:tocsin:claim:5f1c...": a hash of the document and the place in it. */
static void put_id(struct claims_out *c, const struct ledger_record *r)
{
  buf_slice(&c->made, r->document.id);
  buf_printf(&c->made, "\n%u-%u", (unsigned)part_span(r->record, "span").begin, (unsigned)part_span(r->record, "span").end);
  buf_printf(&c->made, "\n%lld", (long long)r->n);
  const uint64_t hash = slice_hash(buf_get(&c->made));
  buf_clear(&c->made);
  buf_printf(&c->made, "urn:tocsin:claim:%016llx", (unsigned long long)hash);
  json_kstr(&c->j, "@id", buf_get(&c->made));
  buf_clear(&c->made);
}

/* The words that are claimed. */
static void put_content(struct claims_out *c, const struct ledger_record *r)
{
  view_content(r, &c->made);
  json_kstr(&c->j, "text", c->made.n ? buf_get(&c->made) : r->sentence);
  buf_clear(&c->made);
}

static void put_author(struct claims_out *c, const struct ledger_record *r)
{
  const json_t *source = json_object_get(r->record, "source");
  const struct slice name = part_who(r->document.reading, source);
  const struct slice kind = item_string(item_at(json_object_get(r->document.reading, "entities"), source, "entity"), "kind");
  if (!name.n) return;
  json_key(&c->j, "author");
  json_begin(&c->j, '{');
  json_kstr(&c->j, "@type", slice_is(kind, "person") ? SLICE("Person") : SLICE("Organization"));
  json_kstr(&c->j, "name", name);
  json_kstr_opt(&c->j, "identifier", part_code(r->document.reading, source));
  json_end(&c->j, '}');
}

static void put_article(struct claims_out *c, const char *key, const struct ledger_record *r)
{
  json_key(&c->j, key);
  json_begin(&c->j, '{');
  json_kstr(&c->j, "@type", SLICE("NewsArticle"));
  json_kstr(&c->j, "identifier", r->document.id);
  json_kstr_opt(&c->j, "url", r->document.url);
  json_kstr_opt(&c->j, "headline", r->document.title);
  json_kstr_opt(&c->j, "datePublished", r->document.published);
  if (r->document.publisher.n) {
    json_key(&c->j, "publisher");
    json_begin(&c->j, '{');
    json_kstr(&c->j, "@type", SLICE("Organization"));
    json_kstr(&c->j, "name", r->document.publisher);
    json_end(&c->j, '}');
  }
  json_kstr(&c->j, "text", r->sentence);
  json_end(&c->j, '}');
}

static enum status put_claim(void *context, const struct ledger_record *r)
{
  struct claims_out *c = context;
  json_begin(&c->j, '{');
  json_kstr(&c->j, "@type", SLICE("Claim"));
  put_id(c, r);
  put_content(c, r);
  json_kstr(&c->j, "keywords", item_string(r->record, "stance"));
  put_author(c, r);
  put_article(c, r->document.copy_of.n ? "appearance" : "firstAppearance", r);
  json_end(&c->j, '}');
  c->e->to->failed = c->e->to->failed || c->made.failed;
  buf_spill(c->e->to);
  return ST_OK;
}

enum status export_claim(struct exporting *e)
{
  struct claims_out c = {.e = e};
  buf_init(&c.made, 1 << 26);
  json_init(&c.j, e->to);
  json_begin(&c.j, '{');
  json_key(&c.j, "@context");
  json_begin(&c.j, '{');
  json_kstr(&c.j, "@vocab", SLICE("https://schema.org/"));
  json_end(&c.j, '}');
  json_key(&c.j, "@graph");
  json_begin(&c.j, '[');
  enum status status = view_records(e->view, ASK_CLAIMS, put_claim, &c);
  json_end(&c.j, ']');
  json_end(&c.j, '}');
  buf_char(e->to, '\n');
  buf_release(&c.made);
  return status;
}
