sig completion ksh
