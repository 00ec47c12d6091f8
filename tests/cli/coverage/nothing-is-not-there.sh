# No store, no version; and what does not exist.
sig coverage
sig coverage -o table
definition
sig coverage -o table
sig coverage prod/debian
echo "status $?"
sig coverage prod/ubuntu/latest
echo "status $?"
sig coverage --region westus9
echo "status $?"
sig coverage --force
