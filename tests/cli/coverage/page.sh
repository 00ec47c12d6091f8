# One page that needs nothing else: it is written when it is complete, and replaced only by --force. What hostile names hold is
# shown, and does nothing.
definition
disk os.raw 1 1M
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2=2 northeurope >/dev/null
rm -r store/regions/westus2/standard_lrs/2
hostile=$(printf '<script>alert("x")&\047\033[31m')
mv store "$hostile"
sig --store "$hostile" coverage --html page.html
echo "status $?"
sed '/<style>/,/<\/style>/d' page.html
echo old >kept.html
sig --store "$hostile" coverage --html kept.html
echo "status $?"
cat kept.html
sig --store "$hostile" coverage --html kept.html --force --check
echo "status $?"
same kept.html page.html && echo "the same page"
sig --store "$hostile" coverage --html - | same - page.html && echo "the same page"
grep -E -i 'https?:|<script|url\([^#]' page.html || echo "nothing from elsewhere"
find . -maxdepth 1 -name '.*.tmp'
sig coverage --html empty.html --only-show-errors
sed '/<style>/,/<\/style>/d' empty.html | grep -A3 'Versions and regions'
sig coverage --html nowhere/page.html --only-show-errors
