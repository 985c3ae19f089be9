package analyze

// kernelSigns is what kernels and drivers write when the machine itself is in trouble.
func kernelSigns() []sign {
	re := whenUsed
	return []sign{
		{
			Rule: Rule{
				ID: "log-disk-errors", Severity: Critical,
				Say:  "The disk {{.What}} reports errors when reading or writing ({{.Count}}×).",
				Do:   "Back up your data now, then have the disk and its cable checked.",
				When: "The system's log has I/O errors of a disk: sectors that cannot be read, commands that time out, links that are reset.",
			},
			words:   []string{"i/o error", "exception emask", "hard resetting link", "unc }", "will reset", "medium error", "bad block", "aborting", " disk[", "storahci[129]", "stornvme["},
			pattern: re(`(?i)(?:I/O error,? (?:on )?dev(?:ice)? ([a-z]+\d*(?:[np]\d+)*), (?:sector|logical block)|\b(ata\d+)(?:\.\d+)?: (?:exception Emask|hard resetting link|error: \{ UNC)|nvme (nvme\d+): (?:I/O .*timeout, aborting|controller is down; will reset)|\[(sd\w+)\].*Medium Error|critical medium error, dev (\w+)|device, (\S+), has a bad block|\bdisk\[(?:7|11|51|153|154)\]: .*?(\\Device\\\S+\d|[Dd]is[ck] \d+)|\b(storahci|stornvme)\[(?:11|129)\]:)`),
			system:  true,
		},
		{
			Rule: Rule{
				ID: "log-file-system-errors", Severity: Critical,
				Say:  "The file system on {{.What}} is damaged.",
				Do:   "Back up your data now, then let the file system be checked (fsck or chkdsk) while it is not in use.",
				When: "The system's log has errors of ext4, XFS, Btrfs, FAT or NTFS.",
			},
			words:   []string{"fs error", "fs (", "btrfs", "fat-fs", "file system structure", "corruption", " ntfs["},
			pattern: re(`(?:EXT[234]-fs error \(device ([^)]+)\)|XFS \(([^)]+)\): .*[Cc]orruption|BTRFS (?:error|critical) \(device ([^)]+?)\)|FAT-fs \(([^)]+)\): error|file system structure on (?:the )?(?:disk|volume) (\S*) ?is corrupt|\bNtfs\[(?:55|131)\]: .*?\b([A-Z]:))`),
			system:  true,
		},
		{
			Rule: Rule{
				ID: "log-remounted-read-only", Severity: Critical,
				Say:  "After an error the system stopped writing to a disk.",
				Do:   "Restart after backing up, let the file system be checked, and look for disk errors.",
				When: "The kernel made a file system read-only after an error.",
			},
			words:   []string{"read-only"},
			pattern: re(`(?i)(?:remounting file ?system read-only|forced readonly|shutting down filesystem|(\w+)\): Remounting)`),
			system:  true,
		},
		{
			Rule: Rule{
				ID: "log-hardware-errors", Severity: Critical,
				Say:  "The processor or the memory reports hardware errors ({{.Count}}×).",
				Do:   "Have the memory tested; if errors stay, the board or processor must be replaced.",
				When: "Machine check events, EDAC or WHEA reports stand in the system's log.",
			},
			words:   []string{"hardware error", "machine check", "edac", "whea-logger["},
			pattern: re(`(?:\[Hardware Error\]|[Mm]achine check events? logged|EDAC MC\d+: \d+ (?:CE|UE)|WHEA-Logger\[(?:1|17|18|19|20|47)\]:)`),
			system:  true,
		},
		{
			Rule: Rule{
				ID: "log-kernel-fault", Severity: Critical,
				Say:  "The core of the operating system ran into a fault.",
				Do:   "Update the system and its drivers; send the lines to level 2.",
				When: "The kernel's log has an oops, a BUG, a panic or a lockup.",
			},
			words:   []string{"bug:", "oops", "kernel panic", "kernel bug", "soft lockup", "hard lockup", "bugcheck", "wer-systemerrorreporting[1001]", "rcu: "},
			pattern: re(`(?:BUG: (?:unable to handle|kernel NULL|soft lockup|workqueue lockup|scheduling while)|kernel BUG at|\bOops: |Kernel panic|[Hh]ard LOCKUP|BugCheck\[1001\]:|WER-SystemErrorReporting\[1001\]:|rcu: INFO: rcu_\w+ (?:self-)?detected stall)`),
			system:  true,
		},
		{
			Rule: Rule{
				ID: "log-hung-tasks", Severity: Warning,
				Say:  "Programs hung for minutes waiting for the system: {{.What}}.",
				Do:   "Look for a slow or failing disk or a network drive that does not answer.",
				When: "The kernel reports tasks that were blocked for more than 120 seconds.",
			},
			words:   []string{"blocked for more than"},
			pattern: re(`task (\S+?):\d+ blocked for more than \d+ seconds`),
			system:  true,
		},
		{
			Rule: Rule{
				ID: "log-segfaults", Severity: Warning,
				Say:  "A program crashed because of a memory fault: {{.What}} ({{.Count}}×).",
				Do:   "Update that program; if it goes on, send its crash report.",
				When: "The kernel reports segfaults, protection faults or traps of programs.",
			},
			words:   []string{"segfault at", "general protection", "trap invalid opcode", "trap divide error"},
			pattern: re(`(\S+?)\[\d+\]:? (?:segfault at|general protection fault|general protection ip|trap (?:invalid opcode|divide error))`),
			system:  true,
		},
		{
			Rule: Rule{
				ID: "log-overheating", Severity: Warning,
				Say:  "The processor was slowed down because it got too hot ({{.Count}}×).",
				Do:   "Clean fans and vents and make sure that air can pass.",
				When: "The kernel reports that a processor's clock was throttled.",
			},
			words:   []string{"clock throttled", "critical temperature", "thermal"},
			pattern: re(`(?:temperature above threshold, cpu clock throttled|critical temperature reached|thermal_zone\d+: critical)`),
			system:  true,
		},
		{
			Rule: Rule{
				ID: "log-link-flapping", Severity: Warning,
				Say:  "The network connection {{.What}} was lost again and again ({{.Count}}×).",
				Do:   "Change the cable or the socket, or come nearer to the radio access point.",
				When: "The system's log has at least 3 losses of a link.",
			},
			words:   []string{"link is down", "lost carrier", "link down", "carrier lost", "deauthenticat"},
			pattern: re(`(?i)(?:\b((?:eth|en|wl|ww|ib|bond|team)\w*): (?:.*Link is Down|.*link down|lost carrier|carrier lost|deauthenticat\w+ ))`),
			system:  true, least: 3,
		},
		{
			Rule: Rule{
				ID: "log-usb-trouble", Severity: Info,
				Say:  "A USB device comes and goes, or does not work properly ({{.Count}}×).",
				Do:   "Try another cable and another socket, without a hub in between.",
				When: "The system's log has at least 5 USB disconnections, resets or errors.",
			},
			words:   []string{"usb "},
			pattern: re(`usb (\d[\d.-]*): (?:USB disconnect|reset \w+-speed|device descriptor read|device not accepting|.*over-current)`),
			system:  true, least: 5,
		},
		{
			Rule: Rule{
				ID: "log-graphics-fault", Severity: Warning,
				Say:  "The graphics card hung or was reset.",
				Do:   "Update the graphics driver; watch its temperature.",
				When: "The graphics driver reports a hang, a reset or an Xid.",
			},
			words:   []string{"gpu hang", "nvrm: xid", "ring ", " display["},
			pattern: re(`(?:GPU HANG|NVRM: Xid|amdgpu.*ring \S+ timeout|\bDisplay\[4101\]:)`),
			system:  true,
		},
		{
			Rule: Rule{
				ID: "log-undervoltage", Severity: Warning,
				Say:  "The machine gets too little power.",
				Do:   "Use a stronger power supply and a shorter cable.",
				When: "The firmware or kernel reports under-voltage.",
			},
			words:   []string{"under-voltage", "undervoltage"},
			pattern: re(`(?i)under-?voltage detected`),
			system:  true,
		},
	}
}
