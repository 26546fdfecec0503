/* Days, weeks and calendars. A day is a number: days since 1970-01-01 in the Gregorian calendar. */
#ifndef HW_TIMES_CALENDAR_H
#define HW_TIMES_CALENDAR_H
#include <stdbool.h>
#include <stdint.h>

typedef struct { int year, month, day; } hw_date;

/* The three calendars of Kurdish news by a letter: g Gregorian, s solar Hijri (its years are counted in Kurdish years
 * too), h lunar Hijri (by the tabular calendar: a day off now and then). */
int32_t hw_day_of(char calendar, hw_date d);
hw_date hw_gregorian(int32_t day);
bool hw_date_exists(char calendar, hw_date d);
/* 1 Monday ... 7 Sunday. */
int hw_weekday(int32_t day);
/* The ISO week of a day: its number, and the year it belongs to. */
int hw_iso_week(int32_t day, int *year);
/* Days in a Gregorian month. */
int hw_month_days(int year, int month);
#endif
