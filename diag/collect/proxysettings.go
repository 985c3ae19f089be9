package collect

import (
	"encoding/binary"
	"strings"
)

// gnomeProxies reads what gsettings list-recursively org.gnome.system.proxy
// prints: "org.gnome.system.proxy.http host 'proxy.example.com'". A host and
// its port become one setting.
func gnomeProxies(text string) []ProxySettingFacts {
	var all []ProxySettingFacts
	hosts, ports := map[string]string{}, map[string]string{}
	for line := range strings.Lines(text) {
		fields := strings.SplitN(strings.TrimSpace(line), " ", 3)
		if len(fields) < 3 {
			continue
		}
		kind := strings.TrimPrefix(strings.TrimPrefix(fields[0], "org.gnome.system.proxy"), ".")
		value := strings.Trim(fields[2], "'")
		switch {
		case fields[1] == "host":
			hosts[kind] = value
		case fields[1] == "port":
			ports[kind] = value
		case fields[1] == "mode", fields[1] == "autoconfig-url" && value != "", fields[1] == "ignore-hosts":
			all = append(all, ProxySettingFacts{Name: fields[1], From: "GNOME", Value: withoutCredentials(value)})
		}
	}
	for _, kind := range []string{"http", "https", "ftp", "socks"} {
		if hosts[kind] != "" {
			all = append(all, ProxySettingFacts{Name: kind + " proxy", From: "GNOME", Value: withoutCredentials(hosts[kind]) + ":" + ports[kind]})
		}
	}
	return all
}

// kdeProxies reads the proxy settings in kioslaverc, an INI file:
// "httpProxy=http://proxy.example.com 8080".
func kdeProxies(text string) []ProxySettingFacts {
	var all []ProxySettingFacts
	inside := false
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "[") {
			inside = line == "[Proxy Settings]" || line == "[Proxy Settings][$i]"
			continue
		}
		key, value, ok := strings.Cut(line, "=")
		if !inside || !ok || value == "" {
			continue
		}
		switch key {
		case "ProxyType":
			types := map[string]string{"0": "none", "1": "manual", "2": "automatic from an address", "3": "automatic, found by itself", "4": "from the environment"}
			if types[value] != "" {
				value = types[value]
			}
			all = append(all, ProxySettingFacts{Name: "mode", From: "KDE", Value: value})
		case "httpProxy", "httpsProxy", "ftpProxy", "socksProxy":
			if i := strings.LastIndexByte(value, ' '); i > 0 {
				value = value[:i] + ":" + value[i+1:]
			}
			all = append(all, ProxySettingFacts{Name: key, From: "KDE", Value: withoutCredentials(value)})
		case "NoProxyFor", "Proxy Config Script":
			names := map[string]string{"NoProxyFor": "not for", "Proxy Config Script": "autoconfig-url"}
			all = append(all, ProxySettingFacts{Name: names[key], From: "KDE", Value: withoutCredentials(value)})
		}
	}
	return all
}

// scutilProxies reads what macOS's scutil --proxy prints: "  HTTPEnable : 1".
func scutilProxies(text string) []ProxySettingFacts {
	values := map[string]string{}
	for line := range strings.Lines(text) {
		if key, value, ok := strings.Cut(strings.TrimSpace(line), " : "); ok {
			values[key] = strings.TrimSpace(value)
		}
	}
	var all []ProxySettingFacts
	for _, kind := range []string{"HTTP", "HTTPS", "SOCKS"} {
		if values[kind+"Enable"] == "1" {
			all = append(all, ProxySettingFacts{Name: strings.ToLower(kind) + " proxy", From: "macOS", Value: values[kind+"Proxy"] + ":" + values[kind+"Port"]})
		}
	}
	if values["ProxyAutoConfigEnable"] == "1" {
		all = append(all, ProxySettingFacts{Name: "autoconfig-url", From: "macOS", Value: withoutCredentials(values["ProxyAutoConfigURLString"])})
	}
	if values["ProxyAutoDiscoveryEnable"] == "1" {
		all = append(all, ProxySettingFacts{Name: "mode", From: "macOS", Value: "automatic, found by itself"})
	}
	return all
}

// winHTTPProxies reads the value WinHttpSettings, through which services go:
// after a version and a counter of four bytes each come flags, then proxy and
// bypass list, each with its length before it. Flag 2 says that a proxy is set.
func winHTTPProxies(b []byte) []ProxySettingFacts {
	if len(b) < 12 || binary.LittleEndian.Uint32(b[8:])&2 == 0 {
		return nil
	}
	var all []ProxySettingFacts
	rest := b[12:]
	for _, name := range []string{"ProxyServer", "bypass list"} {
		if len(rest) < 4 {
			break
		}
		n := int64(binary.LittleEndian.Uint32(rest))
		if rest = rest[4:]; n > int64(len(rest)) {
			break
		}
		if n > 0 {
			all = append(all, ProxySettingFacts{Name: name, From: "Windows, services", Value: withoutCredentials(string(rest[:n]))})
		}
		rest = rest[n:]
	}
	return all
}
