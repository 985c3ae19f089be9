package analyze

import (
	"context"
	"errors"
	"strings"
	"testing"
)

// conditionFiles are the evidence that conditions are tried on.
var conditionFiles = map[string]string{
	"system/host.json":     `{"name":"pc7","system":"linux","clock_time":"2026-11-20T10:00:00Z","time_zone":"UTC","uptime_seconds":90000,"processes":200,"up_since_time":"2026-11-19T09:00:00Z","reboot":{"pending":true,"reasons":["linux-image"]}}`,
	"system/memory.json":   `{"total_bytes":17179869184,"available_bytes":1073741824,"used_bytes":16106127360,"used_percent":93.75,"swap":{"total_bytes":0,"used_bytes":0,"used_percent":0}}`,
	"system/products.json": `{"products":[{"name":"Ledger","version":"2.9.3","versions":[{"version":"2.9.3","from":"package","where":"ledger"}]},{"name":"Scanner"}]}`,
	"system/network.json":  `{"interfaces":[{"name":"lo","flags":["up","loopback"]},{"name":"eth0","flags":["up"],"mtu":1400,"addresses":["192.0.2.7/24"]}]}`,
	"system/updates.json":  `{"last_checked_time":"2026-10-01T00:00:00Z"}`,
	"logs/1-ledger.log":    "2026-11-20 09:00:00 ORA-00942 no table\n2026-11-20 09:01:00 ORA-01017 no\n2026-11-20 09:01:00 fine\n",
	"commands/1-query.log": "status: BROKEN\n",
}

func TestConditions(t *testing.T) {
	for when, want := range map[string]bool{
		`host.system == "linux"`:                                                            true,
		`host.system != "linux"`:                                                            false,
		`host.system == 'linux' and memory.available_bytes < 2GB`:                           true,
		`memory.available_bytes < 1023MB or memory.used_percent >= 93.75%`:                  true,
		`not memory.used_percent > 50`:                                                      false,
		`not not memory.used_percent > 50`:                                                  true,
		`not (memory.used_percent > 50 and host.system == "windows")`:                       true,
		`host.reboot.pending`:                                                               true,
		`host.reboot.pending == true`:                                                       true,
		`memory.swap.total_bytes`:                                                           false,
		`memory.swap`:                                                                       true,
		`battery.external_power`:                                                            false,
		`battery.batteries.charge_percent < 100`:                                            false,
		`host.reboot.reasons contains "linux"`:                                              true,
		`host.reboot.reasons[0] matches "^linux-[a-z]+$"`:                                   true,
		`host.reboot.reasons[1] == "x"`:                                                     false,
		`host.name matches '^pc[0-9]$'`:                                                     true,
		`products.products[name == "Ledger"].version == "2.9.3"`:                            true,
		`version(products.products[name == "Ledger"].version) < "2.10"`:                     true,
		`products.products[name == "Ledger"].version < "2.10"`:                              false,
		`"2.10" > version(products.products.version)`:                                       true,
		`products.products[versions[from == "package"].where == "ledger"].name == "Ledger"`: true,
		`network.interfaces[flags == "loopback"].mtu == 1400`:                               false,
		`network.interfaces.mtu == 1400`:                                                    true,
		`network.interfaces[not flags == "loopback"].mtu < 1500`:                            true,
		`count(network.interfaces) == 2`:                                                    true,
		`count(network.interfaces.addresses) == 1`:                                          true,
		`count(battery.batteries) == 0`:                                                     true,
		`age(updates.last_checked_time) > 30d`:                                              true,
		`age(host.up_since_time) < 26h and age(host.up_since_time) > 24h`:                   true,
		`age(host.name) > 0`:                                                                false,
		`host.name > 3`:                                                                     false,
		`host.name != 3`:                                                                    false,
		`host.uptime_seconds > 1d and host.uptime_seconds < 1w`:                             true,
		`lines("ledger", "ORA-[0-9]+") == 2`:                                                true,
		`lines("*.log", "BROKEN") > 0`:                                                      true,
		`lines("nowhere", "ORA") > 0`:                                                       false,
		`lines("ledger", "ORA-00942") > 0 and lines("ledger", "fine") == 1`:                 true,
		`network.interfaces != "x"`:                                                         false,
	} {
		t.Run(when, func(t *testing.T) {
			r, err := Declared("check-1", "critical", when, "It is so.", "")
			if err != nil {
				t.Fatal(err)
			}
			for range 2 { // a rule keeps nothing of one bundle for the next
				all := found(t, newFixture(t, conditionFiles), "check-1", r)
				if got := len(all) == 1; got != want {
					t.Fatalf("%v", all)
				}
				if want && (all[0].Severity != Critical || all[0].Say != "It is so.") {
					t.Errorf("%+v", all[0])
				}
			}
		})
	}
}

func TestWrongConditions(t *testing.T) {
	for when, want := range map[string]string{
		``:                                                 "when: a check needs a condition",
		`host.system = "linux"`:                            "when, column 13: equal is written ==",
		`host.sytem == "linux"`:                            `when, column 6: there is no sytem here; there are architecture, build`,
		`hots.system == "linux"`:                           "when, column 1: there are no facts hots; there are autostart, battery",
		`host.system == "linux`:                            `when, column 16: the text that begins here has no closing "`,
		`host.system == `:                                  "when, column 16: here stands a fact, a number or a text in quotes",
		`host.system == "a" "b"`:                           "when, column 20: here the condition could end",
		`(host.reboot.pending`:                             "when, column 21: here stands )",
		`and host.reboot`:                                  "when, column 1: before and something is missing",
		`memory.used_percent > 90 percent`:                 "when, column 26: here the condition could end",
		`memory.used_percent > 90percent`:                  `when, column 25: "percent" is no unit`,
		`host.version > 1.2.3`:                             "when, column 16: 1.2.3 is no number; a version stands in quotes",
		`host.name matches "["`:                            "when, column 19: this is no regular expression: missing closing ]",
		`host.name matches "(a{900}){900}"`:                "when, column 19: this",
		`host.name matches "((((a{30}){30}))|b{1000}){2}"`: "when, column 19: this",
		`host.name matches host.system`:                    "when, column 19: here stands a regular expression in quotes",
		`size(host.name) > 3`:                              "when, column 1: there is no function size; there are lines, age, count, version",
		`lines(host.name, "x") > 3`:                        "when, column 7: lines begins with a part of a file's name in quotes",
		`lines("x") > 3`:                                   "when, column 10: here stands ,",
		`lines("[", "x") > 3`:                              "when, column 7: a [ in the file's name is not closed",
		`host.`:                                            "when, column 6: behind a dot stands a name",
		`host.name.first`:                                  "when, column 11: there is no first here; there are none",
		`network.interfaces[1.5].name`:                     "when, column 20: in brackets stands a whole number",
		`network.interfaces[nam == "x"].mtu`:               "when, column 20: there is no nam here; there are addresses",
		`host.name == "ä" & host.name`:                     "when, column 18: '&' has no meaning here",
		strings.Repeat("(", 100) + "1":                     "when, column 21: brackets stand too deep in each other",
		strings.Repeat("not ", 501) + "1":                  "when, column 1: a condition has at most 2000 bytes",
		"host.name == \"\xff\"":                            "when, column 1: this is no text in UTF-8",
	} {
		t.Run(when, func(t *testing.T) {
			_, err := Declared("check-1", "", when, "It is so.", "")
			var wrong *ConditionError
			if !errors.As(err, &wrong) || !strings.HasPrefix(err.Error(), want) {
				t.Errorf("%v, want %s", err, want)
			}
		})
	}
	for _, c := range []struct{ id, severity, say, do, want string }{
		{"", "", "x", "", "id: an id consists of small letters"},
		{"A B", "", "x", "", "id: an id consists of small letters"},
		{"a", "high", "x", "", "severity: there are critical, warning and info"},
		{"a", "", " ", "", "say: a check needs a sentence"},
		{"a", "", "x {host.name", "", "say, column 3: a { and a } belong together"},
		{"a", "", "x } y", "", "say, column 3: a { and a } belong together"},
		{"a", "", "x", "{host.nam}", "do, column 1: there is no nam here"},
		{"a", "", "{{.Name}}", "", "say, column 1: between { and } stands the path of"},
		{"a", "", "two\nlines", "", "say, column 4: the text has more than one line"},
		{"a", "", strings.Repeat("x", 501), "", "say, column 1: the text is longer than 500 characters"},
		{"a", "", strings.Repeat("{host.name}", 11), "", "say, column 111: between { and } stands the path of one fact, at most 10"},
		{"a", "", `{lines("a", "b")}`, "", "say, column 1: between"},
	} {
		if _, err := Declared(c.id, c.severity, "true", c.say, c.do); err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%v, want %s", err, c.want)
		}
	}
}

// TestDeclaredTexts holds that facts stand in sentences as a person reads them, and where the evidence is.
func TestDeclaredTexts(t *testing.T) {
	r, err := Declared("old-ledger", "warning", `version(products.products[name == "Ledger"].version) < "3" and lines("ledger", "ORA") > 1`,
		`Ledger {products.products[name == "Ledger"].version} is old; {memory.available_bytes} are free; {battery.batteries.name} is not known.`, `Update {host.name}.`)
	if err != nil {
		t.Fatal(err)
	}
	all := found(t, newFixture(t, conditionFiles), "old-ledger", r)
	if len(all) != 1 {
		t.Fatal(all)
	}
	if got := all[0].Sentence(nil); got != "Ledger 2.9.3 is old; 1.0 GB are free; ? is not known." {
		t.Error(got)
	}
	if got := all[0].Advice(strings.ToUpper); got != "UPDATE pc7." {
		t.Error(got)
	}
	if got := all[0].Advice(nil); got != "Update pc7." {
		t.Error(got)
	}
	want := []Ref{{"system/products.json", 1}, {"logs/1-ledger.log", 1}, {"logs/1-ledger.log", 2}}
	if len(all[0].Evidence) != 3 || all[0].Evidence[0] != want[0] || all[0].Evidence[2] != want[2] {
		t.Errorf("%+v", all[0].Evidence)
	}
}

// TestCostly has a condition that would look at millions of pairs.
func TestCostly(t *testing.T) {
	files := map[string]string{"system/packages.json": `{"count":1,"sources":[],"packages":[` + strings.Repeat(`{"name":"a","version":"1"},`, 3000) + `{"name":"b","version":"1"}]}`}
	r, err := Declared("costly", "", `packages.packages.name == packages.packages.version`, "x", "")
	if err != nil {
		t.Fatal(err)
	}
	f := newFixture(t, files)
	if all := found(t, f, "costly", r); len(all) != 0 {
		t.Error(all)
	}
	if all := found(t, f, "evidence-unreadable", r); len(all) != 1 || all[0].Sentence(nil) != "A part of what was collected could not be read: costly." {
		t.Error(all)
	}
}

// FuzzCondition holds that a condition is either wrong at a place or can be evaluated.
func FuzzCondition(f *testing.F) {
	for _, s := range []string{
		`host.system == "linux" and not (memory.used_percent > 90% or age(host.up_since_time) < 2h)`,
		`version(products.products[name == 'Ledger'].version) < "2.10"`, `lines("*.log", "a+") > 3`, `count(network.interfaces[mtu < 1500]) != 0`,
		`network.interfaces[0].name matches "^e"`, `true`, `"x" contains "y"`, `not -1 < 2`, `path-mtu.paths.path_mtu < 1400`, `command-1.exit_code`,
	} {
		f.Add(s, "{host.name} is {memory.used_percent}")
	}
	evidence := newFixture(f, conditionFiles)
	f.Fuzz(func(t *testing.T, when, say string) {
		r, err := Declared("a", "", when, say, "")
		var wrong *ConditionError
		if err != nil {
			if !errors.As(err, &wrong) || wrong.Column < 0 || strings.ContainsAny(wrong.Reason, "\n\x00") {
				t.Fatalf("%T %q", err, err)
			}
			return
		}
		all, err := Run(context.Background(), evidence, r)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range all {
			if f.ID == "a" && f.Sentence(nil) == "" {
				t.Errorf("%+v", f)
			}
		}
	})
}
