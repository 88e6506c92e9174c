import { isPrivateAddress } from './private-address.js';

it('knows this machine and its networks, in every spelling', () => {
  for (const address of [
    ...['127.0.0.1', '0.0.0.0', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.64.0.1', '224.0.0.1', '255.255.255.255'],
    ...['::1', '::', 'fe80::1', 'fd00::1', '::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:10.0.0.1', '64:ff9b::a00:1', 'ff02::1', 'localhost', ''],
  ])
    expect({ address, private: isPrivateAddress(address) }).toEqual({ address, private: true });
});

it('lets the open internet be', () => {
  for (const address of ['8.8.8.8', '172.32.0.1', '101.91.40.24', '2400:3200::1', '::ffff:8.8.8.8'])
    expect({ address, private: isPrivateAddress(address) }).toEqual({ address, private: false });
});
