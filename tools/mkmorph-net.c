/* In: the .lexc files and junctures.foma of a morphology folder. Out: the net as src/morph/net.h lays it out, folded for reading
 * and as it is spelled for making forms.
 *
 * foma compiles the continuation classes, eliminates the flags, composes them with the juncture rules and the folding of
 * letters, and minimizes. What comes out is flattened: arcs that read no letter give their tags to the arcs after them, and
 * a slot's arc is joined with the marker of the stem's end that follows it. */
#include "mkmorph.h"

#include "base/utf8.h"
#include <fcntl.h>
#include <fomalib.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bytes net_states, net_arcs, net_lists, net_tables, spelled_states, spelled_arcs;
uint32_t net_root, spelled_root;

static struct fsm *regex(const char *text, struct defined_networks *defs)
{
    char *copy = strdup(text);
    if (!copy) die("out of memory");
    struct fsm *net = fsm_parse_regex(copy, defs, NULL);
    free(copy);
    if (!net) die("foma does not understand: %s", text);
    return net;
}

/* foma tells what it does on both outputs; nobody wants that in a build. */
static void quiet(bool on)
{
    static int kept[2] = {-1, -1};
    fflush(stdout);
    fflush(stderr);
    for (int fd = 1; fd <= 2; fd++) {
        if (on) {
            int null = open("/dev/null", O_WRONLY);
            kept[fd - 1] = dup(fd);
            if (null >= 0) {
                dup2(null, fd);
                close(null);
            }
        } else if (kept[fd - 1] >= 0) {
            dup2(kept[fd - 1], fd);
            close(kept[fd - 1]);
        }
    }
}

static struct fsm *read_lexc(const char *dir)
{
    char pattern[1100];
    snprintf(pattern, sizeof pattern, "%s/*.lexc", dir);
    glob_t g;
    if (glob(pattern, 0, NULL, &g) != 0) die("%s: no .lexc files", dir);
    bytes all = {0};
    for (size_t i = 0; i < g.gl_pathc; i++) { /* sorted by name */
        char *s = slurp(g.gl_pathv[i], NULL);
        if (!s) die("%s: cannot be read", g.gl_pathv[i]);
        put(&all, s, strlen(s));
        put(&all, "\n", 1);
        free(s);
    }
    globfree(&g);
    put(&all, "", 1);
    quiet(true);
    struct fsm *net = fsm_lexc_parse_string((char *)all.p, 0);
    if (net) net = flag_eliminate(fsm_minimize(net), NULL);
    quiet(false);
    if (!net) die("%s: foma does not understand the .lexc files (`foma -e 'read lexc FILE'` says where)", dir);
    free(all.p);
    return net;
}

/* Definitions `define NAME REGEX ;`; the last line of one ends with the semicolon. */
static struct fsm *read_junctures(const char *dir)
{
    char path[1100];
    snprintf(path, sizeof path, "%s/junctures.foma", dir);
    char *s = slurp(path, NULL);
    if (!s) die("%s: cannot be read", path);
    struct defined_networks *defs = defined_networks_init();
    bytes text = {0};
    for (char *line = strtok(s, "\n"); line; line = strtok(NULL, "\n")) {
        if (*line == '#') continue;
        put(&text, line, strlen(line));
        put(&text, " ", 1);
        size_t n = strlen(line);
        while (n && line[n - 1] == ' ') n--;
        if (!n || line[n - 1] != ';') continue;
        put(&text, "", 1);
        char name[64];
        int at = 0;
        char *t = (char *)text.p;
        if (sscanf(t, "define %63s %n", name, &at) < 1 || !at) die("%s: expected `define NAME REGEX ;`, not %s", path, t);
        *strrchr(t, ';') = 0;
        add_defined(defs, regex(t + at, defs), name);
        text.n = 0;
    }
    free(s);
    free(text.p);
    return regex("Junctures", defs);
}

/* ---- flattening --------------------------------------------------------------------------------------------------- */

typedef struct { int in, out, target; } arc;
static struct { arc *a; int *first; bool *final; int n_states; } raw; /* arcs of s: a[first[s]] to a[first[s + 1] - 1] */
enum { SYM_NONE, SYM_LETTER, SYM_SLOT, SYM_END, SYM_TAG };
typedef struct { uint8_t kind; uint16_t value; const char *text; } symbol;
static symbol *symbols;

static void read_symbols(const struct fsm *net)
{
    int max = 0;
    for (const struct sigma *s = net->sigma; s; s = s->next)
        if (s->number > max) max = s->number;
    symbols = calloc((size_t)max + 1, sizeof *symbols);
    if (!symbols) die("out of memory");
    for (const struct sigma *s = net->sigma; s; s = s->next) {
        if (s->number <= IDENTITY) continue;
        symbol *y = &symbols[s->number];
        if (*s->symbol == '{') {
            unsigned e = end_number(s->symbol);
            char name[64];
            snprintf(name, sizeof name, "%s", s->symbol + 1);
            name[strcspn(name, "}")] = 0;
            *y = e ? (symbol){SYM_END, (uint16_t)e, NULL} : (symbol){SYM_SLOT, (uint16_t)slot_number(name, true), NULL};
        } else if (*s->symbol == '+') {
            *y = (symbol){SYM_TAG, (uint16_t)tag_number(s->symbol + 1), NULL};
        } else {
            uint32_t cp;
            size_t n = strlen(s->symbol);
            if (n && hw_utf8_decode(s->symbol, n, &cp) == n) *y = (symbol){SYM_LETTER, (uint16_t)letter_number(cp, true), NULL};
        }
        y->text = strdup(s->symbol);
    }
}

static void read_arcs(struct fsm *net)
{
    int n = 0, states = 0;
    for (struct fsm_state *s = net->states; s->state_no != -1; s++) {
        if (s->target != -1) n++;
        if (s->state_no >= states) states = s->state_no + 1;
    }
    raw.n_states = states;
    raw.a = malloc(((size_t)n + 1) * sizeof *raw.a);
    raw.first = calloc((size_t)states + 2, sizeof *raw.first);
    raw.final = calloc((size_t)states + 1, sizeof *raw.final);
    if (!raw.a || !raw.first || !raw.final) die("out of memory");
    for (struct fsm_state *s = net->states; s->state_no != -1; s++) {
        if (s->target != -1) raw.first[s->state_no + 1]++;
        if (s->final_state) raw.final[s->state_no] = true;
        if (s->start_state) net_root = (uint32_t)s->state_no;
    }
    for (int i = 0; i < states; i++) raw.first[i + 1] += raw.first[i];
    int *at = malloc(((size_t)states + 1) * sizeof *at);
    if (!at) die("out of memory");
    memcpy(at, raw.first, (size_t)states * sizeof *at);
    for (struct fsm_state *s = net->states; s->state_no != -1; s++)
        if (s->target != -1) raw.a[at[s->state_no]++] = (arc){s->in, s->out, s->target};
    free(at);
}

typedef struct { uint8_t t[24]; unsigned n; } tag_list;
static bytes flat[3]; /* arcs of the state in hand: letters, slots, ends */

static uint16_t list_of(const tag_list *l)
{
    if (!net_lists.n) put(&net_lists, "", 1);
    if (!l->n) return 0;
    for (size_t i = 1; i < net_lists.n; i += strlen((char *)net_lists.p + i) + 1)
        if (!memcmp(net_lists.p + i, l->t, l->n) && !net_lists.p[i + l->n]) return (uint16_t)i;
    size_t at = put(&net_lists, l->t, l->n);
    put(&net_lists, "", 1);
    if (at > UINT16_MAX) die("too many combinations of tags");
    return (uint16_t)at;
}

static void add_tag(tag_list *l, int in)
{
    if (in > IDENTITY && symbols[in].kind == SYM_TAG) {
        if (l->n == sizeof l->t) die("more than %zu tags between two letters", sizeof l->t);
        l->t[l->n++] = (uint8_t)symbols[in].value;
    }
}

static void flatten(int state, tag_list tags_before, unsigned slot, int depth);

static void flatten_arc(const arc *a, tag_list l, unsigned slot, int depth)
{
    if (depth > 40) die("the rules loop without reading a letter");
    symbol y = a->out > IDENTITY ? symbols[a->out] : (symbol){SYM_NONE, 0, "?"};
    add_tag(&l, a->in);
    if (a->out == EPSILON) {
        flatten(a->target, l, slot, depth + 1);
    } else if (slot != HW_NET_NONE) { /* behind a slot: only the marker of an end may come */
        if (y.kind != SYM_END) die("a slot must be followed by the end of its stem");
        hw_arc f = {(uint16_t)(slot * HW_NET_ENDS + y.value), list_of(&l), (uint32_t)a->target};
        put(&flat[1], &f, sizeof f);
    } else if (y.kind == SYM_LETTER) {
        hw_arc f = {y.value, list_of(&l), (uint32_t)a->target};
        put(&flat[0], &f, sizeof f);
    } else if (y.kind == SYM_SLOT) {
        if (y.value == slot_number("preverb", true) || y.value == slot_number("preverb2", true)) { /* they have no end */
            hw_arc f = {(uint16_t)(y.value * HW_NET_ENDS), list_of(&l), (uint32_t)a->target};
            put(&flat[1], &f, sizeof f);
        } else {
            flatten(a->target, l, y.value, depth + 1);
        }
    } else if (y.kind != SYM_END) { /* states between a slot and its end are never entered */
        die("the net has «%s» where a letter or slot was expected", y.text);
    }
}

static void flatten(int state, tag_list l, unsigned slot, int depth)
{
    if (raw.final[state] && slot == HW_NET_NONE) {
        hw_arc f = {0, list_of(&l), 0};
        put(&flat[2], &f, sizeof f);
    }
    for (int i = raw.first[state]; i < raw.first[state + 1]; i++) flatten_arc(&raw.a[i], l, slot, depth);
}

static int by_label(const void *a, const void *b)
{
    const hw_arc *x = a, *y = b;
    if (x->label != y->label) return x->label < y->label ? -1 : 1;
    if (x->tags != y->tags) return x->tags < y->tags ? -1 : 1;
    return x->to < y->to ? -1 : x->to > y->to;
}

static uint16_t add_table(const hw_arc *a, unsigned n)
{
    uint16_t table[HW_NET_LABELS] = {0};
    for (unsigned i = n; i-- > 0;) table[a[i].label] = (uint16_t)(i + 1);
    return (uint16_t)(put(&net_tables, table, sizeof table) / sizeof table);
}

static void flatten_all(void)
{
    for (int s = 0; s < raw.n_states; s++) {
        for (int k = 0; k < 3; k++) flat[k].n = 0;
        flatten(s, (tag_list){{0}, 0}, HW_NET_NONE, 0);
        hw_state st = {.arcs = (uint32_t)(net_arcs.n / sizeof(hw_arc))};
        uint16_t counts[3];
        for (int k = 0; k < 3; k++) {
            size_t n = flat[k].n / sizeof(hw_arc), kept = 0;
            hw_arc *a = (hw_arc *)(void *)flat[k].p;
            if (n) qsort(a, n, sizeof *a, by_label);
            for (size_t i = 0; i < n; i++)
                if (!i || memcmp(&a[i], &a[i - 1], sizeof *a)) {
                    put(&net_arcs, &a[i], sizeof *a);
                    if (k == 0) st.letters |= UINT64_C(1) << a[i].label;
                    kept++;
                }
            counts[k] = (uint16_t)kept;
        }
        st.n_letters = counts[0];
        st.n_slots = counts[1];
        st.n_ends = counts[2];
        if (st.n_slots) st.table = add_table((const hw_arc *)(void *)net_arcs.p + st.arcs + st.n_letters, st.n_slots);
        put(&net_states, &st, sizeof st);
    }
}

uint32_t net_slot(uint32_t state, unsigned slot)
{
    const hw_state *s = (const hw_state *)(void *)net_states.p + state;
    const hw_arc *a = (const hw_arc *)(void *)net_arcs.p + s->arcs + s->n_letters;
    for (unsigned i = 0; i < s->n_slots; i++)
        if (a[i].label == slot) return a[i].to;
    return HW_NET_NONE;
}

static void flatten_net(struct fsm *net)
{
    read_symbols(net);
    read_arcs(net);
    flatten_all();
    fsm_destroy(net);
}

void build_net(const char *dir)
{
    struct fsm *spelled = fsm_minimize(fsm_compose(read_lexc(dir), read_junctures(dir)));
    struct fsm *folded = fsm_minimize(fsm_compose(fsm_copy(spelled), regex(fold_rules(), NULL)));
    flatten_net(spelled);
    spelled_states = net_states;
    spelled_arcs = net_arcs;
    spelled_root = net_root;
    net_states = net_arcs = net_tables = (bytes){0};
    flatten_net(folded);
}
