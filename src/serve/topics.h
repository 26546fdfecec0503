/* What somebody speaks of. In: quotes. Out: the words that stand in most of them, by lemma, without those that say nothing. */
#ifndef HW_SERVE_TOPICS_H
#define HW_SERVE_TOPICS_H
#include "serve/inside.h"

typedef struct { const char *word; uint32_t quotes; } hw_topic;

/* The `most` words in most of the newest quotes that the filter lets through; in the request's arena. Returns how many. */
size_t hw_topics(hw_request *rq, const hw_filter *f, size_t most, const hw_topic **out);
#endif
