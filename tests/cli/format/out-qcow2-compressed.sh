exported qcow2 qcow2 --compress
