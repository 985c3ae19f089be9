package collect

import "golang.org/x/sys/unix"

// synchronised asks the kernel whether something keeps its clock
// (adjtimex(2)); nil if it does not say.
func synchronised() *bool {
	var t unix.Timex
	state, err := unix.Adjtimex(&t)
	if err != nil {
		return nil
	}
	yes := state != unix.TIME_ERROR && t.Status&unix.STA_UNSYNC == 0
	return &yes
}
