package lock

import (
	"cmp"
	"os"
)

func open() (Lock, error) {
	session := os.Getenv("DBUS_SESSION_BUS_ADDRESS")
	if dir := os.Getenv("XDG_RUNTIME_DIR"); session == "" && dir != "" {
		session = "unix:path=" + dir + "/bus" // systemd's, which needs no escapes
	}
	system := cmp.Or(os.Getenv("DBUS_SYSTEM_BUS_ADDRESS"), "unix:path=/run/dbus/system_bus_socket;unix:path=/var/run/dbus/system_bus_socket")
	return OpenDBus(session, system, os.Getenv("XDG_SESSION_ID")), nil
}
