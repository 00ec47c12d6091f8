#include "base/clock.h"

#include <stdio.h>
#include <string.h>

enum { DAY_SECONDS = 86400 };

static const int64_t first_second = -62135596800; /* 0001-01-01T00:00:00Z */
static const int64_t last_second = 253402300799;  /* 9999-12-31T23:59:59Z */

struct moment {
    unsigned year, month, day, hour, minute, second;
};

/* Days from 1970-01-01 in the proleptic Gregorian calendar. Years begin in March here, so that the
 * leap day comes last. */
static int64_t days_of(unsigned year, unsigned month, unsigned day)
{
    const int64_t y = (int64_t)year - (month <= 2);
    const int64_t era = (y >= 0 ? y : y - 399) / 400;
    const int64_t year_of_era = y - era * 400;
    const int64_t day_of_year = (153 * ((int64_t)month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
           719468;
}

static struct moment moment_of(int64_t seconds)
{
    const int64_t shifted = seconds - first_second;
    const int64_t second_of_day = shifted % DAY_SECONDS;
    /* Days from 0000-03-01: 0001-01-01 is 306 days behind it. */
    const int64_t days = shifted / DAY_SECONDS + 306;
    const int64_t day_of_era = days % 146097;
    const int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const int64_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int64_t month = (5 * day_of_year + 2) / 153;

    return (struct moment){
        .year = (unsigned)(days / 146097 * 400 + year_of_era + (month >= 10)),
        .month = (unsigned)(month < 10 ? month + 3 : month - 9),
        .day = (unsigned)(day_of_year - (153 * month + 2) / 5 + 1),
        .hour = (unsigned)(second_of_day / 3600),
        .minute = (unsigned)(second_of_day / 60 % 60),
        .second = (unsigned)(second_of_day % 60),
    };
}

void clock_text(int64_t seconds, char text[CLOCK_TEXT_SIZE])
{
    struct moment at;

    if (seconds < first_second)
        seconds = first_second;
    if (seconds > last_second)
        seconds = last_second;
    at = moment_of(seconds);
    snprintf(text, CLOCK_TEXT_SIZE, "%04u-%02u-%02uT%02u:%02u:%02u+00:00", at.year % 10000,
             at.month % 100, at.day % 100, at.hour % 100, at.minute % 100, at.second % 100);
}

/* Read exactly `digits` digits and move behind them. */
static bool take_number(const char **text, unsigned digits, unsigned *ret)
{
    unsigned value = 0;

    for (; digits; digits--, (*text)++) {
        if (**text < '0' || **text > '9')
            return false;
        value = value * 10 + (unsigned)(**text - '0');
    }
    *ret = value;
    return true;
}

static bool take_char(const char **text, char c)
{
    if (**text != c)
        return false;
    (*text)++;
    return true;
}

static unsigned days_in(unsigned year, unsigned month)
{
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    return days[month - 1] + (month == 2 && leap);
}

static bool take_date(const char **text, struct moment *ret)
{
    if (!take_number(text, 4, &ret->year) || !take_char(text, '-') ||
        !take_number(text, 2, &ret->month) || !take_char(text, '-') ||
        !take_number(text, 2, &ret->day))
        return false;
    return ret->year >= 1 && ret->month >= 1 && ret->month <= 12 && ret->day >= 1 &&
           ret->day <= days_in(ret->year, ret->month);
}

static bool take_time(const char **text, struct moment *ret)
{
    unsigned digit;

    ret->second = 0;
    if (!take_number(text, 2, &ret->hour) || !take_char(text, ':') ||
        !take_number(text, 2, &ret->minute))
        return false;
    if (take_char(text, ':')) {
        if (!take_number(text, 2, &ret->second))
            return false;
        if (take_char(text, '.')) {
            if (!take_number(text, 1, &digit))
                return false;
            while (take_number(text, 1, &digit))
                ;
        }
    }
    return ret->hour <= 23 && ret->minute <= 59 && ret->second <= 59;
}

/* The zone up to the end of the text, as seconds that local time is ahead of UTC. */
static bool take_zone(const char *text, int64_t *ret_ahead)
{
    const bool behind = *text == '-';
    unsigned hours, minutes;

    *ret_ahead = 0;
    if (*text == '\0' || strcmp(text, "Z") == 0)
        return true;
    if (text[0] != '+' && text[0] != '-')
        return false;
    text++;
    if (!take_number(&text, 2, &hours) || !take_char(&text, ':') ||
        !take_number(&text, 2, &minutes) || *text || hours > 23 || minutes > 59)
        return false;
    *ret_ahead = (int64_t)(hours * 60 + minutes) * (behind ? -60 : 60);
    return true;
}

bool clock_parse(const char *text, int64_t *ret_seconds)
{
    struct moment at = {.hour = 23, .minute = 59, .second = 59};
    int64_t ahead = 0;
    int64_t seconds;

    if (!take_date(&text, &at))
        return false;
    if (*text) {
        if (!take_char(&text, 'T') && !take_char(&text, ' '))
            return false;
        if (!take_time(&text, &at) || !take_zone(text, &ahead))
            return false;
    }
    seconds = days_of(at.year, at.month, at.day) * DAY_SECONDS + at.hour * 3600 + at.minute * 60 +
              at.second - ahead;
    if (seconds < first_second || seconds > last_second)
        return false;
    *ret_seconds = seconds;
    return true;
}

bool clock_parse_span(const char *text, const char *units, int64_t *ret_seconds)
{
    static const struct {
        char letter;
        int64_t seconds;
    } known[] = {{'s', 1},
                 {'m', 60},
                 {'h', 3600},
                 {'d', DAY_SECONDS},
                 {'w', 7 * DAY_SECONDS},
                 {'y', 365 * (int64_t)DAY_SECONDS}};
    enum { DIGITS = 6 };
    int64_t value = 0;
    unsigned digit;

    for (size_t i = 0; i < DIGITS && take_number(&text, 1, &digit); i++)
        value = 10 * value + digit;
    for (size_t i = 0; value > 0 && i < sizeof known / sizeof *known; i++) {
        if (text[0] != known[i].letter || text[1] || !strchr(units, text[0]))
            continue;
        *ret_seconds = value * known[i].seconds;
        return true;
    }
    return false;
}
