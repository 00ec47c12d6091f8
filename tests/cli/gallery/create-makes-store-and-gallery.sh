sig gallery create prod
find store | LC_ALL=C sort
