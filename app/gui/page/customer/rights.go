//go:build !headless

package customer

import (
	"maps"
	"strings"

	"fyne.io/fyne/v2/lang"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/session/rights"
)

// named is a right as the person is asked for it.
func named(r rights.Right) string {
	switch r {
	case rights.See:
		return lang.L("See your screen")
	case rights.Point:
		return lang.L("Point at things on your screen")
	case rights.Control:
		return lang.L("Use your keyboard and mouse")
	case rights.ClipIn:
		return lang.L("Put text into your clipboard")
	case rights.ClipOut:
		return lang.L("Read your clipboard")
	case rights.FilesIn:
		return lang.L("Send you files")
	case rights.FilesOut:
		return lang.L("Get files from you")
	case rights.Vitals:
		return lang.L("See how busy this computer is")
	case rights.Logs:
		return lang.L("Read the newest log files")
	case rights.System:
		return lang.L("Read facts about this computer")
	}
	return ""
}

// meant is what a right means, and what to be careful about, if anything.
func meant(r rights.Right) (meaning, caution string) {
	switch r {
	case rights.See:
		return lang.L("They see what you choose here, until you stop. Close first what they should not see."), ""
	case rights.Point:
		return lang.L("A coloured mark shows you where to look. It presses nothing."), ""
	case rights.Control:
		return lang.L("They can click and type here as you can. Your own mouse and keyboard go on working."),
			lang.L("Stay at the screen and watch. Do not allow this when you have your bank or passwords open.")
	case rights.ClipIn:
		return lang.L("Text that they copy, you can paste here."), ""
	case rights.ClipOut:
		return lang.L("Text that you copy from now on, they get as well. That can be a password too."), ""
	case rights.FilesIn:
		return lang.L("You are asked about each file. It goes into your downloads folder and is not opened."), ""
	case rights.FilesOut:
		return lang.L("You choose each file yourself and are asked once more."),
			lang.L("What has left this computer cannot be called back.")
	case rights.Vitals:
		return lang.L("The load of processor, memory, disks and network, as figures."), ""
	case rights.Logs:
		return lang.L("You see the text before it leaves. Names and secrets are replaced in it."), ""
	case rights.System:
		return lang.L("System, programs and devices. You see the text before it leaves."), ""
	}
	return "", ""
}

// listed are some rights in one line, as after "asked for:".
func listed(s rights.Set) string {
	var all []string
	for _, r := range s.Rights() {
		all = append(all, named(r))
	}
	return strings.Join(all, "; ")
}

// came is as what somebody comes.
func came(role string) string {
	switch role {
	case api.RoleExpert:
		return lang.L("Expert")
	case api.RoleObserver:
		return lang.L("Observer")
	}
	return lang.L("Supporter")
}

// asked is what a session asks for. From a desk that names nothing it is to see.
func asked(s api.Session) rights.Set {
	set, err := rights.Parse(s.Rights)
	if err != nil || set == 0 {
		return rights.Of(rights.See)
	}
	return set
}

// shown is what of the screen is shown, in words.
func shown(s page.Sight) string {
	data := map[string]any{"Name": page.Plain(s.Name)}
	switch {
	case s.Window != 0:
		return lang.L("only the window “{{.Name}}”", data)
	case s.Monitor != "":
		return lang.L("only the monitor {{.Name}}", data)
	}
	return lang.L("everything, on all monitors")
}

// lacks says why something cannot be given.
func lacks(l page.Lack) string {
	switch l {
	case page.LacksScreen:
		return lang.L("The screen cannot be read on this desktop.")
	case page.LacksInput:
		return lang.L("Programs cannot press keys or move the mouse on this desktop.")
	case page.LacksMark:
		return lang.L("There is no way to show a mark on this desktop.")
	case page.LacksClipboard:
		return lang.L("The clipboard cannot be reached on this desktop.")
	case page.LacksCase:
		return lang.L("Nothing was collected for this ticket.")
	}
	return ""
}

// cannot are the rights that cannot be given here, and why.
func (f *Flow) cannot() map[rights.Right]page.Lack {
	all := maps.Clone(f.c.Hosting.Cannot())
	if all == nil {
		all = map[rights.Right]page.Lack{}
	}
	if f.clean.revision == nil {
		all[rights.Logs], all[rights.System] = page.LacksCase, page.LacksCase
	}
	return all
}
