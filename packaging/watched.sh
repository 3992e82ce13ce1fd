# watched COMMAND…: runs COMMAND. On a terminal as it is; elsewhere its output goes into build/watched.log, and every 15
# s a line says how far it is. If it fails, the whole output is shown. Sourced, in the project's top folder.
watched() {
    local log=build/watched.log started=$SECONDS command status=0 ticks=0
    if [ -t 1 ]; then
        "$@"
        return
    fi
    mkdir -p build
    "$@" >"$log" 2>&1 &
    command=$!
    trap 'kill '"$command"' 2>/dev/null' EXIT
    while kill -0 "$command" 2>/dev/null; do
        sleep 0.5
        ticks=$((ticks + 1))
        if [ $((ticks % 30)) = 0 ]; then
            printf '%4d s  %s\n' $((SECONDS - started)) "$(tail -n 1 "$log" | cut -c 1-100)"
        fi
    done
    wait "$command" || status=$?
    trap - EXIT
    [ $status = 0 ] || cat "$log"
    return $status
}
