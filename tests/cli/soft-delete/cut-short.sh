# A deletion, and its undoing, that were killed between their steps are done by the next one; what is left is swept.
exec 2>&1
keeping
cp -a store whole
walk '[ -e store/galleries/prod/images/ubuntu/versions/1.0.0/deletion.json ]' image-version delete prod/ubuntu/1.0.0
kill -KILL "$walker"
sig image-version show prod/ubuntu/1.0.0 --query name
sig audit --query 'findings[].[level, text, hint]' -o tsv
sig sweep --query scratch
sig audit --query findings
sig image-version delete prod/ubuntu/1.0.0
walk '[ -e store/galleries/prod/images/ubuntu/versions/1.0.0 ]' image-version undelete prod/ubuntu/1.0.0
kill -KILL "$walker"
ls store/galleries/prod/images/ubuntu/versions/1.0.0
sig image-version undelete prod/ubuntu/1.0.0 --query name
sig image-version undelete prod/ubuntu/1.0.0
sig audit --query findings
