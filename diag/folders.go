package diag

import (
	"os"
	slashpath "path"
	"path/filepath"
	"slices"
	"strings"
)

// folders are the variables that a profile's paths may begin with. Others
// are refused: a profile must not read the environment.
var folders = []string{
	"APPDATA", "HOME", "LOCALAPPDATA", "PROGRAMDATA", "PROGRAMFILES", "SYSTEMROOT", "TEMP", "TMPDIR", "USERPROFILE",
	"XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME",
}

// xdg is what the XDG base directory specification 0.8 has where a variable is not set.
var xdg = map[string]string{
	"XDG_CACHE_HOME": ".cache", "XDG_CONFIG_HOME": ".config", "XDG_DATA_HOME": ".local/share", "XDG_STATE_HOME": ".local/state",
}

// checkPath says in words what is wrong with a log's path, or "".
func checkPath(path string) string {
	if why := checkPlace(path); why != "" {
		return why
	}
	if strings.HasSuffix(path, "/") || strings.HasSuffix(path, `\`) {
		return "a path names a file, not a folder"
	}
	slashed := strings.ReplaceAll(path, `\`, "/")
	if strings.ContainsAny(slashed[:strings.LastIndexByte(slashed, '/')+1], "*?[") {
		return "*, ? and [] can stand only in a path's last part"
	}
	return checkGlob(path)
}

// checkFile is for the path of one file.
func checkFile(path string) string {
	if strings.ContainsAny(path, "*?[") {
		return "this path names one file, without *, ? and []"
	}
	return checkPath(path)
}

// checkFolder is for the path of one folder.
func checkFolder(path string) string {
	if strings.ContainsAny(path, "*?[") {
		return "this path names one folder, without *, ? and []"
	}
	return checkPlace(path)
}

// checkGlob is for paths that can have *, ? and [] in every part, and ** for
// folders at any depth.
func checkGlob(path string) string {
	if why := checkPlace(path); why != "" {
		return why
	}
	for part := range strings.SplitSeq(strings.ReplaceAll(path, `\`, "/"), "/") {
		if _, err := slashpath.Match(part, "x"); err != nil {
			return "a [ in a path is not closed"
		}
	}
	return ""
}

// checkPlace says in words why a path could mean something else elsewhere.
func checkPlace(path string) string {
	first, rest, variable := cutVariable(path)
	switch {
	case variable && !slices.Contains(folders, first):
		return "a path can begin with ${" + strings.Join(folders, "}, ${") + "}, and with no other variable"
	case strings.ContainsAny(rest, "$%\x00"):
		return "a path can have a variable only at its beginning"
	case !variable && !strings.HasPrefix(path, "~/") && !absolute(path):
		return "a path begins with /, a drive such as C:\\, ~/ or a folder such as ${HOME}"
	case slices.Contains(strings.Split(strings.ReplaceAll(rest, `\`, "/"), "/"), ".."):
		return "a path does not lead back with .."
	}
	return ""
}

// shells are what would make text into a program again.
var shells = []string{
	"sh", "bash", "dash", "zsh", "ksh", "mksh", "csh", "tcsh", "fish", "busybox", "env", "xargs", "sudo", "su", "doas",
	"cmd", "command", "powershell", "pwsh", "wscript", "cscript", "mshta", "rundll32",
}

// checkProgram is for a command's program: one file, or a name that is looked
// up in the system's own folders.
func checkProgram(path string) string {
	slashed := strings.ReplaceAll(path, `\`, "/")
	base := strings.ToLower(slashed[strings.LastIndexByte(slashed, '/')+1:])
	switch {
	case path == "":
		return "the text is empty"
	case slices.Contains(shells, strings.TrimSuffix(base, ".exe")):
		return "a command is run by itself, not by a shell or through another program"
	case strings.HasSuffix(base, ".bat"), strings.HasSuffix(base, ".cmd"):
		return "a command is a program; a batch file would be read by a shell"
	case strings.ContainsAny(slashed, "/~$"):
		return checkFile(path)
	case strings.ContainsFunc(path, func(r rune) bool { return !strings.ContainsRune(programLetters, r) }):
		return "a program is a path, or a name of letters, digits, dots and dashes"
	}
	return ""
}

const programLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-"

// cutVariable parts "${NAME}/rest".
func cutVariable(path string) (name, rest string, found bool) {
	if after, ok := strings.CutPrefix(path, "${"); ok {
		if name, rest, ok := strings.Cut(after, "}"); ok {
			return name, rest, true
		}
	}
	return "", path, false
}

// absolute holds for any system, since one profile serves all.
func absolute(path string) bool {
	drive := len(path) > 2 && path[1] == ':' && (path[2] == '\\' || path[2] == '/')
	return strings.HasPrefix(path, "/") || strings.HasPrefix(path, `\\`) || drive
}

// expand puts this machine's folders into a path. One that this machine does
// not have stays as it is, and so is named where it is not found.
func expand(path string) string {
	if rest, ok := strings.CutPrefix(path, "~/"); ok {
		path = "${HOME}/" + rest
	}
	name, rest, variable := cutVariable(path)
	if !variable {
		return filepath.FromSlash(path)
	}
	folder := os.Getenv(name)
	home, err := os.UserHomeDir()
	switch {
	case folder == "" && name == "HOME" && err == nil:
		folder = home
	case folder == "" && xdg[name] != "" && err == nil:
		folder = filepath.Join(home, xdg[name])
	}
	if folder == "" {
		return path
	}
	return filepath.FromSlash(folder + rest)
}
