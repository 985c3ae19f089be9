//go:build !headless

package supporter

import (
	"strings"

	"fyne.io/fyne/v2/lang"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/session/rights"
)

// rightWord is a right in a word or two.
func rightWord(r rights.Right) string {
	switch r {
	case rights.See:
		return lang.X("right see", "Screen")
	case rights.Point:
		return lang.X("right point", "Point")
	case rights.Control:
		return lang.X("right control", "Control")
	case rights.ClipIn:
		return lang.X("right clipboard-in", "Send text")
	case rights.ClipOut:
		return lang.X("right clipboard-out", "Take text")
	case rights.FilesIn:
		return lang.X("right files-in", "Send files")
	case rights.FilesOut:
		return lang.X("right files-out", "Get files")
	case rights.Vitals:
		return lang.X("right vitals", "Load")
	case rights.Logs:
		return lang.X("right logs", "Logs")
	case rights.System:
		return lang.X("right system", "System")
	}
	return string(r) // a newer program's
}

// rightWords lists rights in words.
func rightWords(s rights.Set) string {
	var all []string
	for _, r := range s.Rights() {
		all = append(all, rightWord(r))
	}
	return strings.Join(all, ", ")
}

// rightMeans is what a right is for, as the supporter chooses it.
func rightMeans(r rights.Right) string {
	switch r {
	case rights.See:
		return lang.L("See the screen")
	case rights.Point:
		return lang.L("Point at something on it")
	case rights.Control:
		return lang.L("Use mouse and keyboard")
	case rights.ClipIn:
		return lang.L("Put text into their clipboard")
	case rights.ClipOut:
		return lang.L("Take text from their clipboard")
	case rights.FilesIn:
		return lang.L("Send files to them")
	case rights.FilesOut:
		return lang.L("Get files that they choose")
	case rights.Vitals:
		return lang.L("Load of processor, memory, disks, network")
	case rights.Logs:
		return lang.L("Newest logs, cleaned")
	case rights.System:
		return lang.L("Facts about the system, cleaned")
	}
	return string(r)
}

// parsed are rights as the desk tells them; what is none is left out.
func parsed(list []string) (s rights.Set) {
	for _, one := range list {
		s = s.With(rights.Of(rights.Right(one)))
	}
	return s
}

// roleWord is as what somebody comes.
func roleWord(role string) string {
	switch role {
	case api.RoleExpert:
		return lang.L("Expert")
	case api.RoleObserver:
		return lang.L("Observer")
	}
	return lang.L("Supporter")
}
