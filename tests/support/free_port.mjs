// A port of loopback that is free now.
import {createServer} from 'node:net';

export function freePort() {
    return new Promise((found, failed) => {
        const probe = createServer();
        probe.on('error', failed);
        probe.listen(0, '127.0.0.1', () => {
            const {port} = probe.address();
            probe.close(() => found(port));
        });
    });
}
