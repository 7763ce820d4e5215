/* frame.c: how the arguments of frame.h are found.
 *
 * Three steps.  (1) What is the predicate: verbal (active or passive) or nominal.  (2) Its own children, by their relation.  (3) What is missing
 * is looked for outside: a clause without a subject takes the one that its governor gives it, by the way it hangs on it:
 *
 *   conj      the subject of the first conjunct                     Troops entered the town and [troops] burned it
 *   xcomp     the governor's object, else its subject               urged Russia to [Russia] leave; agreed to [he] leave
 *   advcl     the governor's subject                                A bomb exploded, [bomb] killing five
 *   acl       the noun: doer of a present, object of a past         troops [troops] advancing; troops [o: troops] deployed
 *             participle; of an infinitive or a gerund behind a     Russia's plan to [Russia] attack; a history of [he] cheating
 *             preposition, who has the noun                         charged him on counts of [he] stealing
 *   acl:relcl the noun, in the place of the relative pronoun        the men who [men] fled; towns that they took [o: towns]
 *   amod      the noun                                              striking workers, captured soldiers
 *
 * The climb follows a chain of such clauses for at most CLIMB steps. */
#include "read/frame.h"
#include "read/tree.h"

#define CLIMB 12

/* The adpositions that mark who acts and what is acted on beside an English nominal: grammar, not vocabulary. */
static const char *const NOMINAL_AGENT = "by";
static const char *const NOMINAL_THEME = "of";
static const char *const NOMINAL_GROUND = "on"; /* "arrested *on* charges of", "*on* suspicion of" */
/* Behind these the object does what the gerund tells: "accused X of killing", "blamed X for killing", "kept X from leaving". */
static const char *const OBJECT_CONTROL[] = {"as", "of", "for", "from"};

static const struct token *token_at(const struct analysis *a, int32_t t) { return &a->tokens[t]; }
static enum deprel rel(const struct analysis *a, int32_t t) { return (enum deprel)a->tokens[t].deprel; }
static enum deprel base_rel(const struct analysis *a, int32_t t) { return deprel_base(rel(a, t)); }

static bool is_nominal(const struct analysis *a, int32_t t)
{
  uint8_t u = token_at(a, t)->upos;
  return u == UPOS_NOUN || u == UPOS_PROPN || u == UPOS_PRON || u == UPOS_NUM || u == UPOS_SYM || u == UPOS_DET || u == UPOS_X;
}

static bool is_verbal(const struct analysis *a, int32_t t)
{
  uint8_t u = token_at(a, t)->upos;
  return u == UPOS_VERB || u == UPOS_AUX;
}

static int32_t child_of(const struct analysis *a, int32_t t, enum deprel wanted)
{
  for (int32_t c = token_at(a, t)->first_child; c != TOKEN_NONE; c = token_at(a, c)->next_sibling)
    if (rel(a, c) == wanted) return c;
  return TOKEN_NONE;
}

static bool has_feat(const struct analysis *a, int32_t t, uint32_t bits) { return (token_at(a, t)->feats & bits) == bits; }

/* Its case marker, or TOKEN_NONE.  Of several ("from under the bridge") the first. */
static int32_t case_of(const struct analysis *a, int32_t t) { return tree_case(a, t); }

static void add_one(struct frame *f, enum frame_role role, int32_t token, int32_t marker, bool shared)
{
  if (f->n == FRAME_ARGUMENTS || token == TOKEN_NONE) return;
  for (uint32_t i = 0; i < f->n; i++)
    if (f->arguments[i].token == token) return; /* a token has one role; the first found is the surest */
  f->arguments[f->n++] = (struct argument){role, token, marker, shared};
}

/* The argument and those coordinated with it ("Russia and Iran"); a conjunct may bring its own marker ("in A or near B"). */
static void add(const struct analysis *a, struct frame *f, enum frame_role role, int32_t token, int32_t marker, bool shared)
{
  add_one(f, role, token, marker, shared);
  for (int32_t c = token_at(a, token)->first_child; c != TOKEN_NONE; c = token_at(a, c)->next_sibling) {
    if (rel(a, c) != DEP_CONJ || is_verbal(a, c) || c == f->predicate) continue;
    int32_t own = case_of(a, c);
    add_one(f, role, c, own != TOKEN_NONE ? own : marker, shared);
  }
}

static bool has_role(const struct frame *f, enum frame_role role)
{
  for (uint32_t i = 0; i < f->n; i++)
    if (f->arguments[i].role == role) return true;
  return false;
}

static bool is_past_participle(const struct analysis *a, int32_t t)
{
  return has_feat(a, t, FEAT_PASS) || has_feat(a, t, FEAT_PART | FEAT_PAST);
}

/* Of two subjects before a verb with a bracket or dash between them the nearer is its own: what is before it is a dateline or a credit
 * ("LIMA, Peru (AP) - Police arrested"). */
static bool outdone(const struct analysis *a, int32_t verb, int32_t subject)
{
  for (int32_t c = token_at(a, subject)->next_sibling; c != TOKEN_NONE && c < verb; c = token_at(a, c)->next_sibling) {
    if (rel(a, c) != DEP_NSUBJ && rel(a, c) != DEP_NSUBJ_PASS) continue;
    for (int32_t t = subject + 1; t < token_at(a, c)->left; t++)
      if (token_at(a, t)->upos == UPOS_PUNCT && !slice_is(token_at(a, t)->form, ",") && !tree_dominates(a, c, t)) return true;
  }
  return false;
}

/* The child that is the subject of the clause as it stands, or TOKEN_NONE. */
static int32_t surface_subject(const struct analysis *a, int32_t t)
{
  for (int32_t c = token_at(a, t)->first_child; c != TOKEN_NONE; c = token_at(a, c)->next_sibling) {
    enum deprel r = rel(a, c);
    if (r == DEP_NSUBJ && outdone(a, t, c)) continue;
    if (r == DEP_NSUBJ || r == DEP_NSUBJ_PASS || (r == DEP_NSUBJ_OUTER && child_of(a, t, DEP_NSUBJ) == TOKEN_NONE)) return c;
  }
  return TOKEN_NONE;
}

/* Is a comma all that stands between the subject and its verb ("Orban, asked why, left")?  None parts these two alone: the verb is of an aside. */
static bool comma_parts(const struct analysis *a, int32_t subject, int32_t verb)
{
  int32_t comma = verb - 1;
  if (comma <= subject || !slice_is(token_at(a, comma)->form, ",")) return false;
  for (int32_t t = token_at(a, subject)->left; t < comma; t++)
    if (token_at(a, t)->upos == UPOS_PUNCT || (t > subject && !tree_dominates(a, subject, t))) return false;
  return true;
}

/* Is a clause behind the verb finite and without subject: what the subject in front of the aside does ("Orban, asked why, did not answer")? */
static bool goes_on_behind(const struct analysis *a, int32_t verb)
{
  if (token_at(a, verb)->right == verb || token_at(a, verb + 1)->upos == UPOS_PUNCT) return false;
  for (int32_t c = token_at(a, verb)->first_child; c != TOKEN_NONE; c = token_at(a, c)->next_sibling)
    if (token_at(a, c)->left > verb && (rel(a, c) == DEP_CCOMP || rel(a, c) == DEP_CONJ) && surface_subject(a, c) == TOKEN_NONE &&
        child_of(a, c, DEP_MARK) == TOKEN_NONE && token_at(a, token_at(a, c)->left - 1)->upos == UPOS_PUNCT &&
        (has_feat(a, c, FEAT_FIN) || child_of(a, c, DEP_AUX) != TOKEN_NONE))
      return true;
  return false;
}

/* A past participle that the tree takes for a finite verb, which looks alike: no finite clause without subject and conjunction stands before
 * the clause that it belongs to ("Asked why, she left"), and none stands behind a comma that parts it from its subject. */
static bool looks_finite(const struct analysis *a, int32_t t)
{
  int32_t subject = surface_subject(a, t), head = token_at(a, t)->head;
  if (!has_feat(a, t, FEAT_FIN | FEAT_PAST) || token_at(a, t)->upos != UPOS_VERB || child_of(a, t, DEP_OBJ) != TOKEN_NONE) return false;
  for (int32_t c = token_at(a, t)->first_child; c != TOKEN_NONE; c = token_at(a, c)->next_sibling)
    if (rel(a, c) == DEP_MARK || rel(a, c) == DEP_AUX || rel(a, c) == DEP_EXPL) return false;
  if (subject != TOKEN_NONE) return subject < t && goes_on_behind(a, t) && comma_parts(a, subject, t);
  return rel(a, t) == DEP_ADVCL && t < head;
}

/* Passive: by its auxiliary or subject, by its voice, or as a bare past participle behind or before a noun; a coordinated
 * participle without an auxiliary of its own is what the first conjunct is ("was arrested and charged"). */
static bool is_passive(const struct analysis *a, int32_t t)
{
  for (int32_t at = t, step = 0; step < CLIMB; step++) {
    bool aux = false;
    for (int32_t c = token_at(a, at)->first_child; c != TOKEN_NONE; c = token_at(a, c)->next_sibling) {
      enum deprel r = rel(a, c);
      if (r == DEP_AUX_PASS) return true;
      /* a finite form, or one that says something, is active: its subject is misnamed */
      if ((r == DEP_NSUBJ_PASS || r == DEP_CSUBJ_PASS) && !has_feat(a, at, FEAT_FIN) && child_of(a, at, DEP_CCOMP) == TOKEN_NONE) return true;
      if (r == DEP_AUX || r == DEP_NSUBJ) aux = true;
    }
    if (looks_finite(a, at)) return true;
    if (aux) return false;
    enum deprel r = rel(a, at);
    if (has_feat(a, at, FEAT_PASS)) return surface_subject(a, at) == TOKEN_NONE || child_of(a, at, DEP_CCOMP) == TOKEN_NONE;
    if ((r == DEP_ACL || r == DEP_AMOD || r == DEP_ADVCL) && is_past_participle(a, at)) return true;
    if (r != DEP_CONJ || !is_past_participle(a, at) || token_at(a, at)->head == TOKEN_NONE) return false;
    at = token_at(a, at)->head;
  }
  return false;
}

static bool is_relative_pronoun(const struct analysis *a, int32_t t)
{
  uint8_t u = token_at(a, t)->upos;
  return has_feat(a, t, FEAT_REL) && (u == UPOS_PRON || u == UPOS_DET);
}

/* The noun that a clause modifies, when it does: of acl and acl:relcl its head, else TOKEN_NONE. */
static int32_t modified_noun(const struct analysis *a, int32_t t)
{
  return base_rel(a, t) == DEP_ACL ? token_at(a, t)->head : TOKEN_NONE;
}

/* Who holds a noun with an infinitive behind it ("Russia's plan to attack", "made a decision to leave", "plans by X to"). */
static int32_t holder_of_noun(const struct analysis *a, int32_t noun)
{
  int32_t poss = child_of(a, noun, DEP_NMOD_POSS);
  if (poss != TOKEN_NONE) return poss;
  for (int32_t c = token_at(a, noun)->first_child; c != TOKEN_NONE; c = token_at(a, c)->next_sibling) {
    int32_t marker = base_rel(a, c) == DEP_NMOD ? case_of(a, c) : TOKEN_NONE;
    if (marker != TOKEN_NONE && slice_is(token_at(a, marker)->lemma, NOMINAL_AGENT)) return c;
  }
  return TOKEN_NONE;
}

/* The object of the governor when the adverbial clause is a gerund that tells what the object does. */
static int32_t controlled_object(const struct analysis *a, int32_t clause, int32_t governor)
{
  int32_t mark = child_of(a, clause, DEP_MARK), object = child_of(a, governor, DEP_OBJ);
  if (mark == TOKEN_NONE || object == TOKEN_NONE || object > clause || has_feat(a, clause, FEAT_INF)) return TOKEN_NONE;
  for (size_t i = 0; i < sizeof OBJECT_CONTROL / sizeof OBJECT_CONTROL[0]; i++)
    if (slice_is(token_at(a, mark)->lemma, OBJECT_CONTROL[i])) return object;
  return TOKEN_NONE;
}

/* Who does what a gerund behind a noun tells ("a history of | helping"): who has the noun (*found), else the clause that it stands in; what one is
 * charged *on*, its object did. */
static int32_t above_noun(const struct analysis *a, int32_t noun, int32_t *found)
{
  *found = holder_of_noun(a, noun);
  for (int step = 0; step < CLIMB && rel(a, noun) == DEP_NMOD && is_nominal(a, token_at(a, noun)->head); step++) noun = token_at(a, noun)->head;
  const int32_t above = token_at(a, noun)->head, marker = case_of(a, noun);
  if (above == TOKEN_NONE || *found != TOKEN_NONE) return TOKEN_NONE;
  if (base_rel(a, noun) == DEP_OBJ) return above;
  if (base_rel(a, noun) != DEP_OBL) return TOKEN_NONE;
  const int32_t object = marker != TOKEN_NONE && slice_is(token_at(a, marker)->lemma, NOMINAL_GROUND) ? child_of(a, above, DEP_OBJ) : TOKEN_NONE;
  if (object != TOKEN_NONE && object < noun) *found = object;
  return above;
}

/* "drove into crowds watching the show, | killing ten": a participle behind a comma goes on from the verb, not from the participle on its object.
 * That verb, or TOKEN_NONE. */
static int32_t beyond_noun(const struct analysis *a, int32_t clause, int32_t governor)
{
  const int32_t left = token_at(a, clause)->left, noun = token_at(a, governor)->head;
  if (rel(a, governor) != DEP_ACL || noun == TOKEN_NONE || child_of(a, clause, DEP_MARK) != TOKEN_NONE || has_feat(a, clause, FEAT_INF)) return TOKEN_NONE;
  if (!slice_is(token_at(a, left)->form, ",") && (left == 0 || !slice_is(token_at(a, left - 1)->form, ","))) return TOKEN_NONE;
  const int32_t verb = token_at(a, noun)->head;
  if (verb == TOKEN_NONE || verb > noun || !is_verbal(a, verb)) return TOKEN_NONE;
  return base_rel(a, noun) == DEP_OBL || base_rel(a, noun) == DEP_OBJ ? verb : TOKEN_NONE;
}

/* The form of a verb that coordination keeps: finite past, finite present, participle, infinitive; 0 when an auxiliary makes another of it. */
static uint32_t verb_shape(const struct analysis *a, int32_t t)
{
  if (token_at(a, t)->upos != UPOS_VERB || child_of(a, t, DEP_AUX) != TOKEN_NONE || child_of(a, t, DEP_AUX_PASS) != TOKEN_NONE) return 0;
  return token_at(a, t)->feats & (FEAT_FIN | FEAT_PAST | FEAT_PRES | FEAT_PART | FEAT_GER | FEAT_INF | FEAT_PASS);
}

int32_t frame_coordinated(const struct analysis *a, int32_t t)
{
  int32_t head = token_at(a, t)->head;
  uint32_t shape = verb_shape(a, t);
  if (rel(a, t) != DEP_CONJ || head == TOKEN_NONE || shape == 0 || verb_shape(a, head) == shape) return head;
  if (!is_verbal(a, head) && child_of(a, head, DEP_COP) == TOKEN_NONE) return head;
  if (verb_shape(a, head) == 0 && (shape & FEAT_PAST) && has_feat(a, head, FEAT_PART | FEAT_PAST)) return head; /* "was taken and held": one form for both */
  bool content = false, loose = verb_shape(a, head) == 0 && (shape & FEAT_FIN);
  for (int32_t h = head, step = 0; step < CLIMB && h != TOKEN_NONE; h = token_at(a, h)->head, step++) {
    uint32_t above = verb_shape(a, h);
    if (content && (above == shape || (loose && (above & FEAT_FIN)))) return h;
    content |= rel(a, h) == DEP_CCOMP;
  }
  return head;
}

/* "Israel confirmed cases, and Ana Li announced ...", with Ana Li wrongly coordinated with Israel across the verb: the phrase right before the
 * coordinated verb is its subject. */
static int32_t subject_across(const struct analysis *a, int32_t t)
{
  int32_t above = token_at(a, t)->head, begin = t;
  if (rel(a, t) != DEP_CONJ || above == TOKEN_NONE) return TOKEN_NONE;
  for (int32_t c = token_at(a, t)->first_child; c != TOKEN_NONE && c < t; c = token_at(a, c)->next_sibling)
    if (rel(a, c) == DEP_AUX || rel(a, c) == DEP_ADVMOD || rel(a, c) == DEP_AUX_PASS) begin = c < begin ? c : begin;
    else if (rel(a, c) != DEP_PUNCT && rel(a, c) != DEP_CC) return TOKEN_NONE;
  for (int32_t n = begin - 1; n > above && n > begin - CLIMB; n--)
    if (rel(a, n) == DEP_CONJ && is_nominal(a, n) && token_at(a, n)->right == begin - 1 && token_at(a, n)->head < above) return n;
  return TOKEN_NONE;
}

/* The one step from a clause without a subject to where its subject is told: either a noun (*found) or another clause to ask (returned);
 * TOKEN_NONE ends the climb. */
static int32_t climb_once(const struct analysis *a, int32_t t, int32_t *found)
{
  int32_t head = token_at(a, t)->head;
  *found = TOKEN_NONE;
  if (head == TOKEN_NONE) return TOKEN_NONE;
  switch (rel(a, t)) {
  case DEP_CONJ:
    *found = subject_across(a, t);
    return frame_coordinated(a, t);
  case DEP_XCOMP: {
    int32_t obj = child_of(a, head, DEP_OBJ), iobj = child_of(a, head, DEP_IOBJ);
    if (iobj != TOKEN_NONE) *found = iobj;
    else if (obj != TOKEN_NONE && obj < t) *found = obj;
    return head;
  }
  case DEP_ADVCL: {
    const int32_t beyond = beyond_noun(a, t, head);
    if (beyond != TOKEN_NONE) return beyond;
    *found = controlled_object(a, t, head);
    return head;
  }
  case DEP_ACL:
    if (has_feat(a, t, FEAT_INF) || is_nominal(a, t)) {
      *found = holder_of_noun(a, head);
      /* "the decision to leave was taken by X", "X took the decision to leave": ask the clause that the noun stands in */
      int32_t above = token_at(a, head)->head;
      return *found == TOKEN_NONE && base_rel(a, head) == DEP_OBJ ? above : TOKEN_NONE;
    }
    if (child_of(a, t, DEP_MARK) != TOKEN_NONE && !is_passive(a, t)) return above_noun(a, head, found);
    *found = head;
    return head;
  case DEP_AMOD:
    *found = head;
    return head;
  default:
    return TOKEN_NONE;
  }
}

/* The subject that a clause without one takes from outside, or TOKEN_NONE. */
static int32_t shared_subject(const struct analysis *a, int32_t t)
{
  for (int step = 0; step < CLIMB; step++) {
    int32_t found, next = climb_once(a, t, &found);
    if (found != TOKEN_NONE) return found;
    if (next == TOKEN_NONE) return TOKEN_NONE;
    if (!is_verbal(a, next) && child_of(a, next, DEP_COP) == TOKEN_NONE && token_at(a, next)->upos != UPOS_ADJ) return TOKEN_NONE;
    int32_t subject = surface_subject(a, next);
    if (subject != TOKEN_NONE) {
      if (!is_relative_pronoun(a, subject)) return subject;
      int32_t noun = modified_noun(a, next);
      return noun != TOKEN_NONE ? noun : subject;
    }
    if (rel(a, next) == DEP_ACL_RELCL) return token_at(a, next)->head;
    t = next;
  }
  return TOKEN_NONE;
}

/* Coordinated predicates share an object that follows them all ("arrested and beat the men": the object hangs on the first or the last). */
static void share_object(const struct analysis *a, struct frame *f)
{
  int32_t p = f->predicate;
  if (has_role(f, ROLE_OBJECT) || has_role(f, ROLE_CLAUSE) || f->passive) return;
  if (rel(a, p) == DEP_CONJ) {
    int32_t obj = child_of(a, token_at(a, p)->head, DEP_OBJ);
    if (obj != TOKEN_NONE && obj > p) add(a, f, ROLE_OBJECT, obj, TOKEN_NONE, true);
  }
}

/* The agent of a passive that hangs on a noun between ("was fired at the base by soldiers"). */
static void far_agent(const struct analysis *a, struct frame *f)
{
  uint32_t n = f->n;
  for (uint32_t i = 0; i < n; i++) {
    const struct argument arg = f->arguments[i];
    if (arg.role != ROLE_OBLIQUE || arg.token < f->predicate) continue;
    for (int32_t c = token_at(a, arg.token)->first_child; c != TOKEN_NONE; c = token_at(a, c)->next_sibling) {
      int32_t marker = rel(a, c) == DEP_NMOD && c > arg.token ? case_of(a, c) : TOKEN_NONE;
      if (marker != TOKEN_NONE && slice_is(token_at(a, marker)->lemma, NOMINAL_AGENT)) add(a, f, ROLE_SUBJECT, c, marker, false);
    }
  }
}

/* The noun that a relative clause hangs on takes the place of its relative pronoun; without one it fills the gap. */
static void fill_relative(const struct analysis *a, struct frame *f)
{
  int32_t p = f->predicate, noun = token_at(a, p)->head;
  if (rel(a, p) != DEP_ACL_RELCL || noun == TOKEN_NONE) return;
  bool pronoun = false;
  for (uint32_t i = 0; i < f->n; i++) {
    struct argument *arg = &f->arguments[i];
    if (!is_relative_pronoun(a, arg->token)) continue;
    *arg = (struct argument){arg->role, noun, arg->marker, true};
    pronoun = true;
    break;
  }
  for (int32_t c = token_at(a, p)->first_child; !pronoun && c != TOKEN_NONE; c = token_at(a, c)->next_sibling)
    if (rel(a, c) == DEP_ADVMOD && (has_feat(a, c, FEAT_REL) || has_feat(a, c, FEAT_INT))) { /* "the town where they met" */
      add_one(f, ROLE_OBLIQUE, noun, c, true);
      pronoun = true;
    }
  if (pronoun) return;
  if (f->passive ? !has_role(f, ROLE_OBJECT) : !has_role(f, ROLE_OBJECT) && has_role(f, ROLE_SUBJECT)) add_one(f, ROLE_OBJECT, noun, TOKEN_NONE, true);
  else if (!f->passive && !has_role(f, ROLE_SUBJECT)) add_one(f, ROLE_SUBJECT, noun, TOKEN_NONE, true);
}

/* "wounding at least | 90": a number behind "at" and a degree, which the tree takes for a phrase. */
static bool number_alone(const struct analysis *a, int32_t t)
{
  return t > 1 && token_at(a, t)->upos == UPOS_NUM && token_at(a, t - 1)->head == t && token_at(a, t - 1)->upos == UPOS_ADJ && case_of(a, t - 1) == t - 2;
}

static void verbal_children(const struct analysis *a, struct frame *f)
{
  bool has_obj = child_of(a, f->predicate, DEP_OBJ) != TOKEN_NONE;
  for (int32_t c = token_at(a, f->predicate)->first_child; c != TOKEN_NONE; c = token_at(a, c)->next_sibling) {
    switch (rel(a, c)) {
    case DEP_NSUBJ:
    case DEP_NSUBJ_PASS:
      if (outdone(a, f->predicate, c)) break;
      /* "Kyiv was given tanks": what was given stays the object */
      add(a, f, !f->passive ? ROLE_SUBJECT : has_obj ? ROLE_IOBJECT : ROLE_OBJECT, c, TOKEN_NONE, false);
      break;
    case DEP_OBJ:
      add(a, f, ROLE_OBJECT, c, TOKEN_NONE, false);
      break;
    case DEP_IOBJ: /* "allowed the inspectors to return": some trees have an indirect object where an infinitive follows */
      add(a, f, !has_obj && child_of(a, f->predicate, DEP_XCOMP) > c ? ROLE_OBJECT : ROLE_IOBJECT, c, TOKEN_NONE, false);
      break;
    case DEP_OBL_AGENT:
      add(a, f, ROLE_SUBJECT, c, case_of(a, c), false);
      break;
    case DEP_OBL:
    case DEP_OBL_UNMARKED:
    case DEP_NMOD:
      add(a, f, !has_obj && number_alone(a, c) ? ROLE_OBJECT : ROLE_OBLIQUE, c, case_of(a, c), false);
      break;
    case DEP_NMOD_POSS: /* "his resigning" */
      add(a, f, ROLE_SUBJECT, c, TOKEN_NONE, false);
      break;
    case DEP_CCOMP:
    case DEP_XCOMP:
    case DEP_CSUBJ:
    case DEP_CSUBJ_PASS:
      add_one(f, ROLE_CLAUSE, c, child_of(a, c, DEP_MARK), false);
      break;
    default:
      break;
    }
  }
}

static void verbal_frame(const struct analysis *a, struct frame *f)
{
  verbal_children(a, f);
  fill_relative(a, f);
  enum frame_role missing = f->passive ? ROLE_OBJECT : ROLE_SUBJECT;
  if (surface_subject(a, f->predicate) == TOKEN_NONE && !has_role(f, missing)) {
    int32_t shared = shared_subject(a, f->predicate);
    if (shared != TOKEN_NONE) add(a, f, missing, shared, TOKEN_NONE, true);
  }
  /* the agent of coordinated passives, when it follows them all */
  if (f->passive && !has_role(f, ROLE_SUBJECT) && rel(a, f->predicate) == DEP_CONJ) {
    int32_t agent = child_of(a, token_at(a, f->predicate)->head, DEP_OBL_AGENT);
    if (agent > f->predicate) add(a, f, ROLE_SUBJECT, agent, case_of(a, agent), true);
  }
  if (f->passive && !has_role(f, ROLE_SUBJECT)) far_agent(a, f);
  share_object(a, f);
}

static void nominal_children(const struct analysis *a, struct frame *f, int32_t noun, bool shared)
{
  bool agent = false, theme = false;
  for (int32_t c = token_at(a, noun)->first_child; c != TOKEN_NONE; c = token_at(a, c)->next_sibling) {
    int32_t marker = base_rel(a, c) == DEP_NMOD || base_rel(a, c) == DEP_OBL ? case_of(a, c) : TOKEN_NONE;
    if (marker == TOKEN_NONE) continue;
    if (slice_is(token_at(a, marker)->lemma, NOMINAL_AGENT)) agent = true;
    if (slice_is(token_at(a, marker)->lemma, NOMINAL_THEME)) theme = true;
  }
  for (int32_t c = token_at(a, noun)->first_child; c != TOKEN_NONE; c = token_at(a, c)->next_sibling) {
    int32_t marker = case_of(a, c);
    switch (rel(a, c)) {
    case DEP_NMOD_POSS:
      /* "Russia's invasion", "the city's destruction by Russia" */
      add(a, f, agent && !theme ? ROLE_OBJECT : ROLE_SUBJECT, c, marker, shared);
      break;
    case DEP_OBL_AGENT:
      add(a, f, ROLE_SUBJECT, c, marker, shared);
      break;
    case DEP_NMOD:
    case DEP_NMOD_UNMARKED:
    case DEP_NMOD_DESC:
    case DEP_OBL:
    case DEP_OBL_UNMARKED:
      /* beside a verb that a noun with a copula is, obliques belong to the copula's clause; still they place and date it */
      if (marker != TOKEN_NONE && slice_is(token_at(a, marker)->lemma, NOMINAL_AGENT)) add(a, f, ROLE_SUBJECT, c, marker, shared);
      else if (marker != TOKEN_NONE && slice_is(token_at(a, marker)->lemma, NOMINAL_THEME)) add(a, f, ROLE_OBJECT, c, marker, shared);
      else add(a, f, ROLE_OBLIQUE, c, marker, shared);
      break;
    case DEP_AMOD:
    case DEP_COMPOUND:
    case DEP_FLAT:
      if (c < noun) add(a, f, ROLE_MODIFIER, c, TOKEN_NONE, shared);
      break;
    case DEP_ACL:
    case DEP_CCOMP:
    case DEP_XCOMP:
      add_one(f, ROLE_CLAUSE, c, child_of(a, c, DEP_MARK), shared);
      break;
    default:
      break;
    }
  }
}

static void nominal_frame(const struct analysis *a, struct frame *f)
{
  int32_t p = f->predicate;
  nominal_children(a, f, p, false);
  /* "the arrest and torture of the men": what the nouns share hangs on the first, or on the last */
  if (rel(a, p) == DEP_CONJ && child_of(a, p, DEP_NMOD_POSS) == TOKEN_NONE && is_nominal(a, token_at(a, p)->head)) {
    int32_t first = token_at(a, p)->head;
    bool bare = child_of(a, p, DEP_DET) == TOKEN_NONE && child_of(a, p, DEP_NMOD) == TOKEN_NONE;
    if (bare) nominal_children(a, f, first, true);
  }
  if (child_of(a, p, DEP_NMOD) == TOKEN_NONE)
    for (int32_t c = token_at(a, p)->first_child; c != TOKEN_NONE; c = token_at(a, c)->next_sibling)
      if (rel(a, c) == DEP_CONJ && token_at(a, c)->upos == UPOS_NOUN && child_of(a, c, DEP_DET) == TOKEN_NONE && child_of(a, c, DEP_NMOD_POSS) == TOKEN_NONE) {
        for (int32_t g = token_at(a, c)->first_child; g != TOKEN_NONE; g = token_at(a, g)->next_sibling) {
          int32_t marker = rel(a, g) == DEP_NMOD ? case_of(a, g) : TOKEN_NONE;
          if (marker == TOKEN_NONE) continue;
          bool agent = slice_is(token_at(a, marker)->lemma, NOMINAL_AGENT), theme = slice_is(token_at(a, marker)->lemma, NOMINAL_THEME);
          add(a, f, agent ? ROLE_SUBJECT : theme ? ROLE_OBJECT : ROLE_OBLIQUE, g, marker, true);
        }
        break;
      }
}

void frame_of(const struct analysis *a, int32_t predicate, struct frame *to)
{
  to->predicate = predicate;
  to->n = 0;
  to->passive = false;
  uint8_t u = token_at(a, predicate)->upos;
  to->nominal = u == UPOS_NOUN || u == UPOS_PROPN || u == UPOS_PRON || u == UPOS_NUM;
  if (to->nominal) {
    nominal_frame(a, to);
  } else {
    to->passive = is_verbal(a, predicate) && is_passive(a, predicate);
    verbal_frame(a, to);
  }
  /* by role, and in each by the text: insertion into an array of at most FRAME_ARGUMENTS */
  for (uint32_t i = 1; i < to->n; i++) {
    struct argument arg = to->arguments[i];
    uint32_t j = i;
    for (; j > 0 && (to->arguments[j - 1].role > arg.role || (to->arguments[j - 1].role == arg.role && to->arguments[j - 1].token > arg.token)); j--)
      to->arguments[j] = to->arguments[j - 1];
    to->arguments[j] = arg;
  }
}

int32_t frame_argument(const struct analysis *a, const struct frame *frame, enum frame_role role, const char *marker)
{
  for (uint32_t i = 0; i < frame->n; i++) {
    const struct argument *arg = &frame->arguments[i];
    if (arg->role != role) continue;
    if (role != ROLE_OBLIQUE || !marker || (arg->marker != TOKEN_NONE && slice_is(token_at(a, arg->marker)->lemma, marker))) return arg->token;
  }
  return TOKEN_NONE;
}
