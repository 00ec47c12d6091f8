# In a store that a group shares the trash is the group's.
need_users
as() {
    user=$1
    shift
    setpriv --reuid "$user" --regid "$user" --groups 70999 "$@"
}
umask 077
exec 2>&1
keeping
sig image-version delete prod/ubuntu/1.0.0
chmod a+x . && sig store init --shared 70999 -o none
find store/trash \( ! -group 70999 -o -perm /007 -o -type d ! -perm 2770 -o -type f ! -perm 0660 \)
as 70001 sig image-version undelete prod/ubuntu/1.0.0 --query name
as 70002 sig image-version delete prod/ubuntu/1.0.0
find store/trash \( ! -group 70999 -o -perm /007 -o -type d ! -perm 2770 -o -type f ! -perm 0660 \)
sig audit --security --query findings
chmod o+r store/trash/*/version.json
sig audit --security --query 'findings[].[path, text]' -o tsv
as 70001 sig image-version purge --all
ls -A store/trash
