package tally

import (
	"fmt"
	"strings"
)

// memoryTarget is what a session may add to the host's memory, in MiB.
const memoryTarget = 80

// memory is the row of the host's peak over all scenes at the usual size.
func memory(all []Result, peers []string) string {
	peak := func(peer string) (most, first float64) {
		for _, r := range all {
			if r.Peer == peer && r.Size == FullHD && r.HostMB > most {
				most, first = r.HostMB, r.HostFirst
			}
		}
		return most, first
	}
	most, first := peak(Ours)
	if most == 0 {
		return ""
	}
	met := "yes"
	if most-first > memoryTarget {
		met = "no"
	}
	row := []string{
		"host memory", fmt.Sprintf("%d MB for the session", memoryTarget),
		fmt.Sprintf("%.0f MB over the %.0f before it", most-first, first), met,
	}
	for _, p := range peers {
		all, _ := peak(p)
		row = append(row, fmt.Sprintf("%.0f MB in all", all))
	}
	return fmt.Sprintf("| %s |  |  |  |\n", strings.Join(row, " | "))
}
