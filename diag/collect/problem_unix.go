//go:build unix

package collect

import "syscall"

// errnoRefused and so on are not variables of the program but names of what systems call it.
var (
	errnoRefused     = []error{syscall.ECONNREFUSED}
	errnoUnreachable = []error{syscall.EHOSTUNREACH, syscall.ENETUNREACH, syscall.EACCES, syscall.EPERM, syscall.ENETDOWN, syscall.EHOSTDOWN, syscall.EADDRNOTAVAIL}
	errnoReset       = []error{syscall.ECONNRESET, syscall.EPIPE, syscall.ECONNABORTED}
)
