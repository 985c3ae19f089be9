package analyze

import "slices"

// themes are the chapters of docs/findings.md.
func themes() []theme {
	return []theme{
		{"Disks", slices.Concat(spaceRules(), driveRules())},
		{"Memory", memoryRules()},
		{"Processors and processes", slices.Concat(loadRules(), processRules())},
		{"Hardware", hardwareRules()},
		{"Time", timeRules()},
		{"Network", slices.Concat(nameRules(), linkRules(), socketRules())},
		{"Services of the product", slices.Concat(endpointRules(), certificateRules())},
		{"Programs and updates", slices.Concat(softwareRules(), updateRules())},
		{"Background services and crashes", slices.Concat(serviceRules(), crashRules())},
		{"Protection and settings", slices.Concat(protectionRules(), settingRules(), folderRules())},
		{"The kernel's log", signRules(kernelSigns)},
		{"The system's log", slices.Concat(signRules(systemSigns), signRules(accessSigns))},
		{"Logs of programs", slices.Concat(signRules(programSigns), logRules())},
		{"The evidence itself", evidenceRules()},
	}
}
