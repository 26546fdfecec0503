/* In: an event that was just stored. Out: the event of another article that it tells of again, if there is one.
 *
 * Two reports are of one event when they are of one type and status, dated to the day and at most a day apart, share an actor
 * and share a target; or share an actor and the place, where one of them names no target. The first report stored stands for the
 * others, so that a chain of reports is one event; an event of a near-duplicate never does while another is there.
 *
 * Each event is noted under what another must share with it (event_sides): actor and target; actor and place, told apart by a
 * negative number that is odd for events without a target; with its kind and its day (a number of days). So a report is found by a few look-ups, however many events a day has. */
#include "store/inside.h"

#include <stdio.h>

/* Days since the first of March of the year 0; false when the date is none to the day. */
static bool day_of(const char *date, int64_t *day)
{
    int y, m, d, at = 0;
    if (sscanf(date, "%4d-%2d-%2d%n", &y, &m, &d, &at) != 3 || at != 10 || date[10] || m < 1 || m > 12) return false;
    y -= m <= 2;
    m = (m + 9) % 12;
    *day = (int64_t)365 * y + y / 4 - y / 100 + y / 400 + (m * 306 + 5) / 10 + d;
    return true;
}

/* The first event of another article that is noted there, or a day before or after, when it comes before *first. */
static bool look(hw_store *s, const hw_event_sides *e, int64_t actor, int64_t target, int64_t day, int64_t *first)
{
#define ON(day) "(SELECT event FROM event_sides s WHERE actor = ?1 AND target = ?2 AND kind = ?3 AND day = " day " AND article <> ?5" \
    " AND (SELECT copy FROM events v WHERE v.id = s.event) = 0 ORDER BY event LIMIT 1)"
    sqlite3_stmt *st = hw_sql(s, "SELECT min(x.column1) FROM (VALUES(" ON("?4 - 1") "), (" ON("?4") "), (" ON("?4 + 1") ")) x");
#undef ON
    int64_t found;
    hw_bind_int(st, 1, actor);
    hw_bind_int(st, 2, target);
    hw_bind_int(st, 3, e->kind);
    hw_bind_int(st, 4, day);
    hw_bind_int(st, 5, e->article);
    if (!hw_run_int(st, 0, &found)) return false;
    if (found && (!*first || found < *first)) *first = found;
    return true;
}

static bool note(hw_store *s, const hw_event_sides *e, int64_t actor, int64_t target, int64_t day)
{
    sqlite3_stmt *st = hw_sql(s, "INSERT OR IGNORE INTO event_sides(actor, target, kind, day, event, article) VALUES(?1, ?2, ?3, ?4, ?5, ?6)");
    const int64_t v[] = {actor, target, e->kind, day, e->event, e->article};
    for (int i = 0; i < 6; i++) hw_bind_int(st, i + 1, v[i]);
    return hw_run(st);
}

bool hw_link_event(hw_store *s, const hw_event_sides *e)
{
    int64_t first = 0, day;
    bool bare = !e->n_targets, ok = true;
    if (!day_of(e->date, &day)) return true;
    for (size_t i = 0; i < e->n_actors && ok; i++) {
        for (size_t k = 0; k < e->n_targets && ok; k++) ok = look(s, e, e->actors[i], e->targets[k], day, &first);
        /* without a target: whoever acts there; with one: those that name none */
        if (e->place && ok) ok = look(s, e, e->actors[i], -2 * e->place - !bare, day, &first);
    }
    for (size_t i = 0; i < e->n_actors && ok; i++) {
        for (size_t k = 0; k < e->n_targets && ok; k++) ok = note(s, e, e->actors[i], e->targets[k], day);
        if (e->place && ok) ok = note(s, e, e->actors[i], -2 * e->place, day);
        if (e->place && bare && ok) ok = note(s, e, e->actors[i], -2 * e->place - 1, day);
    }
    if (!first || !ok) return ok;
    sqlite3_stmt *st = hw_sql(s, "UPDATE events SET same = (SELECT coalesce(o.same, o.id) FROM events o WHERE o.id = ?2) WHERE id = ?1");
    hw_bind_int(st, 1, e->event);
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
        st = hw_sql(s, "SELECT id FROM events WHERE same = ?1 ORDER BY copy, id LIMIT 1");
        hw_bind_int(st, 1, first);
        if (!hw_run_int(st, 0, &next)) return false;
        st = hw_sql(s, "UPDATE events SET same = nullif(?2, id) WHERE same = ?1");
        hw_bind_int(st, 1, first);
        hw_bind_int(st, 2, next);
        if (!hw_run(st)) return false;
    }
}
