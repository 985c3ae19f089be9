package collect

import "strings"

// webView2 is the identifier under which Microsoft Edge's updater keeps WebView2.
const webView2 = `\Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}`

// windows reads where installers of runtimes leave their versions.
func (f *RuntimesFacts) windows(m machine) {
	if m.hive == nil {
		return
	}
	add := func(name, version, vendor, path string) {
		if version != "" {
			f.Runtimes = append(f.Runtimes, Runtime{Name: name, Version: version, Vendor: vendor, Path: path})
		}
	}
	get := func(key, value string) string { return regText(m.hive.values(key), value) }
	const software, software32 = `HKLM\SOFTWARE`, `HKLM\SOFTWARE\WOW6432Node`
	add(".NET Framework", get(software+`\Microsoft\NET Framework Setup\NDP\v4\Full`, "Version"), "Microsoft", "")
	add(".NET Framework", get(software+`\Microsoft\NET Framework Setup\NDP\v3.5`, "Version"), "Microsoft", "")
	for _, where := range []string{software, software32, `HKCU\SOFTWARE`} {
		add("WebView2", get(where+webView2, "pv"), "Microsoft", "")
		for _, kind := range []string{"JDK", "JRE", "Java Runtime Environment", "Java Development Kit"} {
			for _, version := range m.hive.keys(where + `\JavaSoft\` + kind) {
				add("Java", version, "", get(where+`\JavaSoft\`+kind+`\`+version, "JavaHome"))
			}
		}
		for _, version := range m.hive.keys(where + `\Python\PythonCore`) {
			key := where + `\Python\PythonCore\` + version
			full := get(key, "Version")
			if full == "" {
				full = version
			}
			add("Python", full, "", get(key+`\InstallPath`, ""))
		}
		add("Node.js", get(where+`\Node.js`, "Version"), "", get(where+`\Node.js`, "InstallPath"))
	}
	for _, machine := range []string{"x64", "x86", "arm64"} {
		v := get(software+`\Microsoft\VisualStudio\14.0\VC\Runtimes\`+machine, "Version")
		add("Visual C++ "+machine, strings.TrimPrefix(v, "v"), "Microsoft", "")
	}
	f.dotnet(m)
}
