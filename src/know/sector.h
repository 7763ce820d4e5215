/* sector.h: PLOVER's actor sectors (the PLOVER manual) and the CAMEO role that each is written as in a CAMEO string. */
#ifndef KNOW_SECTOR_H
#define KNOW_SECTOR_H
#include "base/slice.h"

/* PLOVER sector, CAMEO role */
#define SECTOR_LIST(X)                                                                                               \
  X(GOV, "GOV") X(MIL, "MIL") X(COP, "COP") X(JUD, "JUD") X(LEG, "LEG") X(PRM, "MIL") X(PTY, "PTY") X(REB, "REB")     \
  X(SPY, "SPY") X(UAF, "UAF") X(UNK, "") X(AGR, "AGR") X(BUS, "BUS") X(CRM, "CRM") X(CVL, "CVL") X(EDU, "EDU")        \
  X(ELI, "ELI") X(JRN, "MED") X(LAB, "LAB") X(MED, "HLH") X(OPP, "OPP") X(PRE, "") X(REF, "REF") X(REL, "REL") X(SOC, "")

enum sector {
  SECTOR_NONE,
#define SECTOR_ENUM(name, cameo) SECTOR_##name,
  SECTOR_LIST(SECTOR_ENUM)
#undef SECTOR_ENUM
  SECTOR_COUNT
};
#define SECTORS_MAX 3 /* primary first */

const char *sector_name(enum sector s);
const char *sector_cameo(enum sector s);
bool sector_find(struct slice name, enum sector *to);
/* A list as tables write it, parted by '+' ("PTY+OPP"); unused places become SECTOR_NONE, an empty list gives none.
 * False for an unknown sector or more than SECTORS_MAX. */
bool sectors_find(struct slice list, uint8_t to[SECTORS_MAX]);

#endif
