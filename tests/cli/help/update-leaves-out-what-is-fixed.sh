sig help gallery update >text
! grep -e --compression -e --location text
