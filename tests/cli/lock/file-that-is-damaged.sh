# Nobody knows what it forbids: nothing is changed until somebody has looked at it. What was removed by hand leaves a lock on nothing.
definition && disk os.raw 1 100K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
sig lock create prod/ubuntu/1.0.0 --name keep --lock-type CanNotDelete -o none
cp store/locks.json saved
patch store/locks.json 40 ZZZ
sig image-version delete prod/ubuntu/1.0.0
sig lock list
sig lock delete prod/ubuntu/1.0.0 --name keep
sig audit --query 'findings[].[level, path, text]' -o tsv
sig image-version export prod/ubuntu/1.0.0 - | same - os.raw
for odd in '{"name": "a", "level": "ReadOnly", "scope": "prod/ubuntu/latest"}' '{"name": "a", "level": "ReadOnly"}' \
    '{"name": "KEEP", "level": "ReadOnly", "scope": "PROD/ubuntu/1.0.0"}'; do
    sed "/checksum/d; s|\"locks\": \[|&$odd,|" saved >store/locks.json
    sig lock list
done
sed 's/"format": 1/"format": 99/; /checksum/d' saved >store/locks.json
sig lock delete prod/ubuntu/1.0.0 --name keep
sed '/checksum/d; s|"level"|"colour": "red", &|' saved >store/locks.json
sig lock create prod --name other --lock-type CanNotDelete -o none && sig lock delete prod --name other
grep -c '"colour": "red"' store/locks.json
cp saved store/locks.json
sig audit --query sound
rm -r store/galleries/prod/images/ubuntu/versions/1.0.0
sig audit --query 'findings[?path==`locks.json`].[level, text]' -o tsv
sig lock delete prod/ubuntu/1.0.0 --name keep
sig audit --query 'findings[?path==`locks.json`]'
