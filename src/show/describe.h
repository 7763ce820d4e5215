/* describe.h: one record in one line of plain words, the way a person would say it.  Used for the readings shown to a person and by `tocsin why`.
 *
 * All text from the document passes show_clean.  Lines may be long: the caller wraps them. */
#ifndef SHOW_DESCRIBE_H
#define SHOW_DESCRIBE_H
#include "show/show.h"

/* "Sabrina Singh (USAMIL)": the entity's name, else the words at `span`; with a code where one is known. */
void describe_who(struct buf *to, const struct show_input *in, int32_t entity, struct span span, struct slice code);
void describe_parties(struct buf *to, const struct show_input *in, const struct parties *parties);
void describe_source(struct buf *to, const struct show_input *in, const struct claim *claim);

void describe_entity(struct buf *to, const struct show_input *in, uint32_t id);   /* person Sabrina Singh, Pentagon spokesperson (USAMIL) */
void describe_place(struct buf *to, const struct show_input *in, uint32_t id);    /* "Kursk Oblast": admin1 in RUS, 51.8 36.3, literal */
void describe_date(struct buf *to, const struct show_input *in, uint32_t id);     /* "last week": DATE 2024-W43 */
void describe_amount(struct buf *to, const struct show_input *in, uint32_t id);   /* more than 600,000 casualties */
void describe_figure(struct buf *to, const struct show_input *in, uint32_t id);   /* what else is known of the figure */
void describe_act(struct buf *to, const struct show_input *in, uint32_t id);      /* MOBILIZE troops */
void describe_event(struct buf *to, const struct show_input *in, uint32_t id);    /* North Korea (PRK) → Russia (RUS), in Kursk, 2024-10-28 */
void describe_stance(struct buf *to, const struct show_input *in, uint32_t id);   /* denies (probable) */
void describe_claim(struct buf *to, const struct show_input *in, uint32_t id);    /* Sabrina Singh (USAMIL): "some of these forces ..." */
void describe_position(struct buf *to, const struct show_input *in, uint32_t id); /* toward event 3: MOBILIZE troops ... */

#endif
