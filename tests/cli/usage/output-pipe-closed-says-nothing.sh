{ sleep 0.2; sig region list; echo $? >status; } | true
cat status
