# Runs a PostgreSQL server until it ends, until it is told to stop (SIGTERM), or until no process that needs it is left.
# $1 the cluster's folder  $2 the log file, empty for standard error  $3 "remove" to delete the folder when nobody needs it any more  $4... the server
cluster=$1 log=$2 after=$3
shift 3
[ -z "$log" ] || exec >"$log" 2>&1 </dev/null

stop() {
    pid=$(head -n 1 "$cluster/data/postmaster.pid" 2>/dev/null) && kill -INT "$pid" 2>/dev/null
}

needed() {
    for lease in "$cluster"/leases/*; do
        pid=${lease##*/}
        kill -0 "${pid%%.*}" 2>/dev/null && return 0
    done
    return 1
}

# Ctrl-C reaches every process of the terminal's group; the server has to outlive those that write to it
trap '' INT
if command -v setsid >/dev/null 2>&1; then
    setsid "$@" &
else
    set -m
    "$@" &
    set +m
fi
server=$!
trap stop TERM HUP

(
    trap 'exit' TERM
    while sleep 1 && kill -0 "$server"; do
        needed || stop
    done
) >/dev/null 2>&1 &
watch=$!

# a trapped signal ends wait early
while kill -0 "$server" 2>/dev/null; do
    wait "$server"
    status=$?
done
kill "$watch" 2>/dev/null
[ "$after" != remove ] || needed || rm -rf "$cluster"
exit "$status"
