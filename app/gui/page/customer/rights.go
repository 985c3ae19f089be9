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

// listed are some rights in one line, as after "asked for:".
func listed(s rights.Set) string {
	var all []string
	for _, r := range s.Rights() {
		all = append(all, page.Right(r).Name)
	}
	return strings.Join(all, "; ")
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
