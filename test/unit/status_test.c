#include "base/status.h"
#include "base/utf8.h"
#include "tap.h"

int main(void)
{
  struct error e = {ST_OK, ""};
  is_int(error_set(&e, ST_REFUSED, "%s:%d: bad", "a.json", 3), ST_REFUSED, "gives the code back");
  is_text(e.message, "a.json:3: bad", "and keeps the message");
  is_int(error_set(&e, ST_IO, "later"), ST_IO, "a later one gives its code");
  ok(e.code == ST_REFUSED && slice_is(slice_of(e.message), "a.json:3: bad"), "but the first is kept");
  error_clear(&e);
  error_set(&e, ST_IO, "a\nb\x1b[31m\x80\x9b \xC2\x9b für\x7f");
  is_text(e.message, "a?b?[31m?? ?? für?", "no control characters and no broken bytes");
  char longer[1000];
  for (size_t pad = 0; pad < 4; pad++) {
    memset(longer, 'x', pad);
    for (size_t i = pad; i + 3 < sizeof longer; i += 3) memcpy(longer + i, "€", 3);
    longer[sizeof longer - 4] = '\0';
    error_clear(&e);
    error_set(&e, ST_IO, "%s", longer);
    struct slice m = slice_of(e.message);
    ok(m.n > 470 && utf8_valid(m) == m.n && slice_ends(m, SLICE("€")), "a long message is cut between characters");
  }
  ok(error_set(NULL, ST_MODEL, "x") == ST_MODEL, "without an error the code alone");
  ok(status_exit(ST_OK) == 0 && status_exit(ST_REFUSED) == 1 && status_exit(ST_USAGE) == 2 && status_exit(ST_IO) == 3, "exit statuses");
  is_text(status_name(ST_MODEL), "model unusable", "names");
  return tap_end();
}
