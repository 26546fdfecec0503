/* In: dates of three calendars. Out: days, weekdays, ISO weeks. */
#include "times/calendar.h"

int hw_month_days(int y, int m)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
    return days[m - 1] + (m == 2 && leap);
}

static int32_t from_gregorian(hw_date d) /* years are counted from March, so that leap days come last */
{
    int y = d.year - (d.month <= 2), era = (y >= 0 ? y : y - 399) / 400, of_era = y - era * 400;
    int of_year = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

hw_date hw_gregorian(int32_t day)
{
    int32_t z = day + 719468, era = (z >= 0 ? z : z - 146096) / 146097, of_era = z - era * 146097;
    int32_t yoe = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int32_t of_year = of_era - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * of_year + 2) / 153;
    hw_date d = {yoe + era * 400, mp + (mp < 10 ? 3 : -9), of_year - (153 * mp + 2) / 5 + 1};
    d.year += d.month <= 2;
    return d;
}

/* 8 leap years in 33, as the equinox has it from 1600 to 2200. */
static int32_t from_solar(hw_date d)
{
    int y = d.year - 979, cycles = (y >= 0 ? y : y - 32) / 33, rest = y - cycles * 33;
    int32_t day = 365 * y + cycles * 8 + (rest + 3) / 4 + 79;
    day += (d.month <= 7 ? (d.month - 1) * 31 : 186 + (d.month - 7) * 30) + d.day - 1;
    return day + from_gregorian((hw_date){1600, 1, 1});
}

static int32_t from_lunar(hw_date d)
{
    int32_t julian = (11 * d.year + 3) / 30 + 354 * d.year + 30 * d.month - (d.month - 1) / 2 + d.day + 1948440 - 385;
    return julian - 2440588;
}

int32_t hw_day_of(char calendar, hw_date d)
{
    return calendar == 's' ? from_solar(d) : calendar == 'h' ? from_lunar(d) : from_gregorian(d);
}

bool hw_date_exists(char calendar, hw_date d)
{
    if (d.year < 1 || d.year > 9999 || d.month < 1 || d.month > 12 || d.day < 1) return false;
    if (calendar == 's') return d.day <= (d.month <= 6 ? 31 : 30);
    if (calendar == 'h') return d.day <= 30;
    return d.day <= hw_month_days(d.year, d.month);
}

int hw_weekday(int32_t day)
{
    return ((day % 7) + 10) % 7 + 1; /* day 0 was a Thursday */
}

int hw_iso_week(int32_t day, int *year)
{
    int32_t thursday = day - hw_weekday(day) + 4;
    *year = hw_gregorian(thursday).year;
    return (thursday - from_gregorian((hw_date){*year, 1, 1})) / 7 + 1;
}
