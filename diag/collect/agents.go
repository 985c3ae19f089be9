package collect

import (
	"fmt"
	"slices"
	"strings"
)

// agent is a file that tells launchd what to run (launchd.plist(5)).
type agent struct {
	label, program, file, whose, schedule string
	atLogin, disabled                     bool
}

// agents reads launchd's files of everybody and of the person; those of macOS
// itself are left out.
func (m machine) agents() []agent {
	var all []agent
	for _, place := range []struct{ dir, whose string }{
		{"/Library/LaunchAgents", forAll},
		{"/Library/LaunchDaemons", forAll},
		{m.home + "/Library/LaunchAgents", forThis},
	} {
		for _, name := range m.names(place.dir) {
			path := place.dir + "/" + name
			v := entry(parsePlist(m.text(path)))
			if v == nil {
				continue
			}
			a := agent{label: entryText(v, "Label"), program: entryText(v, "Program"), file: path, whose: place.whose, schedule: launchSchedule(v)}
			if a.label == "" {
				a.label = strings.TrimSuffix(name, ".plist")
			}
			if args, _ := v["ProgramArguments"].([]any); a.program == "" && len(args) > 0 {
				a.program, _ = args[0].(string)
			}
			a.disabled, _ = v["Disabled"].(bool)
			atLoad, _ := v["RunAtLoad"].(bool)
			_, keep := v["KeepAlive"]
			a.atLogin = (atLoad || keep) && !strings.Contains(place.dir, "Daemons")
			all = append(all, a)
		}
	}
	return all
}

// launchSchedule gives when an agent runs: "every 300 s", "Hour 3 Minute 0".
func launchSchedule(v map[string]any) string {
	if seconds := entryText(v, "StartInterval"); seconds != "" {
		return "every " + seconds + " s"
	}
	var list []any
	switch at := v["StartCalendarInterval"].(type) {
	case []any:
		list = at
	case map[string]any:
		list = []any{at}
	}
	var all []string
	for _, at := range list {
		var parts []string
		for key, value := range entry(at) {
			parts = append(parts, fmt.Sprint(key, " ", value))
		}
		slices.Sort(parts)
		all = append(all, strings.Join(parts, " "))
	}
	return strings.Join(all, ", ")
}
