sig --store images create prod >/dev/null
ln -s images link
cd images
sig --store . account show --query name -o tsv
sig --store ../link/ account show --query name -o tsv
