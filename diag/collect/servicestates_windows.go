package collect

import (
	"strings"
	"unsafe"

	"golang.org/x/sys/windows"
)

// serviceStates asks the services' manager by lower-case names, for services
// or for drivers; nil if it does not answer.
func serviceStates(drivers bool) map[string]serviceState {
	manager, err := windows.OpenSCManager(nil, nil, windows.SC_MANAGER_CONNECT|windows.SC_MANAGER_ENUMERATE_SERVICE)
	if err != nil {
		return nil
	}
	defer windows.CloseServiceHandle(manager)
	kind := uint32(windows.SERVICE_WIN32)
	if drivers {
		kind = windows.SERVICE_DRIVER
	}
	states := map[string]serviceState{}
	var resume uint32
	for {
		buffer := make([]byte, 256<<10) // the largest that the manager fills at once
		var needed, count uint32
		err := windows.EnumServicesStatusEx(manager, windows.SC_ENUM_PROCESS_INFO, kind, windows.SERVICE_STATE_ALL, &buffer[0], uint32(len(buffer)), &needed, &count, &resume, nil)
		if err != nil && err != windows.ERROR_MORE_DATA {
			return nil
		}
		for _, s := range unsafe.Slice((*windows.ENUM_SERVICE_STATUS_PROCESS)(unsafe.Pointer(&buffer[0])), count) {
			p := s.ServiceStatusProcess
			states[strings.ToLower(windows.UTF16PtrToString(s.ServiceName))] = serviceState{
				running: p.CurrentState != windows.SERVICE_STOPPED, words: stateWords[p.CurrentState], pid: int(p.ProcessId), exit: int(p.Win32ExitCode),
			}
		}
		if err == nil || count == 0 {
			return states
		}
	}
}

var stateWords = map[uint32]string{
	windows.SERVICE_STOPPED: "stopped", windows.SERVICE_START_PENDING: "starting", windows.SERVICE_STOP_PENDING: "stopping",
	windows.SERVICE_RUNNING: "running", windows.SERVICE_CONTINUE_PENDING: "starting", windows.SERVICE_PAUSE_PENDING: "pausing", windows.SERVICE_PAUSED: "paused",
}
