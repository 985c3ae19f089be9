package collect

import (
	"fmt"
	"regexp"
	"strings"
)

var (
	arrayLine     = regexp.MustCompile(`^(md\S*) : (active|inactive)(?: \(([^)]*)\))?(?: (raid\d+|linear|multipath))?(.*)$`)
	arrayMember   = regexp.MustCompile(`(\S+?)\[\d+\](\([A-Z]\))?`)
	arrayCount    = regexp.MustCompile(`\[(\d+)/(\d+)\]`)
	arrayProgress = regexp.MustCompile(`(recovery|resync|reshape|check)\s*=\s*([\d.]+)%`)
)

// parseArrays reads /proc/mdstat (md(4)).
func parseArrays(text string) []Array {
	var all []Array
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if m := arrayLine.FindStringSubmatch(line); m != nil {
			a := Array{Name: m[1], State: m[2], Level: m[4]}
			for _, member := range arrayMember.FindAllStringSubmatch(m[5], -1) {
				if member[2] == "(F)" {
					a.Failed = append(a.Failed, member[1])
				}
			}
			all = append(all, a)
			continue
		}
		if len(all) == 0 {
			continue
		}
		a := &all[len(all)-1]
		if m := arrayCount.FindStringSubmatch(line); m != nil {
			fmt.Sscan(m[1], &a.Disks)
			fmt.Sscan(m[2], &a.Working)
			a.Degraded = a.Working < a.Disks
		}
		if m := arrayProgress.FindStringSubmatch(line); m != nil {
			a.Progress = m[1] + " " + m[2] + " %"
		}
	}
	return all
}
