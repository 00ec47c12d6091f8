sig gallery list -o tabel
