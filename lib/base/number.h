/* number.h: whole numbers and sizes, from text and to text, exact or refused; and small sums. */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/* A whole decimal number: optional '-', digits, nothing else (no '+', blanks, leading zeros but
 * "0"), in int64 range. */
bool number_parse(const char *text, int64_t *ret);

/* A size: a number as above, of bytes, or with K, M, G, T or P behind it (powers of 1024, in any
 * case; "iB" or "B" may follow): "512", "500G", "1TiB". At most INT64_MAX bytes. */
bool number_parse_size(const char *text, uint64_t *ret);

/* Append a size for people: "0 B", "999 B", "1.2 KiB", "34 MiB", "2.0 TiB": two or three
 * significant digits, powers of 1024. */
void number_add_size(struct buf *out, uint64_t bytes);

/* The smaller of both. */
uint64_t number_smaller(uint64_t a, uint64_t b);

/* ceil(a / b), b > 0. */
uint64_t number_divide_up(uint64_t a, uint64_t b);

/* a + b and a * b; UINT64_MAX when that is more. */
uint64_t number_capped_sum(uint64_t a, uint64_t b);
uint64_t number_capped_product(uint64_t a, uint64_t b);

#endif
