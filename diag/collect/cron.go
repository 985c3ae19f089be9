package collect

import (
	"fmt"
	"path"
	"strings"
)

// cron reads the tables of the system and of people, and lists the folders
// whose programs run hourly, daily, weekly and monthly (cron(8), crontab(5)).
func (f *JobsFacts) cron(m machine) {
	f.table(m, "/etc/crontab", "")
	for _, name := range m.names("/etc/cron.d") {
		if !strings.HasPrefix(name, ".") {
			f.table(m, "/etc/cron.d/"+name, "")
		}
	}
	for _, dir := range []string{"/var/spool/cron/crontabs", "/var/spool/cron", "/usr/lib/cron/tabs"} {
		if m.denied(dir) {
			f.Notes = append(f.Notes, fmt.Sprintf("people's own tables in %s may not be read", dir))
		}
		for _, user := range m.names(dir) {
			if user != "crontabs" {
				f.table(m, dir+"/"+user, user)
			}
		}
	}
	for _, often := range []string{"hourly", "daily", "weekly", "monthly"} {
		dir := "/etc/cron." + often
		for _, name := range m.names(dir) {
			if !strings.HasPrefix(name, ".") {
				f.Jobs = append(f.Jobs, Job{Name: name, Kind: "cron", Schedule: often, Program: dir + "/" + name, User: "root", Enabled: true, Where: dir})
			}
		}
	}
}

// table reads one; those of the system name the user in front of the command.
func (f *JobsFacts) table(m machine, file, user string) {
	for line := range strings.Lines(m.text(file)) {
		v := strings.Fields(line)
		if len(v) == 0 || strings.HasPrefix(v[0], "#") || strings.Contains(v[0], "=") || len(v) > 1 && v[1] == "=" {
			continue
		}
		times := 5
		if strings.HasPrefix(v[0], "@") {
			times = 1
		}
		owner, rest := user, v[min(times, len(v)):]
		if user == "" && len(rest) > 0 {
			owner, rest = rest[0], rest[1:]
		}
		if len(rest) == 0 {
			continue
		}
		program := cronProgram(rest)
		f.Jobs = append(f.Jobs, Job{
			Name: path.Base(program), Kind: "cron", Schedule: strings.Join(v[:times], " "), Program: program, User: owner, Enabled: true, Where: file,
		})
	}
}

// cronProgram finds the program within a command line: not what sets a
// variable, changes the folder or asks whether something is there.
func cronProgram(words []string) string {
	skip := false
	for i, w := range words {
		switch {
		case skip:
			skip = w != "&&" && w != "||" && w != ";" && !strings.HasSuffix(w, ";")
		case w == "cd" || w == "test" || w == "[" || w == "command":
			skip = true
		case strings.Contains(w, "=") || w == "(" || w == "{":
		case (w == "nice" || w == "ionice" || w == "exec" || w == "sudo" || w == "flock") && i+1 < len(words):
		case strings.HasPrefix(w, "-") || strings.Trim(w, "0123456789") == "":
		default:
			return strings.Trim(w, "();")
		}
	}
	return words[0]
}
