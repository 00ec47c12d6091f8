/* clock.h: instants as seconds since 1970-01-01T00:00:00Z, and their texts. No function here asks
 * what time it is. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

enum { CLOCK_TEXT_SIZE = 32 };

/* "2026-11-22T13:04:12+00:00", the form that ARM replies use, in UTC. Years 1 to 9999; others are
 * clamped. */
void clock_text(int64_t seconds, char text[CLOCK_TEXT_SIZE]);

/* Read a date ("2027-01-31": the end of that day, 23:59:59Z), or a date and time of ISO 8601 with
 * 'T' or a blank between, seconds and fraction optional (a fraction is cut off), zone 'Z',
 * "+hh:mm", "-hh:mm" or none (UTC). False if it is none of these or no such day exists. */
bool clock_parse(const char *text, int64_t *ret_seconds);

/* Read how long something lasts: a whole number above 0 of at most six digits, and one of the units
 * given: "30s", "10m" (minutes), "1h", "2d", "4w", "1y" (365 days). False if it is none of these.
 */
bool clock_parse_span(const char *text, const char *units, int64_t *ret_seconds);

#endif
