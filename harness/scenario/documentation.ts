/** Pages of the gateway's documentation that claims are taken from, as they are named in reports. */
export const SECURITY = 'the security page of the gateway documentation';
export const PAIRING = 'the pairing page of the gateway documentation';
export const PROTOCOL = 'the protocol page of the gateway documentation';
