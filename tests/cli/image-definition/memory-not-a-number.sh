for word in 4GB 1.5 0x10 ' 4' +4 1e3; do sig image-definition create prod/a --minimum-memory "$word"; done
