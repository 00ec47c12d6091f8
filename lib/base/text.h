/* text.h: strings: copies, comparison without case, nearest word, hexadecimal, safe printing. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* A copy to be released with free; NULL gives NULL. */
char *text_copy(const char *text);

/* The formatted string, to be released with free. */
char *text_printf(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Replace *slot by a copy of `text` (which may be NULL or *slot itself). */
void text_replace(char **slot, const char *text);

/* Both NULL, or both there and the same bytes. */
bool text_equal(const char *left, const char *right);

/* Same as text_equal, ASCII letters compared without case. Azure names and enum words compare so.
 */
bool text_same_word(const char *left, const char *right);
/* Whether it ends so, and has something in front of that; the same rule. */
bool text_ends(const char *text, const char *ending);

/* ASCII lower and upper case, in place. */
void text_lower(char *text);
void text_upper(char *text);

/* Whether the first bytes of `text` are `prefix`; with case, and without. */
bool text_starts(const char *text, const char *prefix);
bool text_starts_word(const char *text, const char *prefix);

/* The word of `words` (NULL-terminated) nearest to `text`, or NULL when none is near enough to
 * suggest: the shortest that begins so, where three letters or more are there, dashes in front not
 * counted; else the one of which at most a third of the letters differ (edit distance with
 * transpositions). Without case. */
const char *text_nearest(const char *text, const char *const *words);

/* Edit distance used by text_nearest, capped at `limit` + 1. */
size_t text_distance(const char *left, const char *right, size_t limit);

/* Write 2 * `length` lower-case digits and a NUL to `out`. */
void text_hex(char *out, const uint8_t *bytes, size_t length);

/* Read exactly 2 * `length` lower-case digits with nothing behind them; false, and nothing sure in
 * `out`, if `text` is not that. */
bool text_unhex(const char *text, uint8_t *out, size_t length);

/* Whether the bytes are valid UTF-8 (RFC 3629: no overlong forms, no surrogates, at most U+10FFFF).
 */
bool text_is_utf8(const char *bytes, size_t length);

/* Append `text` so that a terminal or a log shows it and does nothing else: C0 and C1 controls,
 * DEL, bidirectional and other format controls, and bytes that are not UTF-8 come out as \xNN or
 * \u{NNNN}. Newline and tab too. */
void text_add_inert(struct buf *out, const char *text);

/* Columns that the (inert) text takes on a terminal: combining characters none, wide characters
 * two. */
size_t text_width(const char *text);

/* Append the (inert) text, in at most `width` columns, which are more than 0: what is longer is cut
 * between characters and ends in "…". */
void text_add_cut(struct buf *out, const char *text, size_t width);

#endif
