package diag

import (
	"os"
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
	first, rest, variable := cutVariable(path)
	switch {
	case variable && !slices.Contains(folders, first):
		return "a path can begin with ${" + strings.Join(folders, "}, ${") + "}, and with no other variable"
	case strings.ContainsAny(rest, "$%\x00"):
		return "a path can have a variable only at its beginning"
	case !variable && !strings.HasPrefix(path, "~/") && !absolute(path):
		return "a path begins with /, a drive such as C:\\, ~/ or a folder such as ${HOME}"
	case strings.HasSuffix(path, "/") || strings.HasSuffix(path, `\`):
		return "a path names a file, not a folder"
	}
	slashed := strings.ReplaceAll(path, `\`, "/")
	if strings.ContainsAny(slashed[:strings.LastIndexByte(slashed, '/')+1], "*?[") {
		return "*, ? and [] can stand only in a path's last part"
	}
	if _, err := filepath.Match(slashed[strings.LastIndexByte(slashed, '/')+1:], "x"); err != nil {
		return "a [ in a path is not closed"
	}
	return ""
}

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
