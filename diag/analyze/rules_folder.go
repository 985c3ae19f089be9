package analyze

import (
	"strings"

	"github.com/beistand/beistand/diag/collect"
)

// eachFolder makes a hit of every folder of the product, and of this program,
// that wants one.
func eachFolder(look func(f collect.FolderFact) (severity Severity, ok bool)) func(*evidence) []hit {
	return func(e *evidence) []hit {
		all, _ := read[collect.FoldersFacts](e, "folders")
		var hits []hit
		for i, f := range all.v.Folders {
			severity, ok := look(f)
			if !ok {
				continue
			}
			hits = append(hits, hit{
				severity: severity, data: data("Folder", f.Path, "User", orUnknown(all.v.User), "Owner", orUnknown(f.Owner), "Target", f.LeadsTo),
				detail: strings.Join(strings.Fields(f.Mode+" "+f.Owner+" "+f.Group+" for "+strings.Join(f.For, ", ")), " "), refs: []Ref{all.at("folders", i)},
			})
		}
		return hits
	}
}

func orUnknown(name string) string {
	if name == "" {
		return "?"
	}
	return name
}

// refused says that a right was asked for and refused.
func refused(right *bool) bool { return right != nil && !*right }

// own says whether this user, or this program, must be able to use the folder.
func own(f collect.FolderFact) bool {
	for _, what := range f.For {
		if what == collect.FolderOwn {
			return true
		}
	}
	return f.Personal
}

func folderRules() []Rule {
	return []Rule{
		{
			ID: "folder-unreadable", Severity: Info,
			Say:  "What is in the folder {{.Folder}} may not be read by {{.User}}.",
			Do:   "If the program runs as {{.User}}, have the folder's rights corrected; else collect again as an administrator.",
			When: "The product's folder refuses reading to the user; a warning if it is below the user's own folder or belongs to this program.",
			find: eachFolder(func(f collect.FolderFact) (Severity, bool) {
				if f.Kind != collect.FolderThere || !refused(f.Readable) {
					return "", false
				}
				if own(f) {
					return Warning, true
				}
				return "", true
			}),
		},
		{
			ID: "folder-unwritable", Severity: Warning,
			Say:  "Nothing can be saved in the folder {{.Folder}}: it belongs to {{.Owner}}, and {{.User}} may not write there.",
			Do:   "Have the folder given back to {{.User}}; often a program was once started as an administrator.",
			When: "A folder below the user's own folder, or of this program, refuses writing, on a file system that is not read-only.",
			find: eachFolder(func(f collect.FolderFact) (Severity, bool) {
				readOnly := f.ReadOnly != nil && *f.ReadOnly
				return "", f.Kind == collect.FolderThere && own(f) && refused(f.Writable) && !refused(f.Readable) && !readOnly
			}),
		},
		{
			ID: "folder-broken-link", Severity: Warning,
			Say:  "The folder {{.Folder}} leads nowhere: there is no {{.Target}}.",
			Do:   "Check whether the drive that it leads to is connected, or have the link corrected.",
			When: "In the place of one of the product's folders there is a link whose target does not exist.",
			find: eachFolder(func(f collect.FolderFact) (Severity, bool) { return "", f.Kind == collect.FolderLost }),
		},
	}
}
