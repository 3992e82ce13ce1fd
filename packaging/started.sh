# url_in SAID PID: waits until the orderd of that process has written to the file SAID where it answers, and prints it. Fails
# if the process ends before, or after a minute. Sourced, in the project's top folder.
url_in() {
    local url
    for _ in $(seq 600); do
        url=$(sed -n 's/^orderd answers at //p' "$1")
        [ -z "$url" ] || { echo "$url" && return 0; }
        kill -0 "$2" 2>/dev/null || return 1
        sleep 0.1
    done
    return 1
}
