touch store
sig gallery list
