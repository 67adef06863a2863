#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# OpenStack Swift with its S3 interface, on loopback, from Debian's packages: one proxy and one
# server each for accounts, containers and objects, everything below FOLDER.
#
#   swift.sh FOLDER PORT      uses PORT to PORT + 3; stays until it is ended, and ends its servers
#
# It says "ready" when it answers. Access key: test:tester. Secret key: testing.
# FOLDER must lie on a file system with extended attributes. Exit 77: Swift is not installed.
set -euo pipefail
folder=$(realpath "$1") port=$2
/usr/bin/python3 -c 'import swift' 2>/dev/null || exit 77
# What Debian's swift-*-server are, without the services of those packages and their /etc/swift.
serve() {
    exec /usr/bin/python3 -c '
import os, sys
from swift.common import utils, wsgi
utils.set_swift_dir(os.environ["SWIFT_DIR"])
sys.exit(wsgi.run_wsgi(*sys.argv[1:]))' "$@"
}
me=$(id -un)
mkdir -p "$folder/etc" "$folder/node/disk"

echo "[swift-hash]
swift_hash_path_suffix = heliograph
swift_hash_path_prefix = heliograph
[swift-constraints]" >"$folder/etc/swift.conf"

offset=1
for kind in account container object; do
    echo "[DEFAULT]
bind_ip = 127.0.0.1
bind_port = $((port + offset))
workers = 0
user = $me
swift_dir = $folder/etc
devices = $folder/node
mount_check = false
disable_fallocate = true
log_level = ERROR
log_address = $folder/no-log
[pipeline:main]
pipeline = $kind-server
[app:$kind-server]
use = egg:swift#$kind" >"$folder/etc/$kind-server.conf"
    offset=$((offset + 1))
done

/usr/bin/python3 - "$folder/etc" "$port" <<'RINGS'
import sys
from swift.common.ring import RingBuilder

for offset, kind in enumerate(['account', 'container', 'object'], 1):
    ring = RingBuilder(part_power=4, replicas=1, min_part_hours=1)
    ring.add_dev({'region': 1, 'zone': 1, 'ip': '127.0.0.1', 'port': int(sys.argv[2]) + offset, 'device': 'disk', 'weight': 1})
    ring.rebalance()
    ring.get_ring().save(f'{sys.argv[1]}/{kind}.ring.gz')
RINGS

# libcurl 8.22 writes the colon of Swift's access key as "%3A" into the Authorization header. The
# signature does not cover that header. Keys of other S3 services have no such characters.
cat >"$folder/etc/heliograph_access_key.py" <<'FILTER'
def filter_factory(settings, **local_settings):
    def wrap(application):
        def answer(environment, start_response):
            written = environment.get('HTTP_AUTHORIZATION', '')
            environment['HTTP_AUTHORIZATION'] = written.replace('test%3Atester', 'test:tester')
            return application(environment, start_response)
        return answer
    return wrap
FILTER

echo "[DEFAULT]
bind_ip = 127.0.0.1
bind_port = $port
workers = 0
user = $me
swift_dir = $folder/etc
log_level = ERROR
[pipeline:main]
pipeline = catch_errors access_key cache listing_formats s3api tempauth bulk slo dlo proxy-server
[app:proxy-server]
use = egg:swift#proxy
allow_account_management = true
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:access_key]
paste.filter_factory = heliograph_access_key:filter_factory
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:1
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:s3api]
use = egg:swift#s3api
s3_acl = false
location = us-east-1
[filter:tempauth]
use = egg:swift#tempauth
user_test_tester = testing .admin
[filter:bulk]
use = egg:swift#bulk
[filter:slo]
use = egg:swift#slo
[filter:dlo]
use = egg:swift#dlo" >"$folder/etc/proxy-server.conf"

servers=()
# Asked kindly, they wait half a minute for each other.
trap 'kill -KILL "${servers[@]}" 2>/dev/null || true; wait' EXIT
trap 'exit 0' TERM INT
export SWIFT_DIR="$folder/etc" PYTHONPATH="$folder/etc" PYTHONWARNINGS=ignore
for kind in account container object proxy; do
    serve "$folder/etc/$kind-server.conf" "$kind-server" >"$folder/$kind.log" 2>&1 &
    servers+=($!)
done
# Machines that do much else take minutes to start four interpreters.
for ((try = 0; try < 6000; ++try)); do
    for server in "${servers[@]}"; do
        kill -0 "$server" 2>/dev/null || { tail -n 20 "$folder"/*.log >&2; exit 1; }
    done
    if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
        echo ready
        wait -n "${servers[@]}" # a server that ends ends them all
        exit 1
    fi
    sleep 0.1
done
exit 1
