package collect

import "golang.org/x/sys/windows"

// errnoRefused and so on are not variables of the program but names of what systems call it.
var (
	errnoRefused     = []error{windows.WSAECONNREFUSED}
	errnoUnreachable = []error{windows.WSAEHOSTUNREACH, windows.WSAENETUNREACH, windows.WSAEACCES, windows.WSAENETDOWN, windows.WSAEHOSTDOWN, windows.WSAEADDRNOTAVAIL}
	errnoReset       = []error{windows.WSAECONNRESET, windows.WSAECONNABORTED}
)
