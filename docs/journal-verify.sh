#!/bin/sh
# Verifies a journal on standard input, as GET /api/v1/journal/export gives it:
# sh journal-verify.sh < journal.jsonl
# It needs jq and sha256sum, and nothing of Beistand. See journal.md.
set -eu
hash() { sha256sum | cut -d ' ' -f 1; }
previous=0000000000000000000000000000000000000000000000000000000000000000
n=0
while IFS= read -r line; do
	n=$((n + 1))
	get() { printf '%s' "$line" | jq -j "$1"; }
	if [ "$(get .salt)" != null ]; then
		private=$(get '.salt + "\n" + .address + "\n" + .detail + "\n"' | hash)
		if [ "$private" != "$(get .private)" ]; then
			echo "entry $n has another detail than was written"
			exit 1
		fi
	fi
	previous=$(get "\"$previous\n$n\n\" + ([.at, .kind, .name, .ticket, .action, .subject, .private] | map(tostring) | join(\"\n\")) + \"\n\"" | hash)
	if [ "$previous" != "$(get .hash)" ]; then
		echo "entry $n is not the one that was written, or one before it is missing"
		exit 1
	fi
done
echo "$n entries hold, the last is $previous"
