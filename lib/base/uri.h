/* uri.h: percent-encoded names (RFC 3986, 2.1; RFC 8089 for files). */
#ifndef BASE_URI_H
#define BASE_URI_H

#include "base/err.h"

/* The text with "%41" as "A", to be released with free. NULL when a '%' has no two digits behind it
 * or stands for U+0000. */
char *uri_decode(const char *text);

/* The path that "file:///path", "file://localhost/path" or "file:/path" means, to be released with
 * free; what has no scheme is a path and is copied. E_INVALID with a hint for other schemes, and
 * files of other hosts. */
int uri_file_path(const char *text, char **ret, struct err *err);

#endif
