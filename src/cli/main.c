/* provisional */
#include "hewal.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
int main(int argc, char **argv)
{
    hewal_model *m; hewal_error err; size_t n = 0, cap = 1 << 24; char *buf = malloc(cap);
    n = fread(buf, 1, cap, stdin);
    if (hewal_model_open(&m, NULL, &err)) { fprintf(stderr, "hewal: %s\n", err.message); return 1; }
    hewal_string s = {0};
    if (argc > 1 && !strcmp(argv[1], "normalize")) hewal_normalize(m, buf, n, &s, NULL, NULL);
    else {
        const char *pub = NULL, *id = NULL; bool conllu = false;
        for (int i = 1; i < argc; i++) { if (!strncmp(argv[i], "--published=", 12)) pub = argv[i] + 12; if (!strncmp(argv[i], "--id=", 5)) id = argv[i] + 5; if (!strcmp(argv[i], "--format=conllu")) conllu = true; }
        hewal_meta meta = {.published = pub};
        hewal_record *r;
        if (hewal_annotate(m, buf, n, &meta, &r, &err)) { fprintf(stderr, "hewal: %s\n", err.message); return 1; }
        if (conllu) hewal_record_conllu(r, &s); else hewal_record_json(r, id, NULL, &s);
        hewal_record_free(r);
    }
    fwrite(s.s, 1, s.len, stdout); putchar('\n'); hewal_string_free(&s); hewal_model_close(m); free(buf);
    return 0;
}
