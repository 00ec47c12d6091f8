/* system.h: what only the system knows: the time and randomness. What ends up in a store comes
 * from struct context of gallery.h, for which these are the defaults; else they are for intervals
 * and for names of temporary files. */
#ifndef OS_SYSTEM_H
#define OS_SYSTEM_H

#include <stddef.h>
#include <stdint.h>

/* Seconds since the epoch. */
int64_t system_now(void);

/* Nanoseconds of a clock that only moves forward, for rates and intervals. */
uint64_t system_ticks(void);

/* Let that time pass, or less when a signal came. */
void system_sleep(uint64_t milliseconds);

/* Fill with bytes from the kernel's generator. */
void system_random(void *bytes, size_t length);

#endif
