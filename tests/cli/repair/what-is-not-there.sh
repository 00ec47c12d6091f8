sig repair
definition
sig repair; sig repair --queued -o tsv
sig repair prod/other
sig repair prod/ubuntu/1.0.0
