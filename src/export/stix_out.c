#include "export/stix_out.h"
#include "base/sha1.h"
#include "export/when.h"
#include <stdio.h>

enum { UUID = 16, REF_MOST = 80 };
/* The space of our names, itself the name "https://tocsin.invalid/stix" in RFC 9562's space of URLs.  Never to be changed: ids would. */
static const unsigned char space[UUID] = {0xd1, 0xb0, 0x9f, 0x2e, 0x1c, 0xae, 0x5f, 0x0f, 0x8d, 0x4b, 0x46, 0xdc, 0x5d, 0x5d, 0x95, 0xcb};

/* Of a name that is longer than the room its digest stands: ids of documents may be of any length. */
struct stix_id stix_id(const char *type, struct slice key)
{
  struct stix_id id = {.type = type};
  unsigned char inner[20], digest[20], name[UUID + REF_MOST + sizeof inner];
  const size_t n_type = strlen(type);
  size_t n = UUID;
  sha1(key, inner);
  memcpy(name, space, UUID);
  memcpy(name + n, type, n_type);
  n += n_type;
  memcpy(name + n, inner, sizeof inner);
  n += sizeof inner;
  sha1((struct slice){(const char *)name, n}, digest);
  memcpy(id.uuid, digest, UUID);
  id.uuid[6] = (unsigned char)((id.uuid[6] & 0x0f) | 0x50); /* version 5 */
  id.uuid[8] = (unsigned char)((id.uuid[8] & 0x3f) | 0x80); /* variant of the RFC */
  return id;
}

void stix_ref(struct stix_out *s, const struct stix_id *id)
{
  char text[REF_MOST];
  const unsigned char *u = id->uuid;
  const int n = snprintf(text, sizeof text, "%s--%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", id->type, u[0], u[1], u[2], u[3], u[4],
                         u[5], u[6], u[7], u[8], u[9], u[10], u[11], u[12], u[13], u[14], u[15]);
  json_str(&s->j, (struct slice){text, n > 0 ? (size_t)n : 0});
}

void stix_time(struct stix_out *s, const char *key, struct slice published)
{
  struct when when = {1970, 1, 1, 0, 0, 0};
  struct buf text;
  when_read(published, &when);
  buf_init(&text, REF_MOST);
  when_rfc3339(&text, &when);
  json_kstr(&s->j, key, buf_get(&text));
  s->j.to->failed = s->j.to->failed || text.failed;
  buf_release(&text);
}

static void put_ref(struct stix_out *s, const char *key, const struct stix_id *id)
{
  json_key(&s->j, key);
  stix_ref(s, id);
}

void stix_object(struct stix_out *s, const struct stix_id *id, struct slice published)
{
  unsigned char chain[2 * UUID];
  memcpy(chain, s->bundle.uuid, UUID);
  memcpy(chain + UUID, id->uuid, UUID);
  s->bundle = stix_id("bundle", (struct slice){(const char *)chain, sizeof chain});
  json_begin(&s->j, '{');
  json_kstr(&s->j, "type", slice_of(id->type));
  json_kstr(&s->j, "spec_version", SLICE("2.1"));
  put_ref(s, "id", id);
  put_ref(s, "created_by_ref", &s->maker);
  stix_time(s, "created", published);
  stix_time(s, "modified", published);
}

void stix_close(struct stix_out *s)
{
  json_end(&s->j, '}');
  buf_spill(s->j.to);
}

void stix_begin(struct stix_out *s, struct buf *to)
{
  *s = (struct stix_out){.maker = stix_id("identity", SLICE("tocsin")), .bundle = stix_id("bundle", SLICE("tocsin"))};
  json_init(&s->j, to);
  json_begin(&s->j, '{');
  json_kstr(&s->j, "type", SLICE("bundle"));
  json_key(&s->j, "objects");
  json_begin(&s->j, '[');
  stix_object(s, &s->maker, (struct slice){NULL, 0});
  json_kstr(&s->j, "name", SLICE("tocsin"));
  json_kstr(&s->j, "identity_class", SLICE("system"));
  stix_close(s);
}

/* The bundle's id stands last: it is known only then. */
void stix_end(struct stix_out *s)
{
  json_end(&s->j, ']');
  put_ref(s, "id", &s->bundle);
  json_end(&s->j, '}');
  buf_char(s->j.to, '\n');
}
