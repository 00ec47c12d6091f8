definition
disk os.raw 1 1K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
sig image-version create prod/ubuntu/1.1.0 --os-disk os.raw --end-of-life-date 2027-01-01 >/dev/null
sig image-version latest prod/ubuntu --skip-end-of-life --query name -o tsv
sed -i -e /checksum/d -e 's/"endOfLifeDate": "2027/"endOfLifeDate": "2026/' -e 's/"publishedDate": "2026/"publishedDate": "2025/' \
    store/galleries/prod/images/ubuntu/versions/1.1.0/version.json
sig image-version latest prod/ubuntu --query name -o tsv
sig image-version latest prod/ubuntu --skip-end-of-life --why --query '[name, candidates[].rule]' -o json
sig image-version latest prod/ubuntu/1.1.x --skip-end-of-life
