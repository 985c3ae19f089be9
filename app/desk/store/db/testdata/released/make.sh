#!/bin/sh
# Writes the dump of a released desk's SQLite: the tables as its commit made
# them, and rows-NNNN.sql. A dump is kept for ever and never made anew:
#   make.sh COMMIT NNNN > sqlite-NNNN.sql
set -e
cat <<SQL
CREATE TABLE goose_db_version (id INTEGER PRIMARY KEY AUTOINCREMENT, version_id INTEGER NOT NULL, is_applied INTEGER NOT NULL, tstamp TIMESTAMP DEFAULT (datetime('now')));
INSERT INTO goose_db_version (version_id, is_applied) VALUES (0, 1);
SQL
git ls-tree --name-only --full-tree -r "$1" app/desk/store | grep 'migrations/.*\.sql$' | sort | while read -r f; do
	n=$(basename "$f" | cut -d_ -f1 | sed 's/^0*//')
	[ "$n" -le "$(echo "$2" | sed 's/^0*//')" ] || continue
	git show "$1:$f" | sed -n '/+goose Up/,/+goose Down/p' | grep -v '+goose'
	echo "INSERT INTO goose_db_version (version_id, is_applied) VALUES ($n, 1);"
done
cat "$(dirname "$0")/rows-$2.sql"
