sig gallery create prod -o TABLE
