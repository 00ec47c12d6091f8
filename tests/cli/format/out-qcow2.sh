exported qcow2 qcow2
