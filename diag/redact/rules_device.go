package redact

// deviceRules find what tells one machine from all others.
var deviceRules = []*Rule{
	{
		Name: "serial", Kind: Serial, Form: Code, least: 5,
		Why: "A serial number tells which machine it is.",
		Keys: []string{
			"serial number", "serialnumber", "serial no", "serial", "serialno", "service tag", "servicetag", "asset tag", "assettag", "chassis serial", "board serial", "product serial", "s n", "seriennummer", "serien nr", "serienummer", "system serial", "sn", "disk serial", "imei", "imsi", "iccid", "meid", "udid", "device id", "deviceid", "device identifier", "hardware serial", "devid", "maschinennummer", "machinenummer", "gerätenr", "edid serial", "platform serial number", "ioplatformserialnumber", "baseboard serial number", "gerätenummer",
		},
		Goes:  []string{"System Serial Number: ‹PF2ABC12›", `"serial":"‹S3Z8NB0K123456›"`, "Seriennummer: ‹5CG1234ABC›", `"serial": ‹1234567890›`, "Service Tag: ‹8H2K3X2›", "SerialNumber : ‹PF2ABC12›", "S/N: ‹PF2ABC12›"},
		Stays: []string{"serial: none", "Serial Number: Default string", "serial port opened", "serial=0", "serial console at ttyS0"},
	},
	{
		Name: "machine-id", Kind: Machine, Form: Code, Bare: true, least: 16,
		Why:   "The identifier of this installation tells which machine it is.",
		Keys:  []string{"machine id", "machineid", "machine guid", "machineguid", "product uuid", "system uuid", "hardware uuid", "hardware id", "hwid", "platform uuid", "ioplatformuuid", "installation id", "installationid", "boot id", "host id", "hostid", "hostuuid", "device uuid", "deviceuuid", "computer id", "dmi product uuid", "machine_id", "advertising id", "android id", "product id", "produkt id", "productid", "client id anydesk", "teamviewer id", "anydesk id", "csproduct get uuid", "gaid", "idfa", "client id guid"},
		Goes:  []string{"machine-id ‹0123456789abcdef0123456789abcdef›", "MachineGuid=‹8d2f1c3e-1111-2222-3333-444455556666›", "Hardware UUID: ‹8D2F1C3E-1111-2222-3333-444455556666›"},
		Stays: []string{"request id 8d2f1c3e-1111-2222-3333-444455556666", "machine id missing"},
	},
	{
		Name: "machine-id-reg", Kind: Machine, ends: []string{"machineguid"}, find: findRegistryGUID,
		Why:   "The identifier of this installation, as the registry shows it.",
		Goes:  []string{"MachineGuid    REG_SZ    ‹8d2f1c3e-1111-2222-3333-444455556666›"},
		Stays: []string{"MachineGuid missing"},
	},
	{
		Name: "journal-id", Kind: Machine, ends: []string{"journal"}, find: findJournalID,
		Why:   "The folder of a system's journal carries the identifier of the machine.",
		Goes:  []string{"/var/log/journal/‹16c09ff23b5af1a0f429440271f657a1›/system.journal"},
		Stays: []string{"/var/log/journal/remote"},
	},
	{
		Name: "wifi", Kind: Wifi, Form: Phrase,
		Why:   "The name of a wireless network tells where somebody lives.",
		Keys:  []string{"ssid", "essid", "wifi name", "wlan name", "network ssid", "profile name wlan", "802 11 wireless ssid"},
		Goes:  []string{`wpa: associated SSID="‹FRITZ!Box 7590 AB›"`, "SSID                   : ‹Home Net›", `ESSID:"‹Anna's Wifi›"`, "ssid=‹office›"},
		Stays: []string{"ssid: none", "scan-ssid support", "SSID=\"\""},
	},
	{
		Name: "wifi-said", Kind: Wifi, ends: []string{"network", "ssid"}, find: findSaidWifi,
		Why:   "The name of a wireless network tells where somebody lives.",
		Goes:  []string{"Trying to associate with SSID '‹Home Net›'", "connected to wireless network \"‹Cafe›\""},
		Stays: []string{"network 'default' started", "network is unreachable"},
	},
}

// findRegistryGUID reads the value of reg query.
func findRegistryGUID(sc *scanner, rule *Rule, s, e int) int {
	b := sc.b
	i := skipBlanks(b, e)
	if !foldAt(b, s, "machineguid") || !foldAt(b, i, "reg_sz") {
		return 0
	}
	at := skipBlanks(b, i+6)
	for i = at; hexSet.has(b[i]) || b[i] == '-'; i++ {
	}
	if i-at < 16 {
		return 0
	}
	return sc.rename(rule, Machine, at, i)
}

func findSaidWifi(sc *scanner, rule *Rule, s, e int) int {
	b := sc.b
	if b[e] != ' ' || !isQuote(b[e+1]) {
		return 0
	}
	if !foldAt(b, s, "ssid") && !foldAt(b, s-len("wireless "), "wireless ") && !foldAt(b, s-len("wi-fi "), "wi-fi ") && !foldAt(b, s-len("wlan "), "wlan ") {
		return 0
	}
	end, _ := sc.valueEnd(site{at: e + 2, quote: b[e+1]})
	if end == e+2 || placeholder(b, e+2) > 0 {
		return 0
	}
	return sc.rename(rule, Wifi, e+2, end)
}

// findJournalID recognises /var/log/journal/ and 32 hexadecimal digits.
func findJournalID(sc *scanner, rule *Rule, s, e int) int {
	b := sc.b
	if b[e] != '/' || e+33 > sc.n || !hexOnly(b[e+1:e+33]) || isAlnum(b[e+33]) {
		return 0
	}
	return sc.rename(rule, Machine, e+1, e+33)
}
