/* In: an event that was just stored. Out: the event of another article that it tells of again, if there is one.
 *
 * Two reports are of one event when they are of one type and status, dated to the day and at most a day apart, share an actor
 * and share a target; or share an actor and the place, where one of them names no target. The first report stored stands for the
 * others, so that a chain of reports is one event.
 *
 * Each event is noted under what another must share with it (event_sides): actor and target; actor and place, told apart by a
 * negative number that is odd for events without a target. So a report is found by a few look-ups, however many events a day has. */
#include "store/inside.h"

#define KIND "v.type || '/' || ifnull(v.mode, '') || '/' || v.status"
#define BARE "NOT EXISTS (SELECT 1 FROM event_targets x WHERE x.event = v.id)"
#define MINE(target, and) "SELECT a.entity AS actor, " target " AS target, " KIND " AS kind, v.date AS date, v.id AS event, v.article AS article" \
    " FROM events v JOIN event_actors a ON a.event = v.id" and " AND v.id = ?1 AND length(v.date) = 10"
#define PAIRS MINE("t.entity", " JOIN event_targets t ON t.event = v.id WHERE 1")

bool hw_link_event(hw_store *s, int64_t event)
{
    int64_t first = 0;
    sqlite3_stmt *st = hw_sql(s,
        "WITH mine AS (" PAIRS " UNION ALL " MINE("-2 * v.place - iif(" BARE ", 0, 1)", " WHERE v.place IS NOT NULL") "), day(n) AS (VALUES(-1), (0), (1))"
        " SELECT coalesce(o.same, o.id) FROM events o WHERE o.id = (SELECT min((SELECT e.event FROM event_sides e WHERE e.actor = m.actor AND"
        " e.target = m.target AND e.kind = m.kind AND e.date = date(m.date, n || ' day') AND e.article <> m.article ORDER BY e.event LIMIT 1)) FROM mine m, day)");
    hw_bind_int(st, 1, event);
    if (!hw_run_int(st, 0, &first)) return false;
    st = hw_sql(s, "INSERT OR IGNORE INTO event_sides(actor, target, kind, date, event, article) " PAIRS
                   " UNION ALL " MINE("-2 * v.place", " WHERE v.place IS NOT NULL")
                   " UNION ALL " MINE("-2 * v.place - 1", " WHERE v.place IS NOT NULL AND " BARE));
    hw_bind_int(st, 1, event);
    if (!hw_run(st)) return false;
    if (!first) return true;
    st = hw_sql(s, "UPDATE events SET same = ?2 WHERE id = ?1");
    hw_bind_int(st, 1, event);
    hw_bind_int(st, 2, first);
    return hw_run(st);
}

bool hw_unlink_events(hw_store *s, int64_t article)
{
    for (;;) {
        int64_t first = 0, next = 0;
        sqlite3_stmt *st = hw_sql(s, "SELECT min(same) FROM events WHERE same IN (SELECT id FROM events WHERE article = ?1)");
        hw_bind_int(st, 1, article);
        if (!hw_run_int(st, 0, &first)) return false;
        if (!first) return true;
        st = hw_sql(s, "SELECT min(id) FROM events WHERE same = ?1");
        hw_bind_int(st, 1, first);
        if (!hw_run_int(st, 0, &next)) return false;
        st = hw_sql(s, "UPDATE events SET same = nullif(?2, id) WHERE same = ?1");
        hw_bind_int(st, 1, first);
        hw_bind_int(st, 2, next);
        if (!hw_run(st)) return false;
    }
}
