package analyze

// programSigns is what programs of any kind write when something they need fails.
func programSigns() []sign {
	re := whenUsed
	return []sign{
		{
			Rule: Rule{
				ID: "log-no-space", Severity: Critical,
				Say:  "A program could not write because the disk was full ({{.Count}}×).",
				Do:   "Make room on the disk, then restart the program and check its data.",
				When: "A log has \"no space left on device\", \"disk quota exceeded\" or their like.",
			},
			words:   []string{"no space left", "not enough space on the disk", "quota exceeded", "enospc", "disk is full"},
			pattern: re(`(?i)(?:no space left on (?:the )?device|not enough space on the disk|disk quota exceeded|\bENOSPC\b|disk is full)`),
		},
		{
			Rule: Rule{
				ID: "log-read-only-disk", Severity: Critical,
				Say:  "A program could not write because the disk takes no changes ({{.Count}}×).",
				Do:   "Look for disk errors; a disk becomes read-only when it is damaged.",
				When: "A log has \"read-only file system\".",
			},
			words:   []string{"read-only file system", "erofs"},
			pattern: re(`(?i)(?:read-only file system|\bEROFS\b)`),
		},
		{
			Rule: Rule{
				ID: "log-too-many-open-files", Severity: Critical,
				Say:  "A program had too many files open and could not go on ({{.Count}}×).",
				Do:   "Restart the program; raise its limit (LimitNOFILE, ulimit -n) or look for a leak.",
				When: "A log has \"too many open files\".",
			},
			words:   []string{"too many open files", "emfile", "enfile"},
			pattern: re(`(?i)(?:too many open files|\bE[MN]FILE\b)`),
		},
		{
			Rule: Rule{
				ID: "log-program-out-of-memory", Severity: Critical,
				Say:  "A program ran out of memory ({{.Count}}×).",
				Do:   "Restart it; give it more memory if it has a setting for that.",
				When: "A log tells that a program itself found no memory.",
			},
			words:   []string{"outofmemory", "memoryerror", "cannot allocate memory", "bad_alloc", "heap out of memory", "fatal error: runtime"},
			pattern: re(`(?:OutOfMemory(?:Error|Exception)|\bMemoryError\b|[Cc]annot allocate memory|std::bad_alloc|heap out of memory|fatal error: runtime: (?:cannot allocate|out of) memory)`),
		},
		{
			Rule: Rule{
				ID: "log-program-crashed", Severity: Warning,
				Say:  "A program stopped because of an error that it did not expect ({{.Count}}×).",
				Do:   "Send the log to the maker of the program, with what was done just before.",
				When: "A log has an unhandled exception, a panic or a program's abort.",
			},
			words:   []string{"unhandled exception", "uncaught exception", "panic: ", "goroutine ", "core dumped", "application-error[1000]", "application-hang[1002]", ".net-runtime[1026]", "assertion", "unhandledpromise", "stack smashing", "terminate called"},
			pattern: re(`(?:(?i:unhandled exception|uncaught exception|unhandledpromiserejection)|\bpanic: |\(core dumped\)|Application-(?:Error\[1000\]|Hang\[1002\]): (?:\w+: )?.*?([\w.-]+\.exe)|\.NET-Runtime\[1026\]:|Assertion .* failed|stack smashing detected|terminate called after throwing)`),
		},
		{
			Rule: Rule{
				ID: "log-name-resolution", Severity: Warning,
				Say:  "A program could not find the address of a server ({{.Count}}×).",
				Do:   "Check the network connection and the DNS servers.",
				When: "A log has at least 3 failed name lookups.",
			},
			words:   []string{"name resolution", "could not resolve", "no such host", "unknownhostexception", "name or service not known", "getaddrinfo", "name_not_resolved", "dns-client-events[1014]"},
			pattern: re(`(?i)(?:temporary failure in name resolution|could not resolve (?:host|proxy):? ?([\w.-]*)|lookup ([\w.-]+)(?: on \S+)?: no such host|UnknownHostException:? ?([\w.-]*)|name or service not known|getaddrinfo E\w+ ([\w.-]+)|DNS-Client-Events\[1014\]: .*?([\w-]+(?:\.[\w-]+)+)|ERR_NAME_NOT_RESOLVED)`),
			least:   3,
		},
		{
			Rule: Rule{
				ID: "log-connection-refused", Severity: Warning,
				Say:  "A program could not connect to a service it needs: {{.What}} ({{.Count}}×).",
				Do:   "Check whether that service runs and whether a firewall stands between.",
				When: "A log has at least 3 refused, reset or timed out connections.",
			},
			words:   []string{"connection refused", "connection timed out", "connection reset", "econnrefused", "etimedout", "actively refused", "no route to host", "network is unreachable"},
			pattern: re(`(?i)(?:dial (?:tcp|udp) ([\w.:\[\]-]+): |connect(?:ion)? (?:to |E\w+ )([\w.-]+:\d+)|connection (?:refused|timed out|reset)|\bECONNREFUSED\b|\bETIMEDOUT\b|actively refused|no route to host|network is unreachable)`),
			least:   3,
		},
		{
			Rule: Rule{
				ID: "log-port-taken", Severity: Critical,
				Say:  "A program could not start its service because another one uses the port: {{.What}}.",
				Do:   "End the other program or a second copy of this one, or choose another port.",
				When: "A log has \"address already in use\".",
			},
			words:   []string{"address already in use", "eaddrinuse", "only one usage of each socket", "address in use"},
			pattern: re(`(?i)(?:([\w.\[\]:*-]*:\d+)[:)'" ]+(?:bind: )?address already in use|EADDRINUSE:? ?(?:address already in use )?([\w.:\[\]-]*\d)|address (?:already )?in use|only one usage of each socket)`),
		},
		{
			Rule: Rule{
				ID: "log-database-damaged", Severity: Critical,
				Say:  "A program's database is damaged.",
				Do:   "Stop the program, keep a copy of the database, and restore the last backup if it cannot be repaired.",
				When: "A log tells of a corrupt database or index.",
			},
			words:   []string{"disk image is malformed", "database corrupt", "is marked as crashed", "invalid page in block", "checksum mismatch", "ora-01578", "corrupt index", "file is not a database"},
			pattern: re(`(?i)(?:database disk image is malformed|database corrupt|[Tt]able '?(\S+?)'? is marked as crashed|invalid page in block|page verification failed|ORA-01578|corrupt index|file is not a database|database.* checksum mismatch)`),
		},
		{
			Rule: Rule{
				ID: "log-database-locked", Severity: Warning,
				Say:  "A program waits for its database or is in its own way ({{.Count}}×).",
				Do:   "Look for a second copy of the program, a backup or a virus scanner that holds the database.",
				When: "A log has at least 3 locked databases, deadlocks or lock timeouts.",
			},
			words:   []string{"database is locked", "deadlock", "lock wait timeout", "ora-00060"},
			pattern: re(`(?i)(?:database is locked|deadlock (?:found|detected|victim)|lock wait timeout exceeded|ORA-00060)`),
			least:   3,
		},
		{
			Rule: Rule{
				ID: "log-library-missing", Severity: Critical,
				Say:  "A program lacks a part that it needs to run: {{.What}}.",
				Do:   "Install the program again or repair it.",
				When: "A log has a missing library, module or class.",
			},
			words:   []string{"cannot open shared object", "classnotfound", "noclassdeffound", "modulenotfounderror", "unable to load dll", "dllnotfound", "side-by-side configuration", "glibc_"},
			pattern: re("(?:loading shared libraries: ([^:]+): cannot open|ClassNotFoundException: ?(\\S*)|NoClassDefFoundError: ?(\\S*)|ModuleNotFoundError: No module named '?([^']+)|Unable to load DLL '([^']+)|DllNotFoundException|side-by-side configuration is incorrect|version [`'](GLIBC_[\\d.]+)' not found)"),
		},
		{
			Rule: Rule{
				ID: "log-licence", Severity: Warning,
				Say:  "A program says that its licence has expired or is not valid.",
				Do:   "Renew the licence, or check whether the licence server can be reached.",
				When: "A log tells of an expired or invalid licence.",
			},
			words:   []string{"license", "licence", "lizenz"},
			pattern: re(`(?i)(?:licen[cs]e (?:has |is |key )*(?:expired|invalid|not valid|not found)|invalid licen[cs]e|no valid licen[cs]e|lizenz .{0,20}(?:abgelaufen|ungültig))`),
		},
	}
}
