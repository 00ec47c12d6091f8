sig gallery list --OUTPUT table
