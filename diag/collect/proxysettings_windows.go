package collect

import (
	"context"

	"golang.org/x/sys/windows/registry"
)

const internetSettings = `SOFTWARE\Microsoft\Windows\CurrentVersion\Internet Settings`

// systemProxies reads the settings of this user and those of services.
func systemProxies(context.Context) []ProxySettingFacts {
	var all []ProxySettingFacts
	if k, err := registry.OpenKey(registry.CURRENT_USER, internetSettings, registry.QUERY_VALUE); err == nil {
		defer k.Close()
		mode := "none"
		if on, _, err := k.GetIntegerValue("ProxyEnable"); err == nil && on == 1 {
			mode = "manual"
		}
		all = append(all, ProxySettingFacts{Name: "mode", From: "Windows, this user", Value: mode})
		for value, name := range map[string]string{"ProxyServer": "ProxyServer", "AutoConfigURL": "autoconfig-url", "ProxyOverride": "bypass list"} {
			if text, _, err := k.GetStringValue(value); err == nil && text != "" && (value != "ProxyServer" || mode == "manual") {
				all = append(all, ProxySettingFacts{Name: name, From: "Windows, this user", Value: withoutCredentials(text)})
			}
		}
	}
	if k, err := registry.OpenKey(registry.LOCAL_MACHINE, internetSettings+`\Connections`, registry.QUERY_VALUE); err == nil {
		defer k.Close()
		if b, _, err := k.GetBinaryValue("WinHttpSettings"); err == nil {
			all = append(all, winHTTPProxies(b)...)
		}
	}
	return all
}
