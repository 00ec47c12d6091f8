sig gallery list -o xml
