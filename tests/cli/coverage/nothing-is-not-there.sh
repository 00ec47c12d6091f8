# No store, no version; and what does not exist.
sig coverage
sig coverage -o table
# Nothing is not intact: the disk of the store may not be mounted.
sig coverage --check
echo "status $?"
definition
sig coverage -o table
sig coverage prod/debian
echo "status $?"
sig coverage prod/ubuntu/latest
echo "status $?"
sig coverage --region westus9
echo "status $?"
sig coverage --force
