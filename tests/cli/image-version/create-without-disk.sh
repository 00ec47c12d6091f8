definition
sig image-version create prod/ubuntu/1.0.0
