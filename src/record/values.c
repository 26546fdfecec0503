/* In: an enumerated value of the public header. Out: its name as the JSON writes it. */
#include "hewal.h"

#define NAME(table, v) ((unsigned)(v) < sizeof(table) / sizeof *(table) ? (table)[v] : "")

const char *hewal_type_name(hewal_type v)
{
    static const char *const t[] = {"PER", "ORG", "LOC", "ROLE"};
    return NAME(t, v);
}

const char *hewal_timex_name(hewal_timex v)
{
    static const char *const t[] = {"DATE", "TIME", "DURATION", "SET"};
    return NAME(t, v);
}

const char *hewal_kind_name(hewal_kind v)
{
    static const char *const t[] = {"direct", "indirect", "mixed"};
    return NAME(t, v);
}

const char *hewal_event_status_name(hewal_event_status v)
{
    static const char *const t[] = {"occurred", "planned", "requested", "denied", "hypothetical"};
    return NAME(t, v);
}

const char *hewal_mode_name(hewal_mode v)
{
    static const char *const t[] = {"", "meet", "visit", "phone"};
    return NAME(t, v);
}

const char *hewal_channel_name(hewal_channel v)
{
    static const char *const t[] = {"unspecified", "statement", "tweet", "social-post", "press-conference", "interview", "meeting",
                                    "phone-call", "speech", "letter", "document", "media-report", "video"};
    return NAME(t, v);
}

const char *hewal_event_type_name(hewal_event_type v)
{
    static const char *const t[] = {"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
                                    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"};
    return NAME(t, v);
}
