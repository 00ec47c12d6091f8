# Both are as good as they were, with the right version number in them: only where they lie is wrong.
definition && definition prod/debian
disk one.raw 1 64K && disk two.raw 2 64K
sig image-version create prod/ubuntu/1.0.0 --os-disk one.raw >/dev/null
sig image-version create prod/debian/1.0.0 --os-disk two.raw >/dev/null
cd store/galleries/prod/images && mv ubuntu/versions/1.0.0/version.json keep && mv debian/versions/1.0.0/version.json ubuntu/versions/1.0.0 &&
    mv keep debian/versions/1.0.0/version.json
sig image-version export prod/ubuntu/1.0.0 back.raw; echo $?
