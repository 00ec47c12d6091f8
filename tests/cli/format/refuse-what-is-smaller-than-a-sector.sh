definition && echo '<html>moved</html>' >os.raw
refused os.raw
cat os.raw | refused -
gzip -k os.raw && refused os.raw.gz
refused os.raw --source-format raw 2>&1 | grep -e note -e status
