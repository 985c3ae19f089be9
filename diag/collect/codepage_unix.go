//go:build unix

package collect

// systemPages says nothing here: files in code pages come from elsewhere.
func systemPages() codePages { return western() }
