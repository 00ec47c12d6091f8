definition
sig replicate --limit fast
sig replicate --limit 0
sig replicate --jobs 0
sig replicate --jobs 65
sig replicate --interval 5
sig replicate --watch --interval 0
sig replicate --status --watch
sig replicate --status --plan
sig replicate --plan --watch
