need_command xz; need_command zip
definition && echo '<html>moved</html>' >os.qcow2 && cp os.qcow2 os.vhd && disk os.raw 1 300K && cp os.raw disk.vhd
xz -k os.qcow2 && gzip -k os.vhd && zip -q os.zip os.vhd && tar -czf os.tar.gz os.qcow2 && xz -k disk.vhd && cp os.raw os.lzma
for file in os.qcow2.xz os.vhd.gz os.zip os.tar.gz disk.vhd.xz os.lzma; do refused $file; done
# Its name promises nothing.
xz -k os.raw && sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw.xz >/dev/null && sig image-version export prod/ubuntu/1.0.0 - | same - os.raw
